import type { Refused } from '../refused.ts';
import type { Scalar } from '../scalar.ts';
import type { IsAny } from '../type-fest.ts';
import type { Collapse } from './collapse.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Elements, HasField } from './field-type.ts';
import type { OperatorName } from './operator-types.ts';
import type { HasVariable, With, WithElement } from './variables.ts';

/**
 * An expression checked against the documents `T`: a refused string or key gets an error message. `never` is the result for `any`,
 * so it is refused. A string that is known only at run time could name a field, so it needs `$literal`.
 */
export type CheckExpression<T, E, V> =
  IsAny<E> extends true
    ? never
    : unknown extends E
      ? Refused<'an expression must be a literal'>
      : E extends string
        ? CheckText<T, E, V>
        : E extends Scalar
          ? unknown
          : E extends readonly unknown[]
            ? Collapse<{ readonly [I in keyof E]: CheckExpression<T, E[I], V> }>
            : Collapse<{
                readonly [K in keyof E]: K extends `$${string}`
                  ? CheckOperator<T, K, E[K], V>
                  : CheckExpression<T, E[K], V>;
              }>;

type CheckText<T, E extends string, V> = string extends E
  ? Refused<'a string that is known only at run time could name a field: write { $literal: … }'>
  : E extends `$$${infer Variable}`
    ? HasVariable<T, Variable, V> extends true
      ? unknown
      : Refused<`'$$${Variable}' is not bound here`>
    : E extends `$${infer Path}`
      ? CheckPath<T, Path>
      : unknown;

/** The error message for a path that does not exist. */
export type CheckPath<T, Path extends string> =
  HasField<T, Path> extends true ? unknown : Refused<`'${Path}' does not exist at this point of the pipeline`>;

type CheckOperator<T, K extends string, A, V> = K extends '$literal'
  ? IsAny<A> extends true
    ? never
    : unknown
  : K extends '$map' | '$filter'
    ? Collapse<{
        readonly [N in keyof A]: N extends 'in' | 'cond'
          ? CheckExpression<T, A[N], WithElement<T, A, V>>
          : N extends 'as'
            ? unknown
            : CheckExpression<T, A[N], V>;
      }>
    : K extends '$let'
      ? CheckLet<T, A, V>
      : K extends '$reduce'
        ? CheckReduce<T, A, V>
        : K extends '$getField'
          ? A extends string
            ? CheckPath<T, A>
            : CheckExpression<T, A, V>
          : K extends '$slice'
            ? A extends readonly [unknown, unknown, unknown?]
              ? CheckExpression<T, A, V>
              : Refused<'$slice takes 2 to 3 operands'>
            : K extends OperatorName
              ? CheckExpression<T, A, V>
              : Refused<`'${K}' is not a supported expression operator`>;

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
