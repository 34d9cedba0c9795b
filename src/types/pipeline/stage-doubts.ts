import type { Faults } from '../every-member.ts';
import type { CheckCallersFilter } from '../filter.ts';
import type { IsUnion } from '../is-union.ts';
import type { FilterValue } from '../op.ts';
import type { ScalarLike } from '../scalar.ts';
import type { SortDirection } from '../sort.ts';
import type { PlainAccumulator } from '../../grammar/accumulators.ts';
import type { ExpressionDoubts, PlainOperator } from './expression-doubts.ts';
import type { PipelineState } from './state.ts';

/** What is not plainly right in a stage, as in an expression: `never` if all is. A stage that is always doubted gets the full check only. */
export type StageDoubts<S extends PipelineState, Stage> = [keyof Stage] extends [never]
  ? 'no stage'
  : keyof Stage extends QuickStage
    ? IsUnion<KeysOf<Stage>> extends true
      ? 'several stages'
      : OperandDoubts<S, keyof Stage, Stage[keyof Stage]>
    : 'another stage';

type QuickStage = keyof Doubts<PipelineState, unknown>;

/** The keys of all members of a union. */
type KeysOf<Stage> = Stage extends unknown ? keyof Stage : never;

/** The same for the operand of a stage. */
export type OperandDoubts<S extends PipelineState, Name, A> = Name extends QuickStage
  ? IsUnion<A> extends true
    ? 'one of several'
    : Doubts<S, A>[Name]
  : 'another stage';

/** The quick look at each stage. It is looked up by name, so only the used member is evaluated. */
interface Doubts<S extends PipelineState, A> {
  $match: S['place'] extends 'head'
    ? '$expr' extends keyof A
      ? '$expr'
      : Faults<CheckCallersFilter<S['source'], S['capabilities'], A>>
    : MatchDoubts<S, A>;
  $sort: S['place'] extends 'head'
    ? DirectionDoubts<keyof A, S['capabilities']['sortable'], A[keyof A]>
    : SortDoubts<S, A>;
  $limit: A extends number ? never : 'no number';
  $skip: A extends number ? never : 'no number';
  $project: ProjectDoubts<S, A>;
  $addFields: FieldsDoubts<S, A>;
  $set: FieldsDoubts<S, A>;
  $unset: A extends string ? (`$${A}` extends S['references'] ? never : 'path') : 'path';
  $group: GroupDoubts<S, A>;
  $sortByCount: ExpressionDoubts<S, A>;
  $unwind: A extends S['references'] ? never : 'path';
  $replaceWith: ExpressionDoubts<S, A>;
}

/** A literal that compares leaves which every document names. */
type MatchDoubts<S extends PipelineState, A> = [keyof A] extends [never]
  ? 'no path'
  : {
      [K in keyof A]: `$${K & string}` extends S['references']
        ? K extends keyof S['document']
          ? ValueDoubts<S['document'][K], A[K], S['capabilities']['operators']>
          : K
        : K;
    }[keyof A];

type ValueDoubts<V, X, Style> = 0 extends 1 & X
  ? 'any'
  : [V] extends [ScalarLike]
    ? [X] extends [FilterValue<Exclude<V, null | undefined>, Style>]
      ? never
      : 'value'
    : 'branch';

type SortDoubts<S extends PipelineState, A> = `$${keyof A & string}` extends S['references']
  ? [S['document'][keyof A & keyof S['document']]] extends [ScalarLike]
    ? DirectionDoubts<keyof A, keyof S['document'], A[keyof A]>
    : 'branch'
  : 'path';

type DirectionDoubts<Path, Sortable, Direction> = 0 extends 1 & Direction
  ? 'any'
  : [Path] extends [never]
    ? 'no path'
    : [Path, Direction] extends [Sortable, SortDirection]
      ? never
      : 'path';

type FieldsDoubts<S extends PipelineState, A> = [keyof A] extends [never]
  ? 'no field'
  : keyof A & Composed extends never
    ? FieldDoubts<S, A[keyof A]>
    : 'path';

type Composed = `${string}.${string}` | `$${string}`;

/** An object of fields may set some in a branch, or make a document. */
type FieldDoubts<S extends PipelineState, X> = X extends string | ScalarLike | readonly unknown[]
  ? ExpressionDoubts<S, X>
  : keyof X extends PlainOperator
    ? ExpressionDoubts<S, X>
    : 'fields';

type ProjectDoubts<S extends PipelineState, A> = [A[keyof A]] extends [0 | false]
  ? 'no field'
  : { [K in keyof A]: MarkDoubts<S, K, A[K]> }[keyof A];

type MarkDoubts<S extends PipelineState, K, Mark> = 0 extends 1 & Mark
  ? 'any'
  : [Mark] extends [1 | true]
    ? `$${K & string}` extends S['references']
      ? never
      : 'path'
    : Mark extends number | boolean | null
      ? [K, Mark] extends ['_id', 0 | false]
        ? never
        : 'mark'
      : K extends Composed
        ? 'path'
        : FieldDoubts<S, Mark>;

type GroupDoubts<S extends PipelineState, A> = '_id' extends keyof A
  ? { [K in keyof A]: K extends '_id' ? ExpressionDoubts<S, A[K]> : AccumulatorDoubts<S, K, A[K]> }[keyof A]
  : 'no _id';

type AccumulatorDoubts<S extends PipelineState, K, X> = K extends Composed
  ? 'path'
  : keyof X extends PlainAccumulator
    ? true extends IsUnion<keyof X> | IsUnion<X> | ([keyof X] extends [never] ? true : false)
      ? 'several accumulators'
      : ExpressionDoubts<S, X[keyof X]>
    : 'another accumulator';
