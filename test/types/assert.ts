/** Whether two types are identical for the compiler: `readonly`, `?`, unions and the way they are put together included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `type(value).is<Expected>()` compiles only if the value's type is exactly the expected one. */
export declare function type<Actual>(value: Actual): {
  is<Expected>(...mismatch: Equal<Actual, Expected> extends true ? [] : [expected: Expected, butItIs: Actual]): void;
};

/** A value of a type, only for type tests. */
export declare function a<T>(): T;

/** The code in the function has to compile. It never runs. */
export declare function compiles(lines: () => unknown): void;
