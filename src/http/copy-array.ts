import { append } from '../input/append.ts';

/** A frozen, true array with each element put through a function: neither a subclass nor an own `map` has a say. */
export function copyArray(
  values: readonly unknown[],
  copy: (value: unknown, index: number) => unknown,
): readonly unknown[] {
  const copies: unknown[] = [];
  for (let index = 0; index < values.length; index += 1) append(copies, copy(values[index], index));
  return Object.freeze(copies);
}
