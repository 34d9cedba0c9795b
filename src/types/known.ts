import type { Refused } from './refused.ts';

/**
 * The type of `this` in a call: a sentence if an argument is `any`. At the argument itself the compiler could only say `never`, because `any`
 * is assignable to every other type. The sentence is looked up by name, so the compiler makes it only if it is needed.
 */
export type Known<Arguments> = {
  readonly any: Refused<`the argument '${AnyIn<Arguments>}' is any, so nothing in it can be checked: give it a type`>;
  readonly known: unknown;
}[[0] extends [1 & Arguments[keyof Arguments]] ? 'any' : 'known'];

type AnyIn<Arguments> = { [K in keyof Arguments & string]: 0 extends 1 & Arguments[K] ? K : never }[keyof Arguments &
  string];

/** The last argument of a call that lacks its options. The condition only lets the compiler infer the argument. */
export type NeedsProjection<Method extends string, X> = [X] extends [never]
  ? X
  : Refused<`${Method}() needs a projection, which says what is returned: pass { projection: ['field'] } as the last argument`>;
