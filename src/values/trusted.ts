import { quote } from '../errors/quote.ts';
import { callSite } from '../errors/site.ts';
import { TRUSTED_PARTS, type TrustedPart } from '../grammar/trusted-parts.ts';
import { bareObject } from '../input/bare.ts';
import { issueMark, payloadOf } from '../input/marks.ts';
import { isInputObject, copyPlainInput, NO_FIELDS, type InputCopy, type InputObject } from '../input/copy-input.ts';
import type { CheckTrustedParts, Trusted, TrustedShape } from '../types/trusted.ts';

/** The content of a `trusted()` value. */
export interface TrustedPayload {
  readonly parts: TrustedParts;
  /** Whether the server would store the parts unchanged: all keys are plain words, and they contain no operators. */
  readonly isPlain: boolean;
}

/** The parts that were given. */
export type TrustedParts = Readonly<Record<TrustedPart, InputCopy>>;

const PARTS: ReadonlySet<string> = new Set(TRUSTED_PARTS);

/**
 * Marks conditions and values of the program, as opposed to a caller's input. Pass it as `options.trusted`, separate from
 * the caller's input. JSON can't forge it.
 *
 * @param parts - `filter`: a filter on any path of the document, combined with the caller's by AND: soft deletes, tenants. Its
 *   operators need `op()` too. `joins`: for a pipeline or `findPopulated()` that joins, such a filter for each joined view,
 *   by the name of its collection; `{}` for no condition. `set`: fields of a new document, or an array of them for `insertMany`.
 *   `update`: update operators on any path, with their own `arrayFilters`. Everything is copied at once; later changes have no effect.
 * @returns a value for `options.trusted`.
 * @throws RefusedCallError if the argument is not plain data or has an unknown part. Paths and operators are checked when
 *   the value is used; a part that the method does not use is refused then.
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
  return issueMark('trusted', { parts: partsOf(copied), isPlain } satisfies TrustedPayload) as Trusted<T>;
}

/** Each part by its name; one that was not given is `undefined`. */
function partsOf({ filter, joins, set, update, arrayFilters }: InputObject): TrustedParts {
  const parts = { filter, joins, set, update, arrayFilters } satisfies TrustedParts;
  return Object.freeze(Object.assign(bareObject(), parts));
}

/** The content for a call without a `trusted()` value. */
export const NO_PARTS: TrustedPayload = Object.freeze({ parts: partsOf(NO_FIELDS), isPlain: true });

/** The content of a `trusted()` value, or `undefined` if `trusted()` did not make it. */
export function payloadIn(value: unknown): TrustedPayload | undefined {
  return payloadOf(value, 'trusted') as TrustedPayload | undefined;
}
