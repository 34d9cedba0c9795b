import { DOLLAR, isDbRef, type DollarKeys } from './db-ref.ts';
import { defineField } from './define-field.ts';
import { ABSENT } from './read-elements.ts';
import type { ReadValue } from './read-scalar.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** Reads the document between two offsets. `undefined` if the driver would decode it to a DBRef. */
export type ReadDocument = (bytes: Buffer, at: number, end: number) => object | undefined;

/** A projected field of a document. */
export interface PlannedField {
  readonly key: string;
  readonly read: ReadValue;
}

/** State that all documents of a decoder share. */
export interface DecoderState {
  /** Whether Object.prototype has a projected key now. */
  definesFields: boolean;
}

interface Field extends PlannedField {
  readonly index: number;
  /** The key as it is stored. */
  readonly name: Buffer;
  /** The field that followed this one in the previous document. */
  follower: Field | undefined;
}

/**
 * A reader of documents. It reads only the projected fields, in the order of the projection, and skips other fields without decoding
 * them. Documents of a collection mostly have their keys in the same order, so the next key is guessed from the previous
 * document and compared byte by byte before it is looked up.
 */
export function documentReader(
  planned: readonly PlannedField[],
  state: DecoderState,
  promotesSymbols: boolean,
): ReadDocument {
  const fields = planned.map(({ key, read }, index): Field => ({
    key,
    read,
    index,
    name: Buffer.from(key),
    follower: undefined,
  }));
  // One character for each byte, so that keys with invalid UTF-8 can't be confused.
  const byName = new Map(fields.map((field) => [field.name.toString('latin1'), field] as const));
  const start: { follower: Field | undefined } = { follower: fields[0] };
  const values: unknown[] = fields.map(() => ABSENT);
  let isDirty = false;

  const build = (): object => {
    const result: Record<string, unknown> = {};
    for (let index = 0; index < fields.length; index += 1) {
      const value = values[index];
      if (value === ABSENT) continue;
      values[index] = ABSENT;
      const { key } = fields[index] as Field;
      if (state.definesFields) defineField(result, key, value);
      else result[key] = value;
    }
    return result;
  };

  return (bytes, at, end) => {
    if (isDirty) values.fill(ABSENT);
    isDirty = true;
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
      values[field.index] = field.read(type, bytes, valueAt, position);
      previous = field;
    }
    isDirty = false;
    const result = build();
    return dollars !== undefined && isDbRef(dollars, promotesSymbols) ? undefined : result;
  };
}

function isNamed(name: Uint8Array, bytes: Uint8Array, at: number, end: number, limit: number): boolean {
  if (end >= limit || bytes[end] !== 0) return false;
  for (let index = 0; index < name.length; index += 1) if (bytes[at + index] !== name[index]) return false;
  return true;
}
