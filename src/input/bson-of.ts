import { BSON, type Document } from 'mongodb';

import type { CallContext } from '../errors/call-context.ts';

/** The bytes of a copied input. Refuses what does not fit into the buffer of the `bson` package: 17 MB, more than a server takes. */
export function bsonOf(document: Document, what: string, call: CallContext): Uint8Array {
  try {
    return BSON.serialize(document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return call.refuse('input_invalid', `${what} is too large: MongoDB takes at most 16 MB. Use a smaller one.`);
  }
}
