/**
 * The checks of several parts, or `unknown` if none of them refuses. An intersection with a tuple of `unknown` costs the compiler
 * 1,200 instantiations, one with `unknown` none.
 */
export type Collapse<C> = C extends readonly unknown[]
  ? [{ [I in keyof C]: unknown extends C[I] ? never : 1 }[number]] extends [never]
    ? unknown
    : C
  : [{ [K in keyof C]: unknown extends C[K] ? never : 1 }[keyof C]] extends [never]
    ? unknown
    : C;
