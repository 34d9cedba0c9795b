import type { DeepReadonly } from '../deep-readonly.ts';

/** Fields at the top of a document, as a caller sets them. */
export type Settable<T, K extends keyof T> = { readonly [N in K]?: Exclude<DeepReadonly<T[N]>, undefined> };

/**
 * Nothing to refuse. It names the keys, because in a list of documents the compiler refuses those that no check names, and the editor offers no
 * further keys where a check is `unknown`.
 */
export type Fine<I> = { readonly [K in keyof I]: unknown };
