import { bareObject, isBare } from '../input/bare.ts';

/** A document to be sent: made here, key by key, and inheriting nothing that could add to it. */
export type Emitted = Record<string, unknown>;

export function emptyDocument(): Emitted {
  return bareObject() as Emitted;
}

/** An empty document that stays empty. */
export const EMPTY: Emitted = Object.freeze(emptyDocument());

/** A record that inherits nothing: a field that nobody gave it is never found on Object.prototype. */
export function bare<T extends object>(fields: T): T {
  return Object.assign(bareObject(), fields);
}

/** Whether a part of an emitted document is a document: neither a scalar nor an array. */
export function isDocument(part: unknown): part is Emitted {
  return typeof part === 'object' && part !== null && isBare(part);
}

/** A document with one key. */
export function emit(key: string, value: unknown): Emitted {
  const document = emptyDocument();
  document[key] = value;
  return document;
}
