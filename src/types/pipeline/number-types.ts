import type { Numeric } from '../scalar.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Given, NullFrom } from './field-type.ts';

/** The result of arithmetic: `number`, unless an operand has a BSON class. */
export type NumberFrom<X> = unknown extends X
  ? Numeric
  : [Extract<X, Exclude<Numeric, number>>] extends [never]
    ? number
    : Numeric;

/** The result of `$add`: a date if one operand is a date. */
export type Arithmetic<X> = unknown extends X
  ? unknown
  : ([Extract<X, Date>] extends [never] ? NumberFrom<X> : Date) | NullFrom<X>;

/** The result of `$subtract`: milliseconds between two dates, an earlier date, or a number. */
export type Subtracted<T, A, V> = A extends readonly [infer L, infer R]
  ? ExpressionType<T, L, V> extends infer Left
    ? ExpressionType<T, R, V> extends infer Right
      ? [Given<Right>] extends [Date]
        ? number | NullFrom<Left> | NullFrom<Right>
        : Arithmetic<Left | Right>
      : never
    : never
  : never;
