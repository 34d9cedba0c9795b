import type { Capabilities, WithId } from './capabilities.ts';
import type { PathKind } from './path-value.ts';
import type { ScalarLike } from './scalar.ts';

/** The leaf paths of a public type. It is small and finite, so its paths can be enumerated. A document's are never enumerated. */
export type LeafPaths<T> = T extends ScalarLike
  ? never
  : T extends readonly (infer E)[]
    ? LeafPaths<E>
    : { [K in keyof T & string]: PathKind<T[K]> extends 'leaf' | 'open' ? K : `${K}.${LeafPaths<T[K]>}` }[keyof T &
        string];

/** The leaf paths of a public type whose type has no fixed leaves. */
export type OpenPaths<T> = T extends ScalarLike
  ? never
  : T extends readonly (infer E)[]
    ? OpenPaths<E>
    : {
        [K in keyof T & string]: PathKind<T[K]> extends 'open'
          ? K
          : PathKind<T[K]> extends 'leaf'
            ? never
            : `${K}.${OpenPaths<T[K]>}`;
      }[keyof T & string];

/** The capabilities of a view that declares only its public type. */
export interface DefaultCapabilities<TPublic> extends Capabilities {
  readonly public: LeafPaths<TPublic>;
  readonly subtree: OpenPaths<TPublic>;
  readonly writable: never;
  readonly writableSubtree: never;
  readonly filterable: WithId<LeafPaths<TPublic>>;
  readonly sortable: LeafPaths<TPublic>;
  readonly joinable: WithId<LeafPaths<TPublic>>;
  readonly geo: never;
  readonly search: never;
  readonly opaque: never;
  readonly operators: 'tagged';
  readonly provided: never;
  readonly whole: never;
  readonly own: never;
  readonly scope: never;
  readonly shardKey: never;
  readonly shared: false;
  readonly version: never;
  readonly audiences: {};
}
