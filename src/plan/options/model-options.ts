import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { readOptionEntries } from '../../input/read.ts';

/** The options of one call on a bulk: only `trusted`. */
export function readOptions(options: unknown, site: Site): { readonly trusted?: unknown } {
  const entries = options === undefined ? [] : readOptionEntries(options, 'the options object', site);
  const surplus = entries.find(([name]) => name !== 'trusted');
  if (surplus !== undefined)
    site.refuse(
      'option_unknown',
      `${quote(surplus[0])} is not an option of ${site.operation}() on a bulk; it takes trusted.`,
      surplus[0],
    );
  return Object.fromEntries(entries);
}
