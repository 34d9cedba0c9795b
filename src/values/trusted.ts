import { callContext, type CallContext } from '../errors/call-context.ts';
import { issueMark, payloadOf } from '../input/marks.ts';
import {
  copyPlainInput,
  inputArray,
  inputObject,
  isInputArray,
  isInputObject,
  type InputArray,
  type InputCopy,
  type InputObject,
} from '../input/copy-input.ts';
import type { AndFilters, CheckTrustedArgument, Trusted, TrustedOffer } from '../types/trusted.ts';
import { append } from '../input/append.ts';
import type { Written } from '../types/written.ts';

/** The content of a `trusted()` value. */
export interface TrustedPayload {
  readonly value: InputObject | InputArray;
  /** Whether the server would store the value as it is: its keys are plain words, and no operators are in it. */
  readonly isPlain: boolean;
}

/**
 * Marks what the program itself demands or sets, as against what a caller asked for. No JSON can forge the mark.
 *
 * It is used in two places. In the place of a filter, an update or a document, the whole of it is the program's:
 * `users.updateOne(filter, trusted({ $inc: { visits: 1 } }))`. Under `options.trusted` it has parts, which are added to what
 * the caller gave.
 *
 * @param value - the filter, the update, the document or the list of documents itself. Or parts, for `options.trusted`:
 *   `filter`: a filter over any path of the document, ANDed to the caller's: soft deletes, tenants. Its
 *   operators are made by `op()` too. `joins`: for a pipeline or `findPopulated()` that joins, such a filter for each joined view,
 *   by the name of its collection; `{}` if nothing has to hold. `set`: fields of a new document, or an array of them for `insertMany`. `update`:
 *   update operators on any path, with `arrayFilters` of their own. All is copied at once; later changes have no effect.
 * @returns a value for a filter, an update, a document or `options.trusted`.
 * @throws RefusedCallError where the argument is not plain data. Paths, operators and parts are checked where the value is
 *   used, and a part that the method has no use for is refused there.
 * @example
 * await users.updateOne({ username: 'ada' }, trusted({ $set: { internal_role: 'admin' } }));
 * await users.findOne({ username: 'ada' }, { projection: ['email'], trusted: trusted({ filter: { deleted_at: null } }) });
 *
 * const shop = createSafeDb(db, { users: userView, orders: orderView });
 * const live = trusted({ filter: { deleted_at: null }, joins: { orders: { cost_center: 'CC-7741' } } });
 * const bought = { from: 'orders', localField: '_id', foreignField: 'user_id', projection: ['product'] } as const;
 * await shop.users.findPopulated({}, { projection: ['username'], populate: { bought }, trusted: live }).toArray();
 */
export function trusted<const T extends TrustedOffer>(value: Written<T> & CheckTrustedArgument<T>): Trusted<T> {
  const call = callContext('trusted', undefined);
  const { copied, isPlain } = copyPlainInput(value, 'trusted()', call);
  if (isInputObject(copied) || isList(copied)) return issue({ value: copied, isPlain }) as Trusted<T>;
  return call.refuse('argument_invalid', 'trusted() takes an object, or an array of documents.');
}

/**
 * One trusted filter that demands what each of these demands.
 *
 * @param filters - filters made by `trusted()`; at least one.
 * @returns a trusted filter: for the place of a filter, or for `filter` of `options.trusted`.
 * @throws RefusedCallError where one of them was not made by `trusted()`.
 * @example
 * const live = trusted({ deleted_at: null });
 * const staff = trusted({ internal_role: 'admin' });
 * const count = await users.countDocuments(trusted.and(live, staff));
 */
function and<const L extends readonly [Trusted<object>, ...Trusted<object>[]]>(...filters: L): Trusted<AndFilters<L>> {
  const call = callContext('trusted.and', undefined);
  const parts: InputObject[] = [];
  for (const filter of filters) append(parts, filterIn(filter, call));
  if (parts.length === 0) return call.refuse('argument_invalid', 'trusted.and() takes at least one filter.');
  return issue({ value: inputObject({ $and: inputArray(parts) }), isPlain: false }) as Trusted<AndFilters<L>>;
}

trusted.and = and;
Object.freeze(trusted);

function filterIn(filter: unknown, call: CallContext): InputObject {
  const value = payloadIn(filter)?.value;
  if (isInputObject(value)) return value;
  return call.refuse('argument_invalid', 'trusted.and() takes filters that were made by trusted().');
}

function isList(value: InputCopy): value is InputArray {
  return isInputArray(value) && value.every(isInputObject);
}

function issue(payload: TrustedPayload): object {
  return issueMark('trusted', Object.freeze(payload));
}

/** The content of a `trusted()` value, or `undefined` if `trusted()` did not make it. */
export function payloadIn(value: unknown): TrustedPayload | undefined {
  return payloadOf(value, 'trusted') as TrustedPayload | undefined;
}

/** A mark for each document of a list that `trusted()` was given, or `undefined` if the value is not such a list. */
export function trustedDocumentsIn(value: unknown): readonly object[] | undefined {
  const payload = payloadIn(value);
  if (payload === undefined || !isInputArray(payload.value)) return undefined;
  const { isPlain } = payload;
  return payload.value.filter(isInputObject).map((document) => issue({ value: document, isPlain }));
}
