/** An object without its undefined values: a key that may be undefined becomes optional. */
export type Defined<T> = {
  -readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  -readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} extends infer Both
  ? { [K in keyof Both]: Both[K] }
  : never;
