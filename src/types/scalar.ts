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

import type { CarrierClass, ScalarClass, ScopeClass } from '../grammar/bson-classes.ts';
import type { SameNames } from './same-names.ts';

/** A number of any BSON type. */
export type Numeric = number | bigint | Long | Int32 | Double | Decimal128;

/** Bytes of any type that the driver accepts. A `UUID` is a `Binary`. */
export type Bytes = Binary | Uint8Array;

/** A stored value without parts, which is allowed at a leaf of a view. */
export type Scalar =
  | string
  | boolean
  | null
  | undefined
  | Numeric
  | Bytes
  | Date
  | RegExp
  | Classes[SameNames<ScalarClass, keyof Classes, ScalarClass>];

/** A value that can decide whose row a document is. */
export type ScopeScalar = string | boolean | number | bigint | Uint8Array | Date | Classes[ScopeClass];

/** The BSON classes that are scalars, by name. */
interface Classes {
  readonly Long: Long;
  readonly Int32: Int32;
  readonly Double: Double;
  readonly Decimal128: Decimal128;
  readonly Binary: Binary;
  readonly ObjectId: ObjectId;
  readonly Timestamp: Timestamp;
  readonly MinKey: MinKey;
  readonly MaxKey: MaxKey;
  readonly BSONRegExp: BSONRegExp;
  readonly BSONSymbol: BSONSymbol;
}

/** Looks like a scalar but contains a document, so it is not allowed at a leaf. */
export type DocumentCarrier = Carriers[SameNames<CarrierClass, keyof Carriers, CarrierClass>];

interface Carriers {
  readonly DBRef: DBRef;
  readonly Code: Code;
}

/** The values of BSON classes have a mark with the name of the class. So a type is compared with one mark instead of twenty classes. */
interface Marked<Name extends string> {
  readonly _bsontype: Name;
}

/** Distinguishes a scalar from a branch, like `Scalar` but at a fraction of its cost. */
export type ScalarLike =
  | string
  | boolean
  | null
  | undefined
  | number
  | bigint
  | Uint8Array
  | Date
  | RegExp
  | Marked<ScalarClass>;

/** Distinguishes a carrier of documents from a branch. */
export type CarrierLike = Marked<CarrierClass>;
