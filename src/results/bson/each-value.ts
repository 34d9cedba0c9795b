import { DOLLAR, isDbRef, type DollarKeys } from './db-ref.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** Calls `visit` with each element of the array between two offsets. */
export function eachElement(
  bytes: Buffer,
  at: number,
  end: number,
  visit: (type: number, start: number, end: number) => void,
): void {
  const limit = end - 1;
  let position = at + 4;
  while (position < limit) {
    const type = bytes[position] as number;
    const start = endOfKey(bytes, position + 1, limit) + 1;
    position = endOfValue(type, bytes, start, limit);
    visit(type, start, position);
  }
}

/** Calls `visit` with each field of the document between two offsets. Returns false if the driver would decode it to a DBRef. */
export function eachField(
  bytes: Buffer,
  at: number,
  end: number,
  promotesSymbols: boolean,
  visit: (key: string, type: number, start: number, end: number) => void,
): boolean {
  let dollars: DollarKeys | undefined;
  const limit = end - 1;
  let position = at + 4;
  while (position < limit) {
    const type = bytes[position] as number;
    const nameAt = position + 1;
    const nameEnd = endOfKey(bytes, nameAt, limit);
    const key = bytes.toString('utf8', nameAt, nameEnd);
    if (bytes[nameAt] === DOLLAR) dollars = (dollars ?? new Map<string, number>()).set(key, type);
    position = endOfValue(type, bytes, nameEnd + 1, limit);
    visit(key, type, nameEnd + 1, position);
  }
  return dollars === undefined || !isDbRef(dollars, promotesSymbols);
}
