import { createSecretKey, randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { IdSealer } from '../../src/seal/id-sealer.ts';
import { OPAQUE_LENGTH, OPAQUE_STRIDE, opaqueTexts } from '../../src/seal/opaque-text.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const TAG = 0x89abcdef;
const keys = [randomBytes(32), randomBytes(32)].map((key) => createSecretKey(key));
const sealer = new IdSealer(keys);
const ids = Array.from({ length: 20 }, () => randomBytes(12));

describe('a sealed id', () => {
  it('opens to the id, and only with its tag', () => {
    for (const id of ids) {
      const text = sealer.seal(id, TAG);
      expect(text).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect(sealer.open(text, TAG)?.equals(id)).toBe(true);
      expect(sealer.open(text, TAG + 1)).toBe(undefined);
      expect(sealer.open(text, 0)).toBe(undefined);
    }
  });

  it('is refused with any other character at any place', () => {
    for (const id of ids) {
      const text = sealer.seal(id, TAG);
      for (const place of Array.from(text, (_, index) => index)) {
        for (const character of `${ALPHABET}+/= é\0`) {
          if (character === text[place]) continue;
          const edited = `${text.slice(0, place)}${character}${text.slice(place + 1)}`;
          expect(sealer.open(edited, TAG)).toBe(undefined);
        }
      }
    }
  });

  it('is refused with any flipped bit', () => {
    for (const id of ids) {
      const bytes = Buffer.from(sealer.seal(id, TAG), 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(sealer.open(flipped.toString('base64url'), TAG)).toBe(undefined);
      }
    }
  });

  it('is refused if it is longer, shorter, padded, spaced, or no text', () => {
    const text = sealer.seal(ids[0] as Buffer, TAG);
    const others = [
      text.slice(1),
      text.slice(0, -1),
      `${text}A`,
      `${text}==`,
      ` ${text}`,
      `${text}\n`,
      '',
      5,
      null,
      [text],
    ];
    for (const other of others) expect(sealer.open(other, TAG)).toBe(undefined);
  });

  it('is sealed with the newest key, and opens with all', () => {
    const [id] = ids;
    const older = new IdSealer(keys.slice(1));
    const text = older.seal(id as Buffer, TAG);
    expect(sealer.open(text, TAG)?.equals(id as Buffer)).toBe(true);
    expect(sealer.seal(id as Buffer, TAG)).not.toBe(text);
    expect(new IdSealer(keys.slice(0, 1)).open(text, TAG)).toBe(undefined);
  });

  it('has the same text in a batch', () => {
    const blocks = Buffer.concat(ids.flatMap((id) => [id, Buffer.of(0x89, 0xab, 0xcd, 0xef)]));
    const texts = opaqueTexts(sealer.sealAll(blocks), ids.length);
    const each = ids.map((_, number) => texts.slice(number * OPAQUE_STRIDE, number * OPAQUE_STRIDE + OPAQUE_LENGTH));
    expect(each).toEqual(ids.map((id) => sealer.seal(id, TAG)));
  });
});
