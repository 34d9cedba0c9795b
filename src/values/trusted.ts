import { quote } from '../errors/quote.ts';
import { callSite } from '../errors/site.ts';
import { TRUSTED_PARTS } from '../grammar/trusted-parts.ts';
import { issueMark, payloadOf } from '../input/marks.ts';
import { isInputObject, copyPlainInput, type InputObject } from '../input/copy-input.ts';
import type { CheckTrustedParts, Trusted, TrustedShape } from '../types/trusted.ts';

/** What a mark of `trusted()` stands for. */
export interface TrustedPayload {
  readonly parts: InputObject;
  /** Whether the server would store the parts as they are: their keys are plain words, and no operators are in them. */
  readonly isPlain: boolean;
}

const PARTS: ReadonlySet<string> = new Set(TRUSTED_PARTS);

/**
 * Marks what the program itself demands, as against what a caller asked for. It goes under `options.trusted`, apart from
 * the caller's input, and no JSON can forge it.
 *
 * @param parts - `filter`: a filter over any path of the document, ANDed to the caller's: soft deletes, tenants. Its
 *   operators are made by `op()` too. `joins`: for a pipeline or `findPopulated()` that joins, such a filter for each joined view,
 *   by the name of its collection; `{}` if nothing has to hold. `set`: fields of a new document, or an array of them for `insertMany`. `update`:
 *   update operators on any path, with `arrayFilters` of their own. All is copied at once; later changes have no effect.
 * @returns a value for `options.trusted`.
 * @throws RefusedCallError where the argument is not plain data or names an unknown part. Paths and operators are
 *   checked where the value is used, and a part that the method has no use for is refused there.
 * @example
 * await users.findOne({ username: 'ada' }, { projection: ['email'], trusted: trusted({ filter: { deleted_at: null } }) });
 *
 * const shop = createSafeDb(db, { users: userView, orders: orderView });
 * const live = trusted({ filter: { deleted_at: null }, joins: { orders: { cost_center: 'CC-7741' } } });
 * const bought = { from: 'orders', localField: '_id', foreignField: 'user_id', projection: ['product'] } as const;
 * await shop.users.findPopulated({}, { projection: ['username'], populate: { bought }, trusted: live }).toArray();
 */
export function trusted<const T extends TrustedShape>(parts: T & CheckTrustedParts<T>): Trusted<T> {
  const site = callSite('trusted', undefined);
  const { copied, isPlain } = copyPlainInput(parts, 'trusted()', site);
  if (!isInputObject(copied)) return site.refuse('argument_invalid', 'trusted() takes an object of parts.');
  const surplus = Object.keys(copied).find((part) => !PARTS.has(part));
  if (surplus !== undefined)
    return site.refuse(
      'argument_invalid',
      `${quote(surplus)} is not a part of trusted(); it takes ${[...PARTS].join(', ')}.`,
      surplus,
    );
  return issueMark('trusted', { parts: copied, isPlain } satisfies TrustedPayload) as Trusted<T>;
}

/** What `trusted()` was given, or `undefined` where the value is not of its making. */
export function payloadIn(value: unknown): TrustedPayload | undefined {
  return payloadOf(value, 'trusted') as TrustedPayload | undefined;
}
