/** The purpose of a mark. One kind is never accepted as another. */
type MarkKind = 'operators' | 'trusted' | 'opaque id';

/**
 * An opaque value that the program made. It is recognised by its private fields, which JSON, copies and proxies do not have. It
 * inherits nothing, not even a constructor, so no other code can make one.
 */
class Mark {
  readonly #kind: MarkKind;
  readonly #payload: object;

  constructor(kind: MarkKind, payload: object) {
    this.#kind = kind;
    this.#payload = payload;
    Object.freeze(this);
  }

  static has(value: object): boolean {
    return #kind in value;
  }

  static payloadOf(value: object, kind: MarkKind): object | undefined {
    return #kind in value && value.#kind === kind ? value.#payload : undefined;
  }
}

Reflect.deleteProperty(Mark.prototype, 'constructor');
Object.freeze(Object.setPrototypeOf(Mark.prototype, null));

/** Makes a mark for the payload. */
export function issueMark(kind: MarkKind, payload: object): object {
  return new Mark(kind, payload);
}

export function isMark(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Mark.has(value);
}

/** The payload of a mark of this kind, or `undefined` if the value is not one. */
export function payloadOf(value: unknown, kind: MarkKind): object | undefined {
  return typeof value === 'object' && value !== null ? Mark.payloadOf(value, kind) : undefined;
}
