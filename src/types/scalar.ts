import type {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';

/** A number in any of the forms that BSON knows. */
export type Numeric = number | bigint | Long | Int32 | Double | Decimal128;

/** Bytes in any of the forms that the driver takes. A `UUID` is a `Binary`. */
export type Bytes = Binary | Uint8Array;

/** A stored value without parts of its own: what may stand at a leaf of a view. */
export type Scalar =
  | string
  | boolean
  | null
  | undefined
  | Numeric
  | Bytes
  | Date
  | RegExp
  | ObjectId
  | Timestamp
  | MinKey
  | MaxKey
  | BSONRegExp
  | BSONSymbol;

/** Looks like a scalar and carries a document, so it never stands at a leaf. */
export type DocumentCarrier = DBRef | Code;
