import type { ScalarLike } from '../scalar.ts';
import type { Settled } from './document-type.ts';
import type { FieldType, NullFrom, Present } from './field-type.ts';
import type { Arithmetic } from './number-types.ts';
import type { ArithmeticName, DerivedTypes, FixedTypes, NullableTypes } from './operator-types.ts';
import type { VariableType } from './variables.ts';

/**
 * The type of an aggregation expression over documents `T`, with the bound variables `V`. `undefined` means "may be missing".
 * For refused expressions it is `never` or `unknown`; `CheckExpression` has the error message.
 */
export type ExpressionType<T, E, V> = E extends string
  ? E extends `$${infer Path}`
    ? Path extends `$${infer Variable}`
      ? VariableType<T, Variable, V>
      : FieldType<T, Path>
    : E
  : E extends ScalarLike
    ? E
    : E extends readonly unknown[]
      ? Present<ExpressionType<T, E[number], V>>[]
      : E extends object
        ? keyof E extends `$${string}`
          ? [keyof E] extends [never]
            ? E
            : OperatorType<T, keyof E, E[keyof E], V>
          : Settled<{ readonly [K in keyof E]: ExpressionType<T, E[K], V> }>
        : unknown;

type OperatorType<T, K, A, V> = K extends keyof FixedTypes
  ? FixedTypes[K]
  : K extends keyof NullableTypes
    ? NullableTypes[K] | NullFrom<OperandType<T, A, V>>
    : K extends ArithmeticName
      ? Arithmetic<OperandType<T, A, V>>
      : K extends keyof DerivedTypes<T, A, V>
        ? DerivedTypes<T, A, V>[K]
        : unknown;

/** The union of the types of an operator's operands: one, several, or named ones. */
export type OperandType<T, A, V> = A extends readonly unknown[]
  ? ExpressionType<T, A[number], V>
  : A extends ScalarLike
    ? ExpressionType<T, A, V>
    : keyof A extends `$${string}`
      ? ExpressionType<T, A, V>
      : ExpressionType<T, A[keyof A], V>;
