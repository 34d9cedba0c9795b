import type { NamedAccumulator, PlainAccumulator, WindowAccumulator } from '../../grammar/accumulators.ts';
import type { WindowOnly } from '../../grammar/window-functions.ts';
import type { Refused } from '../refused.ts';
import type { SameNames } from '../same-names.ts';
import type { IsUnion } from '../is-union.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckExpression } from './check-expression.ts';
import type { Collapse } from './collapse.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Elements, Given, HasField, NullFrom, Present } from './field-type.ts';
import type { NumberFrom } from './number-types.ts';

/** The variables of a stage: none. */
export type NoVariables = object;

/** The result of each accumulator for an operand of type `X`. It is looked up by name, so only the used member is evaluated. */
interface Accumulated<X> {
  $sum: NumberFrom<X>;
  $avg: NumberFrom<X> | null;
  $stdDevPop: number | null;
  $stdDevSamp: number | null;
  $count: number;
  $min: Given<X> | NullFrom<X>;
  $max: Given<X> | NullFrom<X>;
  $first: Present<X>;
  $last: Present<X>;
  $push: Exclude<X, undefined>[];
  $addToSet: Exclude<X, undefined>[];
  $mergeObjects: Partial<Given<X>>;
}

/** Accumulators with named operands, each with the name of the operand that decides the type. */
interface Operands {
  $firstN: 'input';
  $lastN: 'input';
  $minN: 'input';
  $maxN: 'input';
  $top: 'output';
  $bottom: 'output';
  $topN: 'output';
  $bottomN: 'output';
}

/** The functions that are only for windows. */
interface Windowed<X> {
  $rank: number;
  $denseRank: number;
  $documentNumber: number;
  $covariancePop: NumberFrom<Elements<X>> | null;
  $covarianceSamp: NumberFrom<Elements<X>> | null;
  $linearFill: NumberFrom<X> | null;
  $locf: Present<X>;
  $shift: unknown;
  $derivative: NumberFrom<X> | null;
  $integral: NumberFrom<X> | null;
  $expMovingAvg: NumberFrom<X> | null;
}

type Plain = SameNames<PlainAccumulator, keyof Accumulated<unknown>, PlainAccumulator>;

export type AccumulatorName = Plain | SameNames<NamedAccumulator, keyof Operands, NamedAccumulator>;

export type WindowFunctionName =
  | Extract<Plain, WindowAccumulator>
  | SameNames<WindowOnly, keyof Windowed<unknown>, WindowOnly>;

/** The fields that the accumulators of a stage make. */
export type AccumulatedFields<T, A> = { readonly [K in keyof A]: AccumulatedType<T, keyof A[K], A[K][keyof A[K]]> };

/** The type of the field that one accumulator makes. It is never missing. */
export type AccumulatedType<T, Name, Operand> = Name extends keyof Operands
  ? Operand extends { readonly [K in Operands[Name]]: infer O }
    ? Present<ExpressionType<T, O, NoVariables>> extends infer X
      ? Name extends '$top' | '$bottom'
        ? X
        : X[]
      : never
    : never
  : Name extends keyof Accumulated<unknown>
    ? Accumulated<ExpressionType<T, Operand, NoVariables>>[Name]
    : unknown;

/**
 * What the functions of a `$setWindowFields` make. At the edge of a window there may be nothing to take from: that is `null`. A field that
 * is missing where it is taken from stays missing, other than in a `$group` (mongod 6.0.5).
 */
export type WindowFields<T, A> = { readonly [K in keyof A]: WindowType<T, Exclude<keyof A[K], 'window'>, A[K]> };

type WindowType<T, Name, Written> = Name extends '$shift'
  ? Written extends { readonly $shift: { readonly output: infer O } }
    ? | ExpressionType<T, O, NoVariables>
      | (Written extends { readonly $shift: { readonly default: infer D } } ? D : null)
    : never
  : Name extends '$first' | '$last'
    ? Name extends keyof Written
      ? AtTheEdge<Name, ExpressionType<T, Written[Name], NoVariables>, Written>
      : never
    : Name extends InputName
      ? Name extends keyof Written
        ? Windowed<InputType<T, Written[Name]>>[Name]
        : never
      : Name extends keyof Windowed<unknown> & keyof Written
        ? Windowed<ExpressionType<T, Written[Name], NoVariables>>[Name]
        : Name extends keyof Accumulated<unknown> & keyof Written
          ? AtTheEdge<Name, Accumulated<ExpressionType<T, Written[Name], NoVariables>>[Name], Written>
          : unknown;

/** Window functions whose operand is named `input`. */
type InputName = '$derivative' | '$integral' | '$expMovingAvg';
type InputType<T, Operand> = Operand extends { readonly input: infer Input }
  ? ExpressionType<T, Input, NoVariables>
  : never;

type AtTheEdge<Name, X, Written> = Name extends '$first' | '$last' | '$min' | '$max'
  ? Written extends { readonly window: unknown }
    ? X | null
    : X
  : X;

/** Accumulators that sort the documents by paths. */
type SortedName = '$top' | '$bottom' | '$topN' | '$bottomN';

type CheckSorted<T, Operand> = Operand extends { readonly sortBy: infer Sort }
  ? SortProblem<T, Sort> extends infer Problem extends string
    ? [Problem] extends [never]
      ? unknown
      : Refused<Problem>
    : never
  : unknown;

type SortProblem<T, Sort> = {
  [P in keyof Sort & string]: HasField<T, P> extends true
    ? never
    : `'${P}' (in sortBy) does not exist at this point of the pipeline`;
}[keyof Sort & string];

/** Accumulators checked against the documents `T`: a refused one gets an error message. */
export type CheckAccumulators<T, A, Names extends string = AccumulatorName> = Collapse<{
  readonly [K in keyof A]: IsAny<A[K]> extends true
    ? never
    : K extends `${string}.${string}` | `$${string}`
      ? Refused<`'${K}' is not a field name that a stage can make`>
      : true extends IsUnion<A[K]> | IsUnion<Exclude<keyof A[K], 'window'>>
        ? Refused<'write one accumulator'>
        : Collapse<{
            readonly [Name in keyof A[K]]: Name extends 'window'
              ? unknown
              : Name extends Names
                ? CheckExpression<T, A[K][Name], NoVariables> &
                    (Name extends SortedName ? CheckSorted<T, A[K][Name]> : unknown)
                : Refused<`'${Name & string}' is not an accumulator that is allowed here`>;
          }>;
}>;
