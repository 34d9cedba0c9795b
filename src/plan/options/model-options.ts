import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { readOptionEntries } from '../../input/read.ts';
import { whyRefused } from './parse-options.ts';

/** The options of one call on a bulk: only `trusted`. */
export function readOptions(options: unknown, call: CallContext): { readonly trusted?: unknown } {
  const entries = options === undefined ? [] : readOptionEntries(options, 'the options object', call);
  const surplus = entries.find(([name]) => name !== 'trusted');
  if (surplus !== undefined)
    call.refuse(
      'option_unknown',
      `${quote(surplus[0])} is not an option of ${call.operation}() on a bulk${whyRefused(surplus[0])}. It takes trusted.`,
      surplus[0],
    );
  return Object.fromEntries(entries);
}
