import type { Decimal128, ObjectId } from 'mongodb';

import type { ExpressionType } from './expression-type.ts';
import type { Elements, NullFrom } from './field-type.ts';
import type { Widened } from './widened.ts';
import type { With } from './variables.ts';

/** The type of `$reduce`: its initial value, or the result of `in`. */
export type ReduceType<T, A, V> = A extends {
  readonly input: infer Input;
  readonly initialValue: infer Initial;
  readonly in: infer In;
}
  ? ExpressionType<T, Input, V> extends infer Array
    ? Widened<ExpressionType<T, Initial, V>> extends infer Start
      ? Start | ExpressionType<T, In, With<V, { this: Elements<Array>; value: Start }>> | NullFrom<Array>
      : never
    : never
  : never;

interface Targets {
  double: number;
  string: string;
  objectId: ObjectId;
  bool: boolean;
  date: Date;
  int: number;
  long: number;
  decimal: Decimal128;
  1: number;
  2: string;
  7: ObjectId;
  8: boolean;
  9: Date;
  16: number;
  18: number;
  19: Decimal128;
}

/** The type of `$convert`, by the name of its target. */
export type ConvertType<T, A, V> = A extends { readonly input: infer Input; readonly to: infer To }
  ? | (To extends keyof Targets ? Targets[To] : unknown)
    | (A extends { readonly onError: infer E } ? ExpressionType<T, E, V> : never)
    | (A extends { readonly onNull: infer N } ? ExpressionType<T, N, V> : NullFrom<ExpressionType<T, Input, V>>)
  : never;

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The type of `$dateToParts`. */
export type DatePartsType<T, A, V> = A extends { readonly date: infer D }
  ? | (A extends { readonly iso8601: true }
        ? { readonly isoWeekYear: number; readonly isoWeek: number; readonly isoDayOfWeek: number } & Clock
        : { readonly year: number; readonly month: number; readonly day: number } & Clock)
    | NullFrom<ExpressionType<T, D, V>>
  : never;
