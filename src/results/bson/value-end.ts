import { BSON_TYPE } from './bson-type.ts';
import { malformed } from './decode-fault.ts';

const SMALLEST_DOCUMENT = 5;
const SMALLEST_CODE_WITH_SCOPE = 14;

/** A little-endian signed integer. The caller has checked that its four bytes exist. */
export function int32At(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

/** The offset of the zero byte after a key. `limit` is the last byte of the document around it. */
export function endOfKey(bytes: Uint8Array, at: number, limit: number): number {
  let end = at;
  while (end < limit && bytes[end] !== 0) end += 1;
  return end < limit ? end : malformed('a key has no end');
}

/**
 * The end offset of a value. It has to be at most `limit`, the last byte of the document around it, so that reading the value
 * never reads beyond the document. The last byte of texts and documents is checked too.
 */
export function endOfValue(type: number, bytes: Uint8Array, at: number, limit: number): number {
  const end = at + sizeOf(type, bytes, at, limit);
  return end <= limit ? end : malformed('a value is longer than its document');
}

function sizeOf(type: number, bytes: Uint8Array, at: number, limit: number): number {
  switch (type) {
    case BSON_TYPE.string:
    case BSON_TYPE.symbol:
    case BSON_TYPE.code:
      return 4 + terminated(bytes, at + 4, lengthAt(bytes, at, limit, 1), limit);
    case BSON_TYPE.object:
    case BSON_TYPE.array:
      return terminated(bytes, at, lengthAt(bytes, at, limit, SMALLEST_DOCUMENT), limit);
    case BSON_TYPE.double:
    case BSON_TYPE.date:
    case BSON_TYPE.long:
    case BSON_TYPE.timestamp:
      return 8;
    case BSON_TYPE.int:
      return 4;
    case BSON_TYPE.bool:
      return 1;
    case BSON_TYPE.null:
    case BSON_TYPE.undefined:
    case BSON_TYPE.minKey:
    case BSON_TYPE.maxKey:
      return 0;
    case BSON_TYPE.objectId:
      return 12;
    case BSON_TYPE.decimal:
      return 16;
    case BSON_TYPE.binary:
      return 5 + lengthAt(bytes, at, limit, 0);
    case BSON_TYPE.regExp:
      return endOfKey(bytes, endOfKey(bytes, at, limit) + 1, limit) + 1 - at;
    case BSON_TYPE.dbPointer:
      return 16 + terminated(bytes, at + 4, lengthAt(bytes, at, limit, 1), limit);
    case BSON_TYPE.codeWithScope:
      return terminated(bytes, at, lengthAt(bytes, at, limit, SMALLEST_CODE_WITH_SCOPE), limit);
    default:
      return malformed('a value has a type that BSON does not have');
  }
}

/** The length stored at an offset. Its four bytes have to exist, and it has to be at least `smallest`. */
export function lengthAt(bytes: Uint8Array, at: number, limit: number, smallest: number): number {
  if (at + 4 > limit) return malformed('a length is cut off');
  const length = int32At(bytes, at);
  return length >= smallest ? length : malformed('a length is too small');
}

function terminated(bytes: Uint8Array, at: number, length: number, limit: number): number {
  if (at + length > limit) return malformed('a value is longer than its document');
  return bytes[at + length - 1] === 0 ? length : malformed('a text or document has no end');
}
