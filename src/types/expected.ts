import type { ObjectId } from 'mongodb';

/** What an error message adds for a value of another type: the type that is expected, if it is a simple one. */
export type Expected<V> = [V] extends [null | undefined]
  ? ''
  : [V] extends [string | null | undefined]
    ? string extends V
      ? ': write a string'
      : ': write one of its literals'
    : [V] extends [number | null | undefined]
      ? ': write a number'
      : [V] extends [boolean | null | undefined]
        ? ': write a boolean'
        : [V] extends [Date | null | undefined]
          ? ': write a Date'
          : [V] extends [ObjectId | null | undefined]
            ? ': write an ObjectId'
            : '';
