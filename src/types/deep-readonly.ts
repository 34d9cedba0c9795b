/** What a literal is inferred as by a `const` type parameter: its arrays and objects are readonly. */
export type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends Date | { readonly _bsontype: string } | Uint8Array | RegExp
    ? T
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;
