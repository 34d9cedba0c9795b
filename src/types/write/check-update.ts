import type { SilentOperator, UpdateOperator } from '../../grammar/update-operators.ts';
import type { DeepReadonly } from '../deep-readonly.ts';
import type { Unwritable } from './required-fields.ts';
import type { AnyFields, AnyValue } from '../any-value.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { CheckOf, Faults } from '../every-member.ts';
import type { ExposedKey } from '../exposed.ts';
import type { BuiltUp, FilterPath } from '../filter.ts';
import type { GivenAt } from '../given-at.ts';
import type { IsOpaque } from '../is-opaque.ts';
import type { IsUnion } from '../is-union.ts';
import type { ValueAt } from '../path-value.ts';
import type { Refused } from '../refused.ts';
import type { BranchOf, Dotted, Tail } from '../split.ts';
import type { CheckTrustedUpdate } from '../trusted-in-place.ts';
import type { TrustedMark } from '../trusted.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { WholePath } from '../check-whole.ts';
import type { CheckElements } from './check-elements.ts';
import type { Fine, Settable } from './settable.ts';
import type { CheckOperand, CheckPushElement, CheckSilent } from './check-operand.ts';
import type { TrustedFieldsOf } from './trusted-part.ts';
import type { UpdateOf } from './update-of.ts';
import type { EndsWithPosition, FieldOf, UpdateValueAt, WholeArray } from './update-path.ts';
import type { Mismatch, SeenPath, WritablePath } from './writable-path.ts';
import type { DidYouMean } from '../near.ts';

/** Completions in an update. */
export type UpdateShape<C extends Capabilities> =
  | ({
      readonly [O in UpdateOperator]?: { readonly [K in C['writable']]?: AnyValue } & AnyFields;
    } & {
      readonly [name: string]: unknown;
    })
  | object;

/**
 * An update checked against the view and against the fields that the program writes: each refused key gets an error message.
 * `never` is the result for `any`, so it is refused.
 */
export type CheckUpdate<TDoc, C extends Capabilities, U, O = {}> = 0 extends 1 & C
  ? unknown
  : IsAny<U> extends true
    ? never
    : IsUnion<U> extends true
      ? CheckOf<U extends unknown ? Faults<CheckOneUpdate<TDoc, C, U, O>> : never>
      : CheckOneUpdate<TDoc, C, U, O>;

type CheckOneUpdate<TDoc, C extends Capabilities, U, O> = U extends readonly unknown[]
  ? Refused<'an update must be an object of operators; pipelines are refused'>
  : U extends TrustedMark
    ? CheckTrustedUpdate<TDoc, U, O>
    : [keyof U, TrustedFieldsOf<O>] extends [never, never]
      ? Refused<'an update needs at least one path'>
      : [U] extends [BuiltUp]
        ? CheckBuiltUp<TDoc, C, U, O>
        : CheckUpdateOperators<TDoc, C, U, O>;

/** A `SafeUpdate` is correct as it is; only what a spread added to it is checked. */
type CheckBuiltUp<TDoc, C extends Capabilities, U, O> = {
  readonly [Name in keyof U]: Name extends UpdateOperator
    ? [GivenAt<U, Name>, keyof GivenAt<U, Name>] extends [BuiltFields<TDoc, C, Name>, keyof BuiltFields<TDoc, C, Name>]
      ? unknown
      : CheckPaths<TDoc, C, Name, GivenAt<U, Name>, TrustedFieldsOf<O>>
    : Name extends string
      ? RefuseOperator<Name>
      : unknown;
};

type BuiltFields<TDoc, C extends Capabilities, Name extends UpdateOperator> = NonNullable<UpdateOf<TDoc, C>[Name]>;

type CheckUpdateOperators<TDoc, C extends Capabilities, U, O> = {
  readonly [Name in keyof U]: Name extends UpdateOperator
    ? CheckPaths<TDoc, C, Name, GivenAt<U, Name>, TrustedFieldsOf<O>>
    : IsAny<U[Name]> extends true
      ? never
      : RefuseOperator<Name>;
};

type RefuseOperator<O> = O extends `$${string}`
  ? Refused<`'${O}' is not a supported update operator`>
  : Refused<`'${O & string}' is not an update operator: write { $set: … }`>;

type CheckPaths<TDoc, C extends Capabilities, O extends UpdateOperator, Fields, Own extends string> =
  IsNever<Fields> extends true
    ? unknown
    : IsAny<Fields> extends true
      ? never
      : string extends keyof Fields
        ? Refused<'to TypeScript a computed key is any string: give the object a type, as in const fields: { age?: number } = { [key]: 1 }'>
        : IsOpaque<Fields> extends true
          ? Refused<`'${O}' must be a literal: this type does not say which paths it writes`>
          : IsUnion<Fields> extends true
            ? CheckChoice<
                TDoc,
                C,
                O,
                Fields,
                Own,
                Fields extends unknown ? Faults<CheckEach<TDoc, C, O, Fields, Own>> : never
              >
            : O extends '$set' | '$setOnInsert'
              ? CheckSet<TDoc, C, O, Fields, Own>
              : CheckEach<TDoc, C, O, Fields, Own>;

/** If the fields at the top are right that a caller may set as a whole, only the others are checked one by one. */
type CheckSet<TDoc, C extends Capabilities, O extends UpdateOperator, Fields, Own extends string> = undefined extends
  | Fields[keyof Fields]
  | ([Own] extends [never] ? never : undefined)
  ? CheckEach<TDoc, C, O, Fields, Own>
  : [Fields] extends [Settable<Stored<TDoc>, C['writable'] & keyof Stored<TDoc>>]
    ? CheckOthers<TDoc, C, O, Fields, Exclude<keyof Fields, C['writable'] & keyof Stored<TDoc>>>
    : CheckEach<TDoc, C, O, Fields, Own>;

type CheckOthers<TDoc, C extends Capabilities, O extends UpdateOperator, Fields, K extends keyof Fields> = [K] extends [
  never,
]
  ? Fine<Fields>
  : CheckEach<TDoc, C, O, Pick<Fields, K>, never> & Fine<Fields>;

type CheckChoice<TDoc, C extends Capabilities, O extends UpdateOperator, Fields, Own extends string, Sentences> = [
  Sentences,
] extends [never]
  ? CheckEach<TDoc, C, O, Fields, Own>
  : CheckOf<Sentences>;

type CheckEach<TDoc, C extends Capabilities, O extends UpdateOperator, Fields, Own extends string> = {
  readonly [P in keyof Fields]: P extends ExposedKey
    ? unknown
    : IsAny<Fields[P]> extends true
      ? never
      : IsShared<FieldOf<P>, Own> extends true
        ? Refused<`'${P & string}' is in the input and in \`trusted\`: set it in only one of them`>
        : CheckPath<TDoc, C, O, P & string, FieldOf<P>, GivenAt<Fields, P>>;
};

/** Whether the program also writes the field, or a path above or below it. */
type IsShared<Field extends string, Own extends string> = Field extends Own | `${Own}.${string}`
  ? true
  : IsNever<Extract<Own, `${Field}.${string}`>> extends true
    ? false
    : true;

type CheckPath<TDoc, C extends Capabilities, O extends UpdateOperator, P extends string, Field extends string, X> =
  Field extends WritablePath<C>
    ? IfSeen<
        C,
        P,
        BranchOf<Field> | (EndsWithPosition<P> extends true ? Field : never),
        CheckWay<Stored<TDoc>, P, CheckLeaf<TDoc, C, O, P, Field, X>>
      >
    : Field extends BranchOf<C['writable'] & Dotted>
      ? O extends '$push'
        ? IfSeen<
            C,
            P,
            BranchOf<Field> | Field,
            CheckWay<Stored<TDoc>, P, CheckPushElement<ValueAt<TDoc, Field>, C, X, Field>>
          >
        : O extends '$set' | '$setOnInsert'
          ? IfSeen<
              C,
              P,
              BranchOf<Field> | Field,
              CheckWay<Stored<TDoc>, P, CheckWhole<UpdateValueAt<Stored<TDoc>, P>, C, X, Field>>
            >
          : Field extends WholePath<C>
            ? CheckWay<Stored<TDoc>, P, CheckElements<TDoc, C, O, P, Field, X>>
            : Refused<`'${Field}' is a branch: name the leaves below it`>
      : Refused<`'${Field}' is not writable in this view${DidYouMean<Field, C['writable']>}`>;

/** A whole branch: the caller may write every field that it has. */
type CheckWhole<V, C extends Capabilities, X, Field extends string> =
  UnwritableAt<V, C, Field> extends infer K extends string
    ? IsNever<K> extends true
      ? [X] extends [Exclude<DeepReadonly<V>, undefined | null>]
        ? unknown
        : Mismatch<Field, X>
      : Refused<`'${Field}' is a branch: name the leaves below it, as '${Field}.${K}' is not writable`>
    : never;

type UnwritableAt<V, C extends Capabilities, Field extends string> =
  Field extends WholePath<C> ? never : Unwritable<NonNullable<V>, Tail<C['writable'], Field>, Tail<C['whole'], Field>>;

/** A path says at each array which elements it means. */
type CheckWay<T, P extends string, Check> = P extends `${string}.${string}`
  ? WholeArray<T, P> extends infer At extends string
    ? IsNever<At> extends true
      ? Check
      : Refused<`'${P}' goes through the array '${At}' and does not say which elements are meant: write '${At}.$[]' or '${At}.$[id]'`>
    : never
  : Check;

type CheckLeaf<
  TDoc,
  C extends Capabilities,
  O extends UpdateOperator,
  P extends string,
  Field extends string,
  X,
> = O extends SilentOperator
  ? CheckSilent<Stored<TDoc>, UpdateValueAt<Stored<TDoc>, P>, O, P, Field, X>
  : Field extends FilterPath<C>
    ? CheckOperand<O, UpdateValueAt<Stored<TDoc>, P>, Field, X>
    : Refused<`'${Field}' is not filterable, so it takes only $set and $unset`>;

/** Refuses a path through a branch that is not public: its success or failure would reveal whether the branch is stored. */
type IfSeen<C extends Capabilities, P, Through extends string, Check> =
  Exclude<Through, SeenPath<C>> extends infer Unseen extends string
    ? IsNever<Unseen> extends true
      ? Check
      : Refused<`'${P & string}' goes through '${Unseen}', which is neither public nor filterable`>
    : never;
