import { ObjectId } from 'mongodb';

const LENGTH = 12;
const scratch = new Uint8Array(LENGTH);
const copiesItsBytes = copies();

/** An ObjectId with memory of its own: the bytes that it is read from belong to the reply. */
export function readObjectId(bytes: Uint8Array, at: number): ObjectId {
  const own = copiesItsBytes ? scratch : new Uint8Array(LENGTH);
  for (let index = 0; index < LENGTH; index += 1) own[index] = bytes[at + index] as number;
  return new ObjectId(own);
}

/** Whether the installed `bson` reads the bytes that it is given, or keeps them. */
function copies(): boolean {
  const bytes = new Uint8Array(LENGTH);
  const id = new ObjectId(bytes);
  bytes[0] = 1;
  return id.id[0] === 0;
}
