import { callContext } from '../errors/call-context.ts';
import { issueMark, payloadOf } from '../input/marks.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { OpaqueIdMark } from '../types/opaque-id.ts';
import type { StoredOf } from '../types/opaque-document.ts';
import type { View } from '../types/view.ts';

/** What `opaqueId()` was given: where the id is stored, and the view whose id it is, if it is another one. */
export interface OpaqueIdParts {
  readonly stored: string;
  readonly view: object | undefined;
}

/**
 * Marks a public path of a view at which an id is shown sealed. The id is stored as an `ObjectId` at another path, which the view does not
 * make public. Results show a text of 22 characters in its place, and filters take that text. So nobody can read or guess an id, or tell from
 * it how many documents there are. The collection needs `sealKeys`.
 *
 * @param stored - the path at which the `ObjectId` is stored, in the same branch as the public path.
 * @param view - the view of the collection that the id refers to, which shows its `_id` as an opaque id too. Without it, the id is one of this
 *   view's own documents.
 * @returns a value for `public` of a view.
 * @throws RefusedCallError if the path is no string, or the second argument is no object. The view that uses the value is checked when it is
 *   defined.
 * @example
 * const userView = defineView<User>()({ name: 'user', public: { id: opaqueId('_id'), username: 1 } });
 * const orderView = defineView<Order>()({ name: 'order', public: { id: opaqueId('_id'), user: opaqueId('user_id', userView), product: 1 } });
 */
export function opaqueId<const P extends string>(stored: P): OpaqueIdMark<P, never>;
export function opaqueId<const P extends string, TDoc, TPublic, C extends Capabilities>(
  stored: P,
  view: View<TDoc, TPublic, C>,
): OpaqueIdMark<P, StoredOf<TDoc>>;
export function opaqueId(stored: unknown, ...rest: readonly unknown[]): object {
  const call = callContext('opaqueId', undefined);
  if (typeof stored !== 'string')
    return call.refuse('argument_invalid', "opaqueId() takes the path at which the id is stored, such as '_id'.");
  const [view] = rest;
  if (rest.length === 0) return issueMark('opaque id', { stored, view: undefined } satisfies OpaqueIdParts);
  if (typeof view !== 'object' || view === null)
    return call.refuse(
      'argument_invalid',
      'opaqueId() takes a view as its second argument. A view that is defined later is undefined here.',
    );
  return issueMark('opaque id', { stored, view } satisfies OpaqueIdParts);
}

/** What a value of `opaqueId()` was made of, or `undefined` if it is another value. */
export function opaqueIdIn(value: unknown): OpaqueIdParts | undefined {
  return payloadOf(value, 'opaque id') as OpaqueIdParts | undefined;
}
