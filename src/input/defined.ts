import { callContext } from '../errors/call-context.ts';
import type { Defined } from '../types/defined.ts';
import type { NotAny } from '../types/not-any.ts';
import { readOptionEntries } from './read.ts';
import type { Written } from '../types/written.ts';

/**
 * Returns a copy of an object without the keys whose value is `undefined`. A filter, an update or a document with such a key is
 * refused, because a condition or a change could get lost silently. Use this if that is intended, as for the body of a PATCH.
 *
 * Only the keys of the object itself are checked, not those of nested objects.
 *
 * @param object - a plain object, such as a parsed body with optional fields.
 * @returns a new object. It may be empty, and an empty `$set` is refused.
 * @throws RefusedCallError if the argument is not a plain object, or has an accessor, a function or a symbol.
 * @example
 * const patch: { email?: string | undefined; 'profile.bio'?: string | undefined } = { email: 'ada@example.com', 'profile.bio': undefined };
 * await users.updateOne({ username: 'ada' }, { $set: defined(patch) });
 */
export function defined<const T extends object>(object: Written<T> & NotAny<T>): Defined<T> {
  const entries = readOptionEntries(object, 'the object', callContext('defined', undefined));
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Defined<T>;
}
