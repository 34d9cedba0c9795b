import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { bareObject } from '../input/bare.ts';
import { fromBase64Url } from './base64-url.ts';
import { IdSealer } from './id-sealer.ts';

/** What tokens are for, with what an error calls them. Each purpose has keys of its own, so a token of one is never accepted as another. */
const PURPOSES = { page: 'cursor', resume: 'resume token' } as const;

export type SealPurpose = keyof typeof PURPOSES;

declare const joined: unique symbol;

/** What a token belongs to: the namespace, the view, the query … It is not in the token, but opening needs the same. */
export type SealContext = Buffer & { readonly [joined]: true };

/** A token that was opened. */
export interface OpenedToken {
  readonly token: string;
  readonly bytes: Buffer;
  /** Whether the newest key sealed it. */
  readonly isNewest: boolean;
}

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const KEY_LENGTH = 32;
const KEY_ID_LENGTH = 4;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const HEADER_LENGTH = 1 + KEY_ID_LENGTH;
const SHORTEST = HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH;
const TAG = Object.freeze(Object.assign(bareObject(), { authTagLength: TAG_LENGTH }));

/** A key for one purpose, with the first bytes of the tokens that it makes: the version and the id of the key. */
interface PurposeKey {
  readonly key: KeyObject;
  readonly header: Buffer;
}

/**
 * Seals bytes into tokens that a client may keep but can neither read nor change: AES-256-GCM with a random nonce, as base64url. A token is the
 * version, the id of the key, the nonce, the encrypted bytes and the tag. The tag also covers the context.
 *
 * The newest key seals, and all keys open. The keys are private, so no property and no print leads to them.
 */
export class Sealer {
  readonly #keys: readonly KeyObject[];
  #ids: IdSealer | undefined;
  readonly #derived = new Map<SealPurpose, readonly PurposeKey[]>();

  /** @param keys - at least one, the newest first. */
  constructor(keys: readonly KeyObject[]) {
    this.#keys = keys;
  }

  /** What seals and opens ids. */
  get ids(): IdSealer {
    this.#ids ??= new IdSealer(this.#keys);
    return this.#ids;
  }

  seal(purpose: SealPurpose, context: SealContext, bytes: Uint8Array): string {
    const [newest] = this.#keysFor(purpose);
    if (newest === undefined) throw new TypeError('A sealer has at least one key.');
    const { key, header } = newest;
    const nonce = randomBytes(NONCE_LENGTH);
    const cipher = createCipheriv(CIPHER, key, nonce, TAG);
    cipher.setAAD(boundTo(header, context));
    const sealed = cipher.update(bytes);
    cipher.final();
    return Buffer.concat([header, nonce, sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /**
   * What is in a token that the caller passed as `path`. Throws if no key made it for this purpose and context. All reasons have the same
   * error, so that nothing is learned by trying.
   */
  open(purpose: SealPurpose, context: SealContext, token: unknown, path: string, call: CallContext): OpenedToken {
    const opened = typeof token === 'string' ? this.#tryKeys(purpose, context, token) : undefined;
    if (opened !== undefined) return opened;
    return call.refuse(
      'token_invalid',
      `${quote(path)} is not a ${PURPOSES[purpose]} of this call: it was changed, or it belongs to another query, view or scope, or its key is no longer in sealKeys. Start again without it.`,
      path,
    );
  }

  #tryKeys(purpose: SealPurpose, context: SealContext, token: string): OpenedToken | undefined {
    const sealed = fromBase64Url(token);
    if (sealed === undefined || sealed.length < SHORTEST) return undefined;
    for (const [index, { key, header }] of this.#keysFor(purpose).entries()) {
      if (header.compare(sealed, 0, HEADER_LENGTH) !== 0) continue;
      const bytes = decrypt(sealed, key, boundTo(header, context));
      if (bytes !== undefined) return { token, bytes, isNewest: index === 0 };
    }
    return undefined;
  }

  #keysFor(purpose: SealPurpose): readonly PurposeKey[] {
    const known = this.#derived.get(purpose);
    if (known !== undefined) return known;
    const derived = this.#keys.map((key) => purposeKey(key, purpose));
    this.#derived.set(purpose, derived);
    return derived;
  }
}

function purposeKey(key: KeyObject, purpose: SealPurpose): PurposeKey {
  const id = derive(key, `${purpose} key id`, KEY_ID_LENGTH);
  return {
    key: createSecretKey(derive(key, `${purpose} key`, KEY_LENGTH)),
    header: Buffer.concat([Buffer.of(VERSION), id]),
  };
}

/** Bytes made from a key, for one use of it. */
function derive(key: KeyObject, use: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `safe-collection ${use}`, length));
}

/**
 * The hash of what tokens belong to: every token is bound to it, and a filter may be long. Each part has its length before it, so that parts
 * can't be moved into each other.
 */
export function sealContext(parts: readonly (string | Uint8Array)[]): SealContext {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest() as SealContext;
}

/** What the tag covers besides the bytes. */
function boundTo(header: Buffer, context: SealContext): Buffer {
  return Buffer.concat([header, context]);
}

function decrypt(sealed: Buffer, key: KeyObject, bound: Buffer): Buffer | undefined {
  const bytesAt = HEADER_LENGTH + NONCE_LENGTH;
  const tagAt = sealed.length - TAG_LENGTH;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(HEADER_LENGTH, bytesAt), TAG);
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    const bytes = decipher.update(sealed.subarray(bytesAt, tagAt));
    // It throws if the tag is another one. In this mode it has no bytes of its own.
    decipher.final();
    return bytes;
  } catch {
    return undefined;
  }
}
