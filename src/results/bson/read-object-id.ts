import { ObjectId } from 'mongodb';

import { keepsBytes } from '../../input/own-scalar.ts';

const LENGTH = 12;
const scratch = new Uint8Array(LENGTH);

/** An ObjectId with copied bytes, because the source belongs to the reply. */
export function readObjectId(bytes: Uint8Array, at: number): ObjectId {
  const own = keepsBytes ? new Uint8Array(LENGTH) : scratch;
  for (let index = 0; index < LENGTH; index += 1) own[index] = bytes[at + index] as number;
  return new ObjectId(own);
}
