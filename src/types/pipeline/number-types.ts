import type { Decimal128 } from 'mongodb';

import type { Numeric } from '../scalar.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Given, NullFrom } from './field-type.ts';

/** A number made of numbers: `number`, unless one of them has a BSON class of its own. Nothing but zeros may come of no decimals. */
export type NumberFrom<X> = unknown extends X
  ? Numeric
  : [Extract<X, Exclude<Numeric, number>>] extends [never]
    ? number
    : [Extract<X, Exclude<Numeric, number>>] extends [Decimal128]
      ? number | Decimal128
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
