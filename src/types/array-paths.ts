import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { ValueAt } from './path-value.ts';
import type { NotPlain } from './plain-paths.ts';
import type { ScalarLike } from './scalar.ts';
import type { IsAny } from './type-fest.ts';

/** The next depth. The run-time guard also allows at most four. */
interface Deeper {
  readonly 0: 1;
  readonly 1: 2;
  readonly 2: 3;
  readonly 3: 4;
  readonly 4: never;
}

/** The depth of arrays in each member of a type: 0 for a single value. `null` is allowed everywhere and is ignored. */
export type DepthsOf<V, Depth extends keyof Deeper = 0> =
  IsAny<V> extends true
    ? Depth
    : V extends null | undefined
      ? never
      : V extends ScalarLike
        ? Depth
        : V extends readonly (infer E)[]
          ? [E] extends [null | undefined]
            ? Deeper[Depth]
            : DepthsOf<E, Deeper[Depth]>
          : Depth;

/** An array at a path. */
type ArrayAt<V, Path extends string> = unknown extends V
  ? never
  : DepthsOf<V> extends infer Depths
    ? [Depths] extends [0]
      ? never
      : [Path, Depths]
    : never;

/** The arrays at and above a path, each with its depths. Only this path is walked. Arrays at and below subtrees are not required. */
export type ArraysOn<
  T,
  P extends string,
  Subtrees = never,
  Prefix extends string = '',
> = P extends `${infer Head}.${infer Rest}`
  ? `${Prefix}${Head}` extends Subtrees
    ? never
    : ArrayAt<ValueAt<T, Head>, `${Prefix}${Head}`> | ArraysOn<ValueAt<T, Head>, Rest, Subtrees, `${Prefix}${Head}.`>
  : `${Prefix}${P}` extends Subtrees
    ? never
    : ArrayAt<ValueAt<T, P>, `${Prefix}${P}`>;

/** The arrays of a document at or above a path of a view. Most paths are scalars of the document itself, and need no walk. */
export type ArraysOf<TDoc, C extends Capabilities, P extends string = NamedPath<C>> = ArraysOn<
  Stored<TDoc>,
  NotPlain<Stored<TDoc>, P>,
  C['subtree' | 'writableSubtree']
>;

/** The paths that a view names in any of its sets. */
export type NamedPath<C extends Capabilities> = C['public' | 'writable' | 'filterable' | 'sortable' | 'joinable'];

/** Depths as written in `arrays`: one, or an ascending list. */
export type WrittenDepths<Depths> = Rising<Depths> extends readonly [infer Only] ? Only : Rising<Depths>;

type Rising<Depths> = readonly [
  ...If<0, Depths>,
  ...If<1, Depths>,
  ...If<2, Depths>,
  ...If<3, Depths>,
  ...If<4, Depths>,
];
type If<Depth, Depths> = Depth extends Depths ? [Depth] : [];

/** Depths as shown in an error message. */
export type DepthText<Written> = Written extends number
  ? `${Written}`
  : Written extends readonly (infer _)[]
    ? `[${Joined<Written>}]`
    : never;

type Joined<List extends readonly unknown[]> = List extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${First}`
    : `${First}, ${Joined<Rest>}`
  : '';

/** The text to add for arrays that are missing in a view's `arrays`; `never` if none is missing. */
export type MissingArrays<Needed, Declared> = Needed extends readonly [infer Path extends string, infer Depths]
  ? Path extends keyof Declared
    ? never
    : `'${Path}' is an array in this document: add '${Path}': ${DepthText<WrittenDepths<Depths>>} to \`arrays\``
  : never;
