import type { BsonTypeName } from '../grammar/bson-type-names.ts';
import type {
  BranchOperator,
  ExactOperator,
  NotPulled,
  OpaqueOperator,
  QueryOperator,
} from '../grammar/query-operators.ts';
import type { PushModifier } from '../grammar/update-operators.ts';
import type { AnyValue } from './any-value.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import type { GeoName } from './geo.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { Bytes, Numeric, Scalar } from './scalar.ts';
import type { Arrays, OneLess } from './split.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { WholeId } from './whole-id.ts';

declare const operators: unique symbol;

/** Operators made by `op()`. JSON or a query string can't make them. */
export interface Op<out O> {
  readonly [operators]: O;
}

/** The operands for a leaf of type `V`: its scalars (for an array, its elements), and numbers in any BSON type. */
export type Operand<V, Left extends readonly unknown[] = Arrays> = V extends readonly (infer E)[]
  ? Left extends readonly []
    ? never
    : Operand<E, OneLess<Left>>
  : V extends Numeric
    ? number extends V
      ? Numeric
      : bigint extends V
        ? Numeric
        : V extends number | bigint
          ? V
          : Numeric
    : V extends Bytes
      ? Bytes
      : V extends Scalar
        ? V
        : unknown extends V
          ? Exclude<Scalar, undefined>
          : never;

type Pattern<V> = Extract<Operand<V>, string> extends never ? never : RegExp;
type Value<V> = Exclude<Operand<V>, undefined> | null;

/** MongoDB's query operators for a leaf of type `V`. */
export interface OperatorsFor<V> {
  readonly $eq?: Value<V>;
  readonly $ne?: Value<V>;
  readonly $gt?: Value<V>;
  readonly $gte?: Value<V>;
  readonly $lt?: Value<V>;
  readonly $lte?: Value<V>;
  readonly $in?: readonly (Value<V> | Pattern<V>)[];
  readonly $nin?: readonly (Value<V> | Pattern<V>)[];
  readonly $exists?: boolean;
  readonly $type?: BsonTypeName | readonly BsonTypeName[];
  readonly $not?: OperatorsFor<V> | Op<OperatorsFor<V>> | Pattern<V>;
  readonly $size?: number;
  readonly $all?: readonly (Value<V> | Pattern<V>)[];
  readonly $mod?: readonly [divisor: number, remainder: number];
  readonly $bitsAllSet?: number | readonly number[];
  readonly $bitsAnySet?: number | readonly number[];
  readonly $bitsAllClear?: number | readonly number[];
  readonly $bitsAnyClear?: number | readonly number[];
  readonly $regex?: string | RegExp;
  readonly $options?: string;
  readonly $elemMatch?: OperatorsFor<V>;
}

/** The operators for the elements that `$pull` removes. */
export type PulledOperators<E> = OperatorsFor<E> & { readonly [K in NotPulled]?: never };

interface PresenceOperands {
  readonly $exists?: boolean;
  readonly $size?: number;
  readonly $eq?: null;
  readonly $ne?: null;
}

type BranchName = SameNames<BranchOperator, keyof PresenceOperands | '$elemMatch' | '$not', BranchOperator>;

/** The operators that ask whether a branch exists, and how many elements it has. */
export type PresenceOperators = Pick<PresenceOperands, Exclude<BranchName, '$elemMatch' | '$not'>>;

/** A whole array of scalars, which a leaf that is an array may be compared with. */
export type WholeList<V> = V extends readonly unknown[] ? DeepReadonly<V> : never;

interface ExactOperands<Id> {
  readonly $eq?: ExactOperand<Id>;
  readonly $in?: readonly ExactOperand<Id>[];
}

type ExactName = SameNames<ExactOperator, keyof ExactOperands<unknown>, ExactOperator>;

/** The operators on a non-public `_id`: only exact matches, which can't be used to search. */
export type ExactOperators<Id> = Pick<ExactOperands<Id>, ExactName>;

interface OpaqueOperands {
  readonly $eq?: string | null;
  readonly $ne?: string | null;
  readonly $in?: readonly (string | null)[];
  readonly $nin?: readonly (string | null)[];
  readonly $all?: readonly (string | null)[];
  readonly $exists?: boolean;
  readonly $size?: number;
  readonly $not?: OpaqueOperands | Op<OpaqueOperands>;
}

type OpaqueName = SameNames<OpaqueOperator, keyof OpaqueOperands, OpaqueOperator>;

/** The operators at an opaque id: they ask for equality and presence. */
export type OpaqueOperators = Pick<OpaqueOperands, OpaqueName>;

/** The allowed values at an opaque id: a text, such as one from a request. It is checked at run time. */
export type OpaqueValue<Style = 'tagged'> =
  | string
  | null
  | Op<OpaqueOperators>
  | (Style extends 'plain' ? OpaqueOperators : never);

/** An `_id` that is matched exactly: a scalar, or a compound `_id` as a whole. */
type ExactOperand<Id> = Exclude<Extract<Id, Scalar>, RegExp | null | undefined> | WholeId<Id>;

/** The allowed values at a leaf of a filter. */
export type FilterValue<V, Style = 'tagged'> =
  | Value<V>
  | Pattern<V>
  | Op<OperatorsFor<V>>
  | (Style extends 'plain' ? OperatorsFor<V> : never);

/** The allowed values at a non-public `_id`. */
export type ExactValue<Id, Style = 'tagged'> =
  | ExactOperand<Id>
  | Op<ExactOperators<Id>>
  | (Style extends 'plain' ? ExactOperators<Id> : never);

/** The names of the query operators. */
export type QueryOperatorName = SameNames<QueryOperator, keyof OperatorsFor<unknown>, QueryOperator>;

/** Completions inside `op()`. */
export type OperatorsShape = {
  readonly [name in QueryOperatorName | GeoName | PushModifier]?: AnyValue | readonly AnyValue[];
} & {
  readonly [name: string]: unknown;
};

/** The operators inside `op()`: their names are checked here, their operands when the value is used. */
export type CheckOperators<O> =
  IsAny<O> extends true
    ? never
    : IsNever<keyof O> extends true
      ? Refused<'op() takes at least one operator'>
      : {
          readonly [K in keyof O]: HoldsAny<O[K]> extends true
            ? never
            : K extends QueryOperatorName | GeoName | PushModifier
              ? unknown
              : Refused<`'${K & string}' is not a supported operator`>;
        };

/** Whether an operand is `any`, or a list with an `any` in it, or has one under `$not` or `$elemMatch`. */
export type HoldsAny<X> =
  IsAny<X> extends true
    ? true
    : X extends readonly (infer E)[]
      ? IsAny<E>
      : X extends Scalar
        ? false
        : true extends { [K in keyof X]: HoldsAny<X[K]> }[keyof X]
          ? true
          : false;
