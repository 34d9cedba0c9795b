import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { EJSON_MODES, type EjsonMode } from '../../grammar/ejson-modes.ts';
import { JSON_FORMATS, JSON_OPTIONS, type JsonFormat } from '../../grammar/json-options.ts';
import { readOptionEntries } from '../../input/read.ts';

/** The options of `json()` and `jsonStream()`. */
export interface ParsedJsonOptions {
  readonly ejson: EjsonMode | undefined;
  readonly format: JsonFormat;
}

/** Reads the options of a cursor's JSON. */
export function parseJsonOptions(
  method: keyof typeof JSON_OPTIONS,
  options: unknown,
  call: CallContext,
): ParsedJsonOptions {
  const listed: readonly string[] = JSON_OPTIONS[method];
  const entries = new Map(options === undefined ? [] : readOptionEntries(options, `the options of ${method}()`, call));
  for (const name of entries.keys())
    if (!listed.includes(name))
      call.refuse(
        'option_unknown',
        `${quote(name)} is not an option of ${method}(). It takes ${listed.join(', ')}.`,
        name,
      );
  return {
    ejson: parseEjson(entries.get('ejson'), call),
    format: oneOf(JSON_FORMATS, entries.get('format'), 'format', call) ?? 'array',
  };
}

/** Checks a mode of Extended JSON. */
export function parseEjson(mode: unknown, call: CallContext): EjsonMode | undefined {
  return oneOf(EJSON_MODES, mode, 'ejson', call);
}

function oneOf<T extends string>(
  names: readonly T[],
  value: unknown,
  option: string,
  call: CallContext,
): T | undefined {
  const known = names.find((name) => name === value);
  if (known !== undefined || value === undefined) return known;
  return call.refuse('option_value', `The option ${quote(option)} must be ${names.map(quote).join(' or ')}.`, option);
}
