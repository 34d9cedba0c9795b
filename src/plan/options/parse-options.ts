import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { assertPlainObject, readKeys, readOption } from '../../input/read.ts';
import { METHOD_OPTIONS, REFUSED_OPTIONS, type MethodName } from '../../grammar/method-options.ts';
import { withScopeCollation } from '../scope/collation.ts';
import { PASSED_OPTIONS } from './parse-option.ts';
import { EMPTY, emptyDocument, type Emitted } from '../emit.ts';

/** The options that the planners use, unparsed. The object inherits nothing. */
export type PlanOptions = Readonly<Emitted>;

/** The options of a call: those for the planners, and those for the driver, which are checked. */
export interface ParsedOptions {
  readonly planOptions: PlanOptions;
  readonly driverOptions: Emitted;
}

const WHAT = 'the options object';

const REFUSED_FOR_GOOD: ReadonlyMap<string, string> = new Map(Object.entries(REFUSED_OPTIONS));

/** Reads the options once and refuses all that the method does not list. An option that is `undefined` counts as absent. */
export function parseOptions(method: MethodName, options: unknown, call: CallContext): ParsedOptions {
  if (options === undefined) return { planOptions: EMPTY, driverOptions: withCollation(method, EMPTY, call) };
  assertPlainObject(options, WHAT, call);
  const listed: readonly string[] = METHOD_OPTIONS[method];
  const planOptions = emptyDocument();
  let driverOptions = EMPTY;
  for (const name of readKeys(options, WHAT, call)) {
    const value = readOption(options, name, WHAT, call);
    if (!listed.includes(name)) refuseOption(method, name, call);
    if (value === undefined) continue;
    const parse = PASSED_OPTIONS.get(name);
    if (parse === undefined) {
      planOptions[name] = value;
      continue;
    }
    if (driverOptions === EMPTY) driverOptions = emptyDocument();
    driverOptions[name] = parse(value, name, call);
  }
  const parsed = driverOptions === EMPTY ? EMPTY : Object.freeze(driverOptions);
  return { planOptions, driverOptions: withCollation(method, parsed, call) };
}

function withCollation(method: MethodName, options: Emitted, call: CallContext): Emitted {
  const listed: readonly string[] = METHOD_OPTIONS[method];
  return call.scope !== undefined && listed.includes('collation') ? withScopeCollation(options, call) : options;
}

function refuseOption(method: MethodName, name: string, call: CallContext): never {
  return call.refuse(
    'option_unknown',
    `${quote(name)} is not an option of ${method}()${whyRefused(name)}. It takes ${METHOD_OPTIONS[method].join(', ')}.`,
    name,
  );
}

/** The end of the sentence about an unknown option: why no method has it. */
export function whyRefused(name: string): string {
  const reason = REFUSED_FOR_GOOD.get(name);
  return reason === undefined ? '' : `: ${reason}`;
}
