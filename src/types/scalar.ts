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

import type { CarrierClass, ScalarClass } from '../grammar/bson-classes.ts';
import type { SameNames } from './same-names.ts';

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
  | Classes[SameNames<ScalarClass, keyof Classes, ScalarClass>];

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

/** Looks like a scalar and carries a document, so it never stands at a leaf. */
export type DocumentCarrier = Carriers[SameNames<CarrierClass, keyof Carriers, CarrierClass>];

interface Carriers {
  readonly DBRef: DBRef;
  readonly Code: Code;
}

/** The values that BSON has a class for bear its name. A branch is compared with one mark, not with twenty classes. */
interface Marked<Name extends string> {
  readonly _bsontype: Name;
}

/** Tells a scalar from a branch, as `Scalar` does and at a fraction of its cost. */
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

/** Tells a carrier of documents from a branch. */
export type CarrierLike = Marked<CarrierClass>;
