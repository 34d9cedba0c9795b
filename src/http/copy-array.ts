import { append } from '../input/append.ts';

/** Maps an array to a new frozen array, without using methods of a subclass or an own `map`. */
export function copyArray(
  values: readonly unknown[],
  copy: (value: unknown, index: number) => unknown,
): readonly unknown[] {
  const copies: unknown[] = [];
  for (let index = 0; index < values.length; index += 1) append(copies, copy(values[index], index));
  return Object.freeze(copies);
}
