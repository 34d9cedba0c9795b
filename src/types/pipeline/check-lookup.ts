import type { Capabilities } from '../capabilities.ts';
import type { Head } from '../split.ts';
import type { IsUnion } from '../is-union.ts';
import type { Refused } from '../refused.ts';
import type { IsAny } from '../type-fest.ts';
import type { View } from '../view.ts';
import type { Collapse } from './collapse.ts';
import type { HasField } from './field-type.ts';
import type { CheckInner } from './pipeline-type.ts';
import type { SourceState } from './source-state.ts';
import type { NoVariables } from './accumulator-types.ts';
import type { CheckExpression } from './check-expression.ts';
import type { ExpressionType } from './expression-type.ts';
import type { IsOpaque } from '../is-opaque.ts';
import type { After, PipelineState } from './state.ts';

/** A `$lookup` checked against the registered views: the joined view, the keys and the pipeline. */
export type CheckLookup<S extends PipelineState, A> = 'let' extends keyof A
  ? CheckJoin<After<S, S['document']>, A>
  : CheckJoin<S, A>;

/** With variables, a join runs on the public fields. */
type CheckJoin<S extends PipelineState, A> = A extends {
  readonly from: infer From;
  readonly localField: string;
  readonly foreignField: string;
  readonly as: string;
}
  ? From extends keyof S['joins']
    ? Collapse<{
        readonly [K in keyof A]: IsAny<A[K]> extends true ? never : CheckLookupPart<S, S['joins'][From], K, A>;
      }>
    : { readonly from: Refused<`'${From & string}' is not a view of this SafeDb`> }
  : Refused<'$lookup takes from, localField, foreignField and as'>;

/** One operand of a `$lookup`. */
export type CheckLookupPart<S extends PipelineState, Foreign, K, A> = K extends 'pipeline'
  ? CheckInner<SourceState<Foreign, S['joins'], VariablesOf<S, A>>, A[K & keyof A]>
  : K extends 'let'
    ? CheckVariables<S, A[K & keyof A]>
    : CheckNamePart<S, Foreign, K, A[K & keyof A]>;

/** The variables of a `let`, with the types of their values. */
type VariablesOf<S extends PipelineState, A> = A extends { readonly let: infer Vars }
  ? { readonly [Name in keyof Vars]: ExpressionType<S['document'], Vars[Name], NoVariables> }
  : NoVariables;

type CheckVariables<S extends PipelineState, Vars> = true extends IsUnion<Vars> | IsOpaque<Vars>
  ? Refused<'the `let` of a $lookup must be a literal'>
  : Collapse<{
      readonly [Name in keyof Vars]: Name extends VariableNamed<Name>
        ? CheckExpression<S['document'], Vars[Name], NoVariables>
        : Refused<`'${Name & string}' is not the name of a variable: it starts with a lower-case letter`>;
    }>;

/** The name itself if it begins with a lower-case letter: only a letter differs from its capital. */
type VariableNamed<Name> = Name extends `${infer First}${string}`
  ? First extends Uppercase<First>
    ? never
    : Name
  : never;

type CheckNamePart<S extends PipelineState, Foreign, K, X> =
  IsUnion<X> extends true
    ? Refused<'write one name as a literal'>
    : K extends 'from'
      ? unknown
      : K extends 'localField'
        ? CheckLocal<S, X>
        : K extends 'foreignField'
          ? X extends CapabilitiesIn<Foreign>['joinable']
            ? unknown
            : Refused<`'${X & string}' is not joinable in the other view`>
          : K extends 'as'
            ? CheckAs<S, X>
            : Refused<`'${K & string}' is not an operand of $lookup`>;

/** The capabilities of a view. */
export type CapabilitiesIn<V> = V extends View<infer _D, infer _P, infer C> ? C : never;

/** The local key: before the view a joinable path, which need not be public; after it a path that exists there. */
type CheckLocal<S extends PipelineState, X> = X extends (
  S['place'] extends 'body' ? never : S['capabilities']['joinable']
)
  ? unknown
  : X extends S['capabilities']['public']
    ? S['place'] extends 'body'
      ? HasField<S['document'], X> extends true
        ? unknown
        : Refused<`'${X}' does not exist at this point of the pipeline`>
      : Refused<`'${X}' is not joinable in this view`>
    : HasField<S['document'], X & string> extends true
      ? unknown
      : Refused<`'${X & string}' is not joinable in this view and does not exist at this point of the pipeline`>;

type CheckAs<S extends PipelineState, X> = X extends '' | '_id' | `$${string}` | `${string}.${string}`
  ? Refused<`'${X}' is not a field name that a stage can make`>
  : X extends keyof S['document'] | (S['place'] extends 'body' ? never : Taken<S['capabilities']>)
    ? Refused<`'${X & string}' already exists: join under another name`>
    : string extends X
      ? Refused<'write the name as a literal'>
      : unknown;

type Taken<C extends Capabilities> = Head<C['public' | 'filterable' | 'sortable' | 'joinable']>;
