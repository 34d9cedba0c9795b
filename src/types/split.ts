/** The first segments of dotted paths. */
export type Head<P extends string> = P extends `${infer H}.${string}` ? H : P;

/** What follows the first segment `K`, for the paths that begin with it. */
export type Tail<P extends string, K> = P extends `${K & string}.${infer R}` ? R : never;

/** The proper prefixes of dotted paths: the branches above the leaves. */
export type BranchOf<P extends string> = P extends `${infer H}.${infer R}`
  ? H | `${H}.${BranchOf<R>}`
  : never;
