import type { UpdateOperator } from '../../grammar/update-operators.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { BuiltUp, FilterPath } from '../filter.ts';
import type { Op, Operand, PulledOperators } from '../op.ts';
import type { PathKind, ValueAt } from '../path-value.ts';
import type { Numeric } from '../scalar.ts';
import type { IsNever } from '../type-fest.ts';
import type { IsOptionalAt } from './update-path.ts';
import type { WritablePath } from './writable-path.ts';

/** An update for code that builds one up: each operator with the writable paths that it works on. */
export type UpdateOf<TDoc, C extends Capabilities> = {
  [O in UpdateOperator]?: {
    [
      P in WritablePath<C> | C['whole'] as IsNever<OperandAt<Stored<TDoc>, C, O, P>> extends true ? never : P
    ]?: OperandAt<Stored<TDoc>, C, O, P>;
  };
} & BuiltUp;

/** What an operator takes at a path; `never` where it does not work. */
type OperandAt<T, C extends Capabilities, O, P extends string> = O extends '$set' | '$setOnInsert'
  ? Exclude<ValueAt<T, P>, undefined>
  : O extends '$unset'
    ? IsOptionalAt<T, P> extends true
      ? '' | 1 | true
      : never
    : P extends FilterPath<C> | C['whole']
      ? LoudOperand<O, Exclude<ValueAt<T, P>, null | undefined>, ValueAt<T, P>>
      : never;

/** The operand of an operator that goes on from what is stored. */
type LoudOperand<O, V, Whole> = O extends '$inc' | '$mul'
  ? [V] extends [Numeric]
    ? Numeric
    : never
  : O extends '$min' | '$max'
    ? Exclude<Operand<Whole>, undefined>
    : O extends '$currentDate'
      ? Extract<V, Date> extends never
        ? never
        : true
      : V extends readonly (infer E)[]
        ? ArrayOperand<O, E>
        : never;

type ArrayOperand<O, E> = O extends '$pop'
  ? 1 | -1
  : O extends '$pull'
    ? PathKind<E> extends 'branch'
      ? never
      : E | Op<PulledOperators<E>>
    : O extends '$push' | '$addToSet'
      ? E | Op<{ readonly $each: readonly E[] }>
      : never;
