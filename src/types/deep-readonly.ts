/** The type that a `const` type parameter infers for a literal: its arrays and objects are readonly. */
export type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends Date | { readonly _bsontype: string } | Uint8Array | RegExp
    ? T
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;
