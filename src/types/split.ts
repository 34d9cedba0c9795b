/** Limits the number of nested arrays, because a recursive type (`Json[]` in `Json`) never ends. */
export type Arrays = readonly [unknown, unknown, unknown, unknown];
export type OneLess<Left extends readonly unknown[]> = Left extends readonly [unknown, ...infer Rest] ? Rest : [];

/** The first segments of dotted paths. */
export type Head<P extends string> = P extends `${infer H}.${string}` ? H : P;

/** The rest after the first segment `K`, for the paths that begin with it. */
export type Tail<P extends string, K> = P extends `${K & string}.${infer R}` ? R : never;

/** A path that no document can have: a segment is empty, `__proto__`, or begins with `$`. */
export type Malformed = Segment<'' | '__proto__'> | `$${string}` | `${string}.$${string}`;

type Segment<S extends string> = S | `${S}.${string}` | `${string}.${S}` | `${string}.${S}.${string}`;

/** The proper prefixes of dotted paths: the branches above the leaves. */
export type BranchOf<P extends string> = P extends `${infer H}.${infer R}` ? H | `${H}.${BranchOf<R>}` : never;
