/** Whether two types are identical for the compiler: `readonly`, `?`, unions and the way they are put together included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `type(value).is<Expected>()` compiles only where the value's type is exactly the expected one. */
export declare function type<Actual>(value: Actual): {
  is<Expected>(...mismatch: Equal<Actual, Expected> extends true ? [] : [expected: Expected, butItIs: Actual]): void;
};

/** A value of a type, for type tests alone. */
export declare function a<T>(): T;

/** What stands in the function compiles. It never runs. */
export declare function compiles(lines: () => unknown): void;
