/** Limits the number of nested arrays, because a recursive type (`Json[]` in `Json`) never ends. */
export type Arrays = readonly [unknown, unknown, unknown, unknown];
export type OneLess<Left extends readonly unknown[]> = Left extends readonly [unknown, ...infer Rest] ? Rest : [];

/** A path of several segments. */
export type Dotted = `${string}.${string}`;

/** The first segments of dotted paths. */
export type Head<P extends string> = P extends `${infer H}.${string}` ? H : P;

/** The first segments of those literal paths that have several. An intersection chooses them at no cost. */
export type Branching<P> = HeadOf<P & Dotted>;
type HeadOf<P> = P extends `${infer H}.${string}` ? H : never;

/** The keys of a document that literal paths begin with. */
export type Begun<T, P> = (P | Branching<P>) & keyof T;

/** The rest after the first segment `K`, for the literal paths that begin with it. */
export type Tail<P, K> = OpenTail<P & `${K & string}.${string}`, K>;

/** The same for paths that may be patterns, as below a subtree. */
export type OpenTail<P, K> = P extends `${K & string}.${infer R}` ? R : never;

/** A path that no document can have: a segment is empty, `__proto__`, or begins with `$`. */
export type Malformed = Segment<'' | '__proto__'> | `$${string}` | `${string}.$${string}`;

type Segment<S extends string> = S | `${S}.${string}` | `${string}.${S}` | `${string}.${S}.${string}`;

/** The proper prefixes of dotted paths: the branches above the leaves. */
export type BranchOf<P extends string> = P extends `${infer H}.${infer R}` ? H | `${H}.${BranchOf<R>}` : never;

/** `Exclude` for literals, which costs nothing if there is nothing to exclude. */
export type Minus<A, B> = [A & B] extends [never] ? A : Exclude<A, B>;
