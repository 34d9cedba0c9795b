import type { InputCopy } from '../input/copy-input.ts';
import type { StandardSchema } from '../types/standard-schema.ts';

/** A value, or a function that makes one for each document. */
export type DefaultValue = InputCopy | (() => unknown);

/** What a view does to every write by itself: values that neither a caller nor `trusted` has to give. */
export interface WriteConventions {
  /** Set when a document is made. */
  readonly createdAt: string | undefined;
  /** Set when a document is made and with every update. */
  readonly updatedAt: string | undefined;
  /** Counted up with every update; an update may demand one. */
  readonly version: string | undefined;
  /** For new documents that have no value there. */
  readonly defaults: ReadonlyMap<string, DefaultValue>;
  /** Checks of a caller's part, before it is sent. */
  readonly validate: { readonly insert: StandardSchema; readonly update: StandardSchema } | undefined;
}

/** The paths that the view itself writes with every write: nobody else may. */
export function ownPaths({ createdAt, updatedAt, version }: WriteConventions): readonly string[] {
  return [createdAt, updatedAt, version].filter((path) => path !== undefined);
}
