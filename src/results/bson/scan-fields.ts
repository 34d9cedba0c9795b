import { DOLLAR, isDbRef, type DollarKeys } from './db-ref.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** The type of a field that the document does not have. BSON has no type 0. */
export const MISSING = 0;

/** Where the wanted fields of the last document are. The arrays are in the order of the keys. */
export interface FieldScan {
  readonly types: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Finds the fields of the document between two offsets. Returns false if the driver would decode it to a DBRef. */
  scan(bytes: Buffer, at: number, end: number): boolean;
}

interface Field {
  readonly index: number;
  /** The key as it is stored. */
  readonly name: Buffer;
  /** The field that followed this one in the previous document. */
  follower: Field | undefined;
}

/**
 * Finds the wanted fields of a document, and skips the others without decoding them. Documents of a collection mostly have their
 * keys in the same order, so the next key is guessed from the previous document and compared byte by byte before it is looked up.
 */
export function fieldScan(keys: readonly string[], promotesSymbols: boolean): FieldScan {
  const fields = keys.map((key, index): Field => ({ index, name: Buffer.from(key), follower: undefined }));
  // One character for each byte, so that keys with invalid UTF-8 can't be confused.
  const byName = new Map(fields.map((field) => [field.name.toString('latin1'), field] as const));
  const start: { follower: Field | undefined } = { follower: fields[0] };
  const types = new Uint8Array(fields.length);
  const starts = new Int32Array(fields.length);
  const ends = new Int32Array(fields.length);

  const scan = (bytes: Buffer, at: number, end: number): boolean => {
    types.fill(MISSING);
    const limit = end - 1;
    let dollars: DollarKeys | undefined;
    let previous = start;
    let position = at + 4;
    while (position < limit) {
      const type = bytes[position] as number;
      const nameAt = position + 1;
      let field = previous.follower;
      let nameEnd = nameAt + (field === undefined ? 0 : field.name.length);
      if (field === undefined || !isNamed(field.name, bytes, nameAt, nameEnd, limit)) {
        nameEnd = endOfKey(bytes, nameAt, limit);
        const name = bytes.toString('latin1', nameAt, nameEnd);
        field = byName.get(name);
        if (field !== undefined) previous.follower = field;
        else if (bytes[nameAt] === DOLLAR) dollars = (dollars ?? new Map<string, number>()).set(name, type);
      }
      const valueAt = nameEnd + 1;
      position = endOfValue(type, bytes, valueAt, limit);
      if (field === undefined) continue;
      const { index } = field;
      types[index] = type;
      starts[index] = valueAt;
      ends[index] = position;
      previous = field;
    }
    return dollars === undefined || !isDbRef(dollars, promotesSymbols);
  };
  return { types, starts, ends, scan };
}

function isNamed(name: Uint8Array, bytes: Uint8Array, at: number, end: number, limit: number): boolean {
  if (end >= limit || bytes[end] !== 0) return false;
  for (let index = 0; index < name.length; index += 1) if (bytes[at + index] !== name[index]) return false;
  return true;
}
