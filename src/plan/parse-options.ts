import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { readObject } from '../inert/read.ts';
import { METHOD_OPTIONS, REFUSED_FOR_GOOD, type MethodName } from './method-options.ts';
import { PASSED_OPTIONS } from './parse-option.ts';
import { emptyDocument, type Emitted } from './emit.ts';

/** The options of a call: those that shape the plan, as they were written, and those that pass to the driver, checked. */
export interface ParsedOptions {
  readonly shaping: ReadonlyMap<string, unknown>;
  readonly passed: Emitted;
}

const NONE_PASSED: Emitted = Object.freeze(emptyDocument());

/** Reads the options once and refuses each that the method does not list. */
export function parseOptions(method: MethodName, options: unknown, site: Site): ParsedOptions {
  const listed: readonly string[] = METHOD_OPTIONS[method];
  let passed = NONE_PASSED;
  const shaping = new Map<string, unknown>();
  for (const [name, value] of options === undefined ? [] : readObject(options, 'the options object', site)) {
    if (!listed.includes(name)) refuseOption(method, name, site);
    const parse = PASSED_OPTIONS.get(name);
    if (parse === undefined) {
      shaping.set(name, value);
      continue;
    }
    if (passed === NONE_PASSED) passed = emptyDocument();
    passed[name] = parse(value, name, site);
  }
  return { shaping, passed: Object.freeze(passed) };
}

function refuseOption(method: MethodName, name: string, site: Site): never {
  const reason = REFUSED_FOR_GOOD.get(name);
  const why = reason === undefined ? '' : `: ${reason}`;
  return site.refuse('option_unknown', `${quote(name)} is not an option of ${method}()${why}. It takes ${METHOD_OPTIONS[method].join(', ')}.`, name);
}
