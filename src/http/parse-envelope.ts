import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { readArray, readOptionEntries } from '../input/read.ts';

/** The declared keys of envelopes, read once. */
export function parseEnvelope(options: unknown, call: CallContext): ReadonlySet<string> {
  if (options === undefined) return new Set();
  const settings = new Map(readOptionEntries(options, 'the options object', call));
  for (const name of settings.keys()) {
    if (name !== 'envelope')
      call.refuse('option_unknown', `${quote(name)} is not an option of sendable(); it takes envelope.`, name);
  }
  return stringsOf(settings.get('envelope'), 'envelope', call);
}

/** A list of strings, each once. */
export function stringsOf(list: unknown, name: string, call: CallContext): ReadonlySet<string> {
  if (list === undefined) return new Set();
  const strings = readArray(list, `the option '${name}'`, call);
  if (strings.every((each) => typeof each === 'string' && each !== '')) return new Set(strings as readonly string[]);
  return call.refuse('option_value', `The option '${name}' must be an array of strings.`, name);
}
