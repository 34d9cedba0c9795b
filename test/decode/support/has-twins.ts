import { BSON } from 'mongodb';

import { encodeDocument, type Element } from './encode.ts';

/** Whether a key comes twice in a document, at any depth. No writer makes that, but it can be stored. */
export function hasTwins(elements: readonly Element[]): boolean {
  const bytes = encodeDocument(elements);
  const count = (at: number): boolean => {
    const names = new Set<string>();
    for (const [type, nameAt, nameLength, offset] of BSON.onDemand.parseToElements(bytes, at) as [
      number,
      number,
      number,
      number,
      number,
    ][]) {
      const name = bytes.toString('latin1', nameAt, nameAt + nameLength);
      if (names.has(name)) return true;
      names.add(name);
      if ((type === 3 || type === 4) && count(offset)) return true;
    }
    return false;
  };
  return count(0);
}
