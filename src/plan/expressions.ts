import { bare, emit, type Emitted } from './emit.ts';

/** A condition: `if`, `then`, `else`. */
export function cond(test: unknown, then: unknown, otherwise: unknown): Emitted {
  return emit('$cond', [test, then, otherwise]);
}

/** One expression for an array, another for any other value. */
export function ifArray(value: unknown, then: unknown, otherwise: unknown): Emitted {
  return cond(emit('$isArray', [value]), then, otherwise);
}

/** Each element of an array, passed through an expression. */
export function mapped(input: unknown, as: string, each: unknown): Emitted {
  return emit('$map', bare({ input, as, in: each }));
}

/** The elements of an array for which an expression is true. */
export function filtered(input: unknown, as: string, test: unknown): Emitted {
  return emit('$filter', bare({ input, as, cond: test }));
}

/** Whether a value has one of these BSON types. */
export function isKind(value: string, names: readonly string[]): Emitted {
  return emit('$in', [emit('$type', value), names]);
}

/** A constant. A string that begins with `$` would be a path without this. */
export function literal(value: unknown): Emitted {
  return emit('$literal', value);
}

export function not(test: unknown): Emitted {
  return emit('$not', [test]);
}
