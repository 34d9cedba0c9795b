import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject } from 'node:crypto';

import { fromBase64Url } from './base64-url.ts';
import { OPAQUE_LENGTH } from './opaque-text.ts';

/** The length of an ObjectId. */
export const ID_LENGTH = 12;
/** An id and the tag of its view are exactly one block of AES. */
export const ID_BLOCK = 16;

/**
 * Node offers AES on single blocks as "ECB". That mode is unsafe for messages of several blocks, because equal blocks of one message look equal.
 * Here each block is a message of its own, and equal ids should look equal: a client has to recognise an id. As every block has the tag of its
 * view, a changed text opens to another tag, except for one of four billion, and then to an id that no document has.
 */
const CIPHER = 'aes-256-ecb';
const KEY_LENGTH = 32;

interface BlockCipher {
  update(blocks: Uint8Array): Buffer;
}

/** Seals ids of documents: AES-256 of one block. The newest key seals, and all of them open. The keys are private. */
export class IdSealer {
  readonly #sealing: BlockCipher;
  readonly #opening: readonly BlockCipher[];

  /** @param keys - at least one, the newest first. */
  constructor(keys: readonly KeyObject[]) {
    const derived = keys.map(idKey);
    const [newest] = derived;
    if (newest === undefined) throw new TypeError('A sealer has at least one key.');
    this.#sealing = createCipheriv(CIPHER, newest, null).setAutoPadding(false);
    this.#opening = derived.map((key) => createDecipheriv(CIPHER, key, null).setAutoPadding(false));
  }

  /** Seals blocks of an id and a tag. One call of the cipher for all of them costs a fraction of a call for each. */
  sealAll(blocks: Uint8Array): Uint8Array {
    return this.#sealing.update(blocks);
  }

  /** Seals one id. */
  seal(id: Uint8Array, tag: number): string {
    const block = Buffer.alloc(ID_BLOCK);
    block.set(id);
    block.writeUInt32BE(tag, ID_LENGTH);
    return this.#sealing.update(block).toString('base64url');
  }

  /** The id in a sealed text, or `undefined` if no key made it for this tag. */
  open(text: unknown, tag: number): Buffer | undefined {
    const sealed = typeof text === 'string' && text.length === OPAQUE_LENGTH ? fromBase64Url(text) : undefined;
    if (sealed?.length !== ID_BLOCK) return undefined;
    for (const key of this.#opening) {
      const block = key.update(sealed);
      if (block.readUInt32BE(ID_LENGTH) === tag) return block.subarray(0, ID_LENGTH);
    }
    return undefined;
  }
}

/** The key for ids, made from a key of the program. */
function idKey(key: KeyObject): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', 'safe-collection id key', KEY_LENGTH));
}

/** What seals ids. A collection whose view has opaque ids can't be made without it. */
export function requireIds(sealer: IdSealer | undefined): IdSealer {
  if (sealer === undefined) throw new TypeError('A view with opaque ids has keys to seal them.');
  return sealer;
}
