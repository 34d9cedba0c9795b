import type { CheckOf, Fault } from '../every-member.ts';
import type { IsUnion } from '../is-union.ts';
import type { Refused } from '../refused.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckExpression, CheckPath } from './check-expression.ts';
import type { Collapse } from './collapse.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Elements } from './field-type.ts';
import type { OperatorName } from './operator-types.ts';
import type { With, WithElement } from './variables.ts';

/** An operator of an expression, with its operand. A choice of operands is correct if each operand is. */
export type CheckOperator<T, K extends string, A, V> =
  IsAny<A> extends true
    ? never
    : K extends '$literal'
      ? unknown
      : K extends BindingName
        ? IsUnion<A> extends true
          ? CheckOf<A extends unknown ? Fault<CheckBinding<T, K, A, V>> : never>
          : CheckBinding<T, K, A, V>
        : K extends OperatorName
          ? CheckExpression<T, A, V>
          : Refused<`'${K}' is not a supported expression operator`>;

/** Operators whose operands are more than expressions. */
export type BindingName = '$map' | '$filter' | '$let' | '$reduce' | '$getField' | '$slice';

type CheckBinding<T, K extends BindingName, A, V> = K extends '$map' | '$filter'
  ? Collapse<{
      readonly [N in keyof A]: N extends 'in' | 'cond'
        ? CheckExpression<T, A[N], WithElement<T, A, V>>
        : N extends 'as'
          ? IsUnion<A[N]> extends true
            ? Refused<'write one name as a literal'>
            : unknown
          : CheckExpression<T, A[N], V>;
    }>
  : K extends '$let'
    ? CheckLet<T, A, V>
    : K extends '$reduce'
      ? CheckReduce<T, A, V>
      : K extends '$getField'
        ? CheckGetField<T, A, V>
        : A extends readonly [unknown, unknown, unknown?]
          ? CheckExpression<T, A, V>
          : Refused<'$slice takes 2 to 3 operands'>;

type CheckGetField<T, A, V> = A extends string
  ? CheckFieldName<T, A>
  : A extends { readonly field: infer F; readonly input: infer Input }
    ? Collapse<{
        readonly [N in keyof A]: N extends 'field'
          ? CheckFieldName<ExpressionType<T, Input, V>, F>
          : CheckExpression<T, A[N], V>;
      }>
    : Refused<'$getField takes the name of a field, or field and input'>;

/** A dot in a name would be part of it, and no field has one. */
type CheckFieldName<T, F> = F extends `${string}.${string}` | `$${string}`
  ? Refused<`'${F}' is not the name of one field`>
  : F extends string
    ? CheckPath<T, F>
    : Refused<'$getField takes the name of one field as a literal'>;

type CheckLet<T, A, V> = A extends { readonly vars: infer Vars }
  ? Collapse<{
      readonly [N in keyof A]: N extends 'in'
        ? CheckExpression<T, A[N], With<V, { [K in keyof Vars]: ExpressionType<T, Vars[K], V> }>>
        : CheckExpression<T, A[N], V>;
    }>
  : Refused<'$let takes vars and in'>;

type CheckReduce<T, A, V> = A extends { readonly input: infer Input; readonly initialValue: infer Initial }
  ? Collapse<{
      readonly [N in keyof A]: N extends 'in'
        ? CheckExpression<
            T,
            A[N],
            With<V, { this: Elements<ExpressionType<T, Input, V>>; value: ExpressionType<T, Initial, V> }>
          >
        : CheckExpression<T, A[N], V>;
    }>
  : Refused<'$reduce takes input, initialValue and in'>;
