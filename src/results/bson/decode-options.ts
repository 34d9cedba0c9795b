import type { Collection } from 'mongodb';

import { RefusedCallError } from '../../errors/refused-call-error.ts';

/** The BSON options of a collection, as the driver resolves them from the collection, the database and the client. */
export interface DecodeOptions {
  readonly promoteValues: boolean;
  readonly promoteLongs: boolean;
  readonly promoteBuffers: boolean;
  readonly useBigInt64: boolean;
  readonly bsonRegExp: boolean;
  readonly validatesUtf8: boolean;
}

/** The options of known collections, which the driver fixes when it creates a collection. Equal options are the same object. */
const known = new WeakMap<Collection, DecodeOptions>();
const distinct = new Map<string, DecodeOptions>();

/** The options of a collection. Throws if they ask for 64-bit integers in two ways at once. */
export function decodeOptionsOf(
  collection: Collection,
  { operation, view }: { operation: string; view: string },
): DecodeOptions {
  const options = known.get(collection) ?? readOptions(collection);
  const { useBigInt64, promoteValues, promoteLongs } = options;
  if (!useBigInt64 || (promoteValues && promoteLongs)) return options;
  const message =
    'The collection sets useBigInt64 together with promoteLongs: false or promoteValues: false. Use one or the other.';
  throw new RefusedCallError('option_value', message, { operation, view, path: 'useBigInt64' });
}

function readOptions(collection: Collection): DecodeOptions {
  const { promoteValues, promoteLongs, promoteBuffers, useBigInt64, bsonRegExp, enableUtf8Validation } =
    collection.bsonOptions;
  const options: DecodeOptions = Object.freeze({
    promoteValues: promoteValues !== false,
    promoteLongs: promoteLongs !== false,
    promoteBuffers: promoteBuffers === true,
    useBigInt64: useBigInt64 === true,
    bsonRegExp: bsonRegExp === true,
    validatesUtf8: enableUtf8Validation !== false,
  });
  const key = Object.values(options).join();
  const same = distinct.get(key) ?? options;
  distinct.set(key, same);
  known.set(collection, same);
  return same;
}
