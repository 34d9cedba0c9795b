/** The field of an update path, without the positions that say which elements are meant. */
export type FieldOf<P> = P extends `${infer A}.$[${string}].${infer B}`
  ? FieldOf<`${A}.${B}`>
  : P extends `${infer A}.$[${string}]`
    ? A
    : P extends `${infer A}.$.${infer B}`
      ? FieldOf<`${A}.${B}`>
      : P extends `${infer A}.$`
        ? A
        : P & string;

/** Whether the field at the end of a path may be missing. */
export type IsOptionalAt<T, P extends string> = T extends readonly (infer E)[]
  ? IsOptionalAt<E, P>
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? IsOptionalAt<NonNullable<T[Head]>, Rest>
      : false
    : P extends keyof T
      ? {} extends Pick<T, P>
        ? true
        : false
      : false;
