import { createSecretKey, randomBytes } from 'node:crypto';

import { PendingIds } from '../../src/results/pending-ids.ts';
import { ID_LENGTH, IdSealer } from '../../src/seal/id-sealer.ts';
import { idTagOf } from '../../src/seal/id-tag.ts';

const sealer = new IdSealer([createSecretKey(randomBytes(32))]);
const tag = idTagOf('user');

/** What the ids of a batch add to its decoding: they are noted, sealed, and put into the texts that results have. */
export function idBatch(count: number): () => unknown {
  const stored = randomBytes(count * ID_LENGTH);
  const pending = new PendingIds();
  return () => {
    pending.clear();
    for (let index = 0; index < count; index += 1) pending.add(stored, index * ID_LENGTH, tag);
    const textOf = pending.texts(sealer);
    let length = 0;
    for (let index = 0; index < count; index += 1) length += textOf(index).length;
    return length;
  };
}
