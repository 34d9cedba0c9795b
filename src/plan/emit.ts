import { bareObject, isBare } from '../input/bare.ts';

/** A document to be sent. It is built key by key and inherits nothing. */
export type Emitted = Record<string, unknown>;

export function emptyDocument(): Emitted {
  return bareObject() as Emitted;
}

/** A frozen empty document. */
export const EMPTY: Emitted = Object.freeze(emptyDocument());

/** A record that inherits nothing, so that missing fields are not read from Object.prototype. */
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
