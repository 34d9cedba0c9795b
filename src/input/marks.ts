/** What a mark was made for: one kind never passes for another. */
type MarkKind = 'operators' | 'trusted';

/**
 * A value that the program tagged as its own. It is opaque and known by its private fields, which no JSON, no copy and no
 * proxy has; nobody can make another, because it inherits nothing: not its constructor either.
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

/** Makes a value that stands for the payload. */
export function issueMark(kind: MarkKind, payload: object): object {
  return new Mark(kind, payload);
}

export function isMark(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Mark.has(value);
}

/** The payload behind a mark of a kind, or `undefined` where the value is none. */
export function payloadOf(value: unknown, kind: MarkKind): object | undefined {
  return typeof value === 'object' && value !== null ? Mark.payloadOf(value, kind) : undefined;
}
