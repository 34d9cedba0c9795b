import type { subtree } from '../values/subtree.ts';
import type { PathsOffer } from './document-paths.ts';
import type { OpaqueNames } from './opaque-document.ts';
import type { Minus } from './split.ts';

/** What a view allows, as unions of dotted paths. Paths that are not in a set are refused. */
export interface Capabilities {
  /** Leaves that may be returned, including subtrees. */
  readonly public: string;
  /** The public paths that return everything below them. */
  readonly subtree: string;
  readonly writable: string;
  /** The writable paths below which a caller may write anything. */
  readonly writableSubtree: string;
  readonly filterable: string;
  readonly sortable: string;
  readonly joinable: string;
  /** The paths of locations, where filters take geo operators. */
  readonly geo: string;
  /** The paths that `$text` may search. */
  readonly search: string;
  readonly operators: 'tagged' | 'plain';
  /** The public paths of opaque ids. */
  readonly opaque: string;
  /** Paths for which the view gives a new document a value if it has none. */
  readonly provided: string;
  /** Arrays of subdocuments whose elements have no field but those that the view names. */
  readonly whole: string;
  /** Paths that only the view writes: timestamps and the version. */
  readonly own: string;
  /** The fields that decide whose row a document is; `never` if the view has no scope. */
  readonly scope: string;
  /** The paths of the shard key; `never` if the collection is not sharded. */
  readonly shardKey: string;
  /** Whether the view says that its rows are for every scope. */
  readonly shared: boolean;
  /** The path that is incremented with every update; `never` if the view has none. */
  readonly version: string;
  /** The views of `defineAudiences()`, by audience; no key if it is one view. */
  readonly audiences: object;
}

/** The parts of a view's specification that decide its capabilities. */
export interface SpecShape {
  readonly name?: unknown;
  readonly public: object;
  readonly writable?: object;
  readonly filterable?: object;
  readonly sortable?: object;
  readonly joinable?: object;
  readonly geo?: object;
  readonly search?: readonly string[];
  readonly arrays?: object;
  readonly whole?: object;
  readonly scope?: object | 'shared' | (string & {});
  readonly shardKey?: object;
  readonly operators?: 'tagged' | 'plain' | (string & {});
  readonly timestamps?: object;
  readonly version?: string;
  readonly defaults?: object;
  readonly validate?: object;
}

declare const unwritten: unique symbol;

/**
 * What a specification may be before it is checked. No value has this symbol, so it tells the constraint from what is written. The
 * completions are not part of it, because the compiler would list the paths of the document for each view.
 */
export interface SpecConstraint extends SpecShape {
  readonly [unwritten]?: never;
}

/**
 * The completions while a specification is being written; `unknown` once it is. The condition is written so that the compiler takes it
 * for `unknown` while it infers the specification.
 */
export type OfferSpec<TDoc, S> = [IsUnwritten<S>] extends [true] ? SpecOffer<TDoc> : unknown;

/** Whether a specification is only the constraint. */
export type IsUnwritten<S> = typeof unwritten extends keyof S ? true : false;

/** Completions in a specification. Any other path gets its error message. */
export interface SpecOffer<TDoc> extends SpecShape {
  readonly public: PathsOffer<TDoc>;
  readonly writable?: PathsOffer<TDoc>;
  readonly filterable?: PathsOffer<TDoc>;
  readonly sortable?: PathsOffer<TDoc>;
  readonly joinable?: PathsOffer<TDoc>;
}

type Keys<T> = keyof T & string;
type KeysOf<S, Name extends string> = Name extends keyof S ? S[Name] : unknown;

/** The keys with this value. Mostly all have it, or none. */
type Listed<T, Value> = [T[keyof T]] extends [Value]
  ? Keys<T>
  : [Extract<T[keyof T], Value>] extends [never]
    ? never
    : { [K in Keys<T>]: T[K] extends Value ? K : never }[Keys<T>];

type Values<T> = unknown extends T ? never : T[keyof T];

/** The defaults of a set, with the paths that the view adds and without those that it removes. */
type Amended<Defaults extends string, Amendments> = Exclude<Defaults, Listed<Amendments, 0>> | Listed<Amendments, 1>;

/** The paths with `_id`, unless they already contain it or, if it is compound, parts of it. */
export type WithId<Paths extends string> = Extract<Paths, `_id.${string}`> extends never ? Paths | '_id' : Paths;

/** The paths that a caller may compare with; by default they may be join keys too. */
type FilterableOf<S extends SpecShape> = Amended<WithId<Keys<S['public']>>, KeysOf<S, 'filterable'>>;

/** The fields of a scope. Without one, `KeysOf` is unknown. */
type ScopeOf<S extends SpecShape> = [KeysOf<S, 'scope'>] extends [never]
  ? never
  : KeysOf<S, 'scope'> extends object
    ? Keys<KeysOf<S, 'scope'>>
    : never;

/** The capabilities that a view's specification declares. */
export interface CapabilitiesOf<S extends SpecShape, A extends object = {}> {
  readonly public: Keys<S['public']>;
  readonly subtree: Listed<S['public'], typeof subtree>;
  readonly writable: Listed<KeysOf<S, 'writable'>, 1 | typeof subtree>;
  readonly writableSubtree:
    | Listed<KeysOf<S, 'writable'>, typeof subtree>
    | (Listed<KeysOf<S, 'writable'>, 1> & Listed<S['public'], typeof subtree>);
  readonly filterable: FilterableOf<S>;
  readonly sortable: Amended<Minus<Keys<S['public']>, OpaqueNames<S['public']>>, KeysOf<S, 'sortable'>>;
  readonly joinable: Amended<FilterableOf<S>, KeysOf<S, 'joinable'>>;
  readonly geo: Keys<KeysOf<S, 'geo'>>;
  readonly search: S extends { readonly search: readonly (infer Path extends string)[] } ? Path : never;
  readonly opaque: OpaqueNames<S['public']>;
  readonly operators: KeysOf<S, 'operators'> extends 'plain' ? 'plain' : 'tagged';
  readonly provided: Keys<KeysOf<S, 'defaults'>> | ScopeOf<S>;
  readonly scope: ScopeOf<S>;
  readonly shardKey: Keys<KeysOf<S, 'shardKey'>>;
  readonly shared: KeysOf<S, 'scope'> extends 'shared' ? true : false;
  readonly whole: Keys<KeysOf<S, 'whole'>>;
  readonly version: Extract<KeysOf<S, 'version'>, string>;
  readonly own: Extract<KeysOf<S, 'version'> | Values<KeysOf<S, 'timestamps'>>, string>;
  readonly audiences: A;
}
