/** A document to be sent: made here, key by key, and without a prototype that could add to it. */
export type Emitted = Record<string, unknown>;

export function emptyDocument(): Emitted {
  return Object.create(null) as Emitted;
}

/** A record without a prototype: a field that nobody gave it is never found on Object.prototype. */
export function bare<T extends object>(fields: T): T {
  return Object.assign(Object.create(null), fields) as T;
}

/** A document with one key. */
export function emit(key: string, value: unknown): Emitted {
  const document = emptyDocument();
  document[key] = value;
  return document;
}
