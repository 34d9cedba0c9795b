import type { IdSealer } from '../seal/id-sealer.ts';
import type { SealId } from './expose.ts';

/** Seals the ids of documents that the driver decoded, one by one: changes, new documents and distinct values. */
export function sealIdWith(sealer: IdSealer | undefined): SealId | undefined {
  return sealer && ((id, tag) => sealer.seal(id.id, tag));
}
