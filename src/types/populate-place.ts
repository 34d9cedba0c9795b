import type { Capabilities } from './capabilities.ts';
import type { Exposed } from './exposed.ts';
import type { IsUnion } from './is-union.ts';
import type { ValueAt } from './path-value.ts';
import type { ResultOf } from './projection.ts';
import type { Refused } from './refused.ts';
import type { BranchOf } from './split.ts';
import type { IsNever } from './type-fest.ts';

/**
 * The name of a joined field: that of its reference, whose place the documents take, or a new one. Inside a branch, the reference has to
 * be in the same branch, and the projection has to return the branch.
 */
export type CheckPlace<TPublic, C extends Capabilities, P, As extends string, Local extends string> = string extends As
  ? Refused<'write the name as a literal'>
  : IsUnion<Local> extends true
    ? unknown
    : As extends Local
      ? As extends '_id'
        ? Refused<"'_id' can't be replaced: join under another name">
        : CheckBranch<TPublic, P, As, Local>
      : IsTaken<C, As> extends true
        ? Refused<`'${As}' already exists: join under another name, or under the name of the reference itself`>
        : As extends '' | '_id' | `$${string}` | `${string}.$${string}` | `${string}.` | `.${string}`
          ? Refused<`'${As}' is not a field name that a join can make`>
          : CheckBranch<TPublic, P, As, Local>;

type IsTaken<C extends Capabilities, As extends string> = As extends AnyPath<C> | BranchOf<AnyPath<C>>
  ? true
  : As extends `${C['subtree' | 'writableSubtree']}.${string}`
    ? true
    : false;

type AnyPath<C extends Capabilities> = C['public' | 'writable' | 'filterable' | 'sortable' | 'joinable'];

type CheckBranch<TPublic, P, As extends string, Local extends string> =
  ParentOf<As> extends infer Parent extends string
    ? Parent extends ''
      ? unknown
      : ParentOf<Local> extends Parent
        ? IsNever<ValueAt<ResultIn<TPublic, P>, Parent>> extends true
          ? Refused<`the projection has no field of '${Parent}': name one, so that it is returned`>
          : unknown
        : Refused<`the key of '${As}' has to be in the same branch: a field of '${Parent}'`>
    : never;

type ResultIn<TPublic, P> = ResultOf<TPublic, P> extends Exposed<infer R> ? R : never;

/** The branch that a path is in; `''` at the top. */
type ParentOf<P extends string> = P extends `${infer Head}.${infer Rest}`
  ? ParentOf<Rest> extends ''
    ? Head
    : `${Head}.${ParentOf<Rest>}`
  : '';
