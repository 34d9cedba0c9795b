import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { Matrix } from '../security/support/matrix.ts';
import { noCallCounts, fuzzCall } from './support/fuzz-calls.ts';
import { Replies } from './support/fuzz-replies.ts';

/*
 * What `npm run fuzz:coverage` found: inputs that reached new code, and inputs that once showed a fault. Each is a file of bytes.
 */

const CORPUS = join(import.meta.dirname, 'corpus');
const inputsOf = (name: string): readonly Uint8Array[] =>
  readdirSync(join(CORPUS, name))
    .toSorted()
    .map((file) => readFileSync(join(CORPUS, name, file)));

describe('the calls of the corpus', () => {
  let matrix: Matrix;
  beforeAll(async () => {
    matrix = new Matrix(inject('mongodbUri'));
    await matrix.open();
  });
  afterAll(async () => await matrix.close());

  it('are refused before anything is sent, or give the same in both worlds', async () => {
    const counts = noCallCounts();
    for (const input of inputsOf('calls')) await fuzzCall(input, matrix, counts);
    expect(counts.refused).toBeGreaterThan(0);
    expect(counts.answered).toBeGreaterThan(0);
  });
});

describe('the answers of the corpus', () => {
  let replies: Replies;
  beforeAll(async () => {
    replies = await Replies.open();
  });
  afterAll(async () => await replies.close());

  it('end with planned paths or an error of the library', async () => {
    for (const input of inputsOf('replies')) await replies.read(input);
    expect(replies.counts.answered).toBeGreaterThan(0);
    expect(replies.counts.failed).toBeGreaterThan(0);
  });
});
