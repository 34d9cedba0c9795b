import type { InputCopy } from '../input/copy-input.ts';
import type { StandardSchema } from '../types/standard-schema.ts';

/** A value, or a function that makes one for each document. */
export type DefaultValue = InputCopy | (() => unknown);

/** What a view adds to every write: values that neither the caller nor `trusted` has to give. */
export interface WriteConventions {
  /** Set when a document is created. */
  readonly createdAt: string | undefined;
  /** Set when a document is created and with every update. */
  readonly updatedAt: string | undefined;
  /** Incremented with every update; `options.version` compares with it. */
  readonly version: string | undefined;
  /** Defaults for fields that a new document has no value for. */
  readonly defaults: ReadonlyMap<string, DefaultValue>;
  /** Validators of the caller's input, called before anything is sent. */
  readonly validate: { readonly insert: StandardSchema; readonly update: StandardSchema } | undefined;
}

/** The paths that only the view itself writes. */
export function ownPaths({ createdAt, updatedAt, version }: WriteConventions): readonly string[] {
  return [createdAt, updatedAt, version].filter((path) => path !== undefined);
}
