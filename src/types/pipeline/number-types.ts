import type { Numeric } from '../scalar.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Given, NullFrom } from './field-type.ts';

/** A number made of numbers: `number`, unless one of them has a BSON class of its own. */
export type NumberFrom<X> = unknown extends X
  ? Numeric
  : [Extract<X, Exclude<Numeric, number>>] extends [never]
    ? number
    : Numeric;

/** What `$add` makes: a date where there is a date among its operands. */
export type Arithmetic<X> = unknown extends X
  ? unknown
  : ([Extract<X, Date>] extends [never] ? NumberFrom<X> : Date) | NullFrom<X>;

/** What `$subtract` makes: milliseconds between two dates, a date that much earlier, or a number. */
export type Subtracted<T, A, V> = A extends readonly [infer L, infer R]
  ? ExpressionType<T, L, V> extends infer Left
    ? ExpressionType<T, R, V> extends infer Right
      ? [Given<Right>] extends [Date]
        ? number | NullFrom<Left> | NullFrom<Right>
        : Arithmetic<Left | Right>
      : never
    : never
  : never;
