import type { EjsonMode } from '../grammar/ejson-modes.ts';
import type { JSON_OPTIONS, JsonFormat } from '../grammar/json-options.ts';
import type { Exposed } from './exposed.ts';
import type { Refused } from './refused.ts';

interface AllJsonOptions {
  /** Writes MongoDB's Extended JSON, which keeps the stored types, instead of what `JSON.stringify` writes. */
  readonly ejson?: EjsonMode | undefined;
  /** One JSON array (default), or a line for each document. */
  readonly format?: JsonFormat | undefined;
}

/** Options of a cursor's `json()`. */
export type JsonOptions = Pick<AllJsonOptions, (typeof JSON_OPTIONS)['json'][number]>;

/** Options of a cursor's `jsonStream()`. */
export type JsonStreamOptions = Pick<AllJsonOptions, (typeof JSON_OPTIONS)['jsonStream'][number]>;

/** The type of `this` in a cursor's JSON: only what came through a view becomes JSON, as the results of a `map()` or of a privileged read do not. */
export type MayBeJson<T> =
  T extends Exposed<unknown> ? unknown : Refused<'only results of a view become JSON: no map(), no privileged read'>;
