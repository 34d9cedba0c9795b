/** Responses and bodies made from proved JSON. The adapter for Hono lets them pass. */
export const provedBodies = new WeakSet<object>();

const JSON_TYPE = 'application/json; charset=utf-8';
/** Only this module has it, so no other code can make proved JSON. */
const KEY: unique symbol = Symbol('proved');

let bytesOf: (value: unknown) => Buffer | undefined;

/**
 * JSON of checked results, as UTF-8. It was written from the view's fields, so the adapters for Fastify, Express and Hono send it
 * without a second look. Only `findJson()`, `findOneJson()` and `json()` of a cursor make it, and nothing can change it.
 *
 * @example
 * const json = await users.findJson({}, { projection: ['username'] });
 * const response = json.response();
 */
export class ProvedJson {
  readonly #bytes: Buffer;

  /** Made by this library only. Throws otherwise. */
  constructor(bytes: unknown, key: unknown) {
    if (key !== KEY) throw new TypeError('Only findJson(), findOneJson() and json() of a cursor make a ProvedJson.');
    this.#bytes = bytes as Buffer;
  }

  /** The JSON as bytes: a copy, so that changing it does not change what is sent. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.#bytes);
  }

  /** The number of bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** The JSON as a string. */
  text(): string {
    return this.#bytes.toString();
  }

  /**
   * A web `Response` with the JSON as its body.
   *
   * @param init - the status and headers. The content type is `application/json` unless `headers` has another one.
   */
  response(init: ResponseInit = {}): Response {
    return jsonResponse(this.bytes as Uint8Array<ArrayBuffer>, JSON_TYPE, init);
  }

  /** The parsed JSON, so that `JSON.stringify()` writes what is in it. */
  toJSON(): unknown {
    return JSON.parse(this.text());
  }

  static {
    bytesOf = (value) => (typeof value === 'object' && value !== null && #bytes in value ? value.#bytes : undefined);
  }
}

/** Makes proved JSON of bytes that a JSON decoder wrote. */
export function provedJson(bytes: Buffer): ProvedJson {
  return new ProvedJson(bytes, KEY);
}

/** The bytes of proved JSON, not copied. `undefined` for any other value. */
export function provedBytes(value: unknown): Buffer | undefined {
  return bytesOf(value);
}

/** Whether this library made a value as proved JSON. */
export function isProvedJson(value: unknown): value is ProvedJson {
  return bytesOf(value) !== undefined;
}

/** A response with a proved body, remembered for the adapter for Hono. */
export function jsonResponse(
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
  contentType: string,
  init: ResponseInit,
): Response {
  const headers = new Headers(init.headers);
  if (!headers.has('content-type')) headers.set('content-type', contentType);
  const response = new Response(body, { ...init, headers });
  provedBodies.add(response);
  if (response.body !== null) provedBodies.add(response.body);
  return response;
}
