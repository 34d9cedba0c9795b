import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { isScalarType, timeAt } from './read-scalar.ts';
import { fieldScan, MISSING, type FieldScan } from './scan-fields.ts';
import { encodePosition, type ValuePlace } from './sort-position.ts';

/** A path of a sort, and where its value is in the documents of the answer. */
export interface PlacedKey {
  readonly path: string;
  readonly segments: readonly string[];
}

/** Looks at the values of a sort in one document after another. */
export interface SortKeyReader {
  /** The types of the values in the last document. */
  readonly types: readonly number[];
  /** Finds the values in the document between two offsets. */
  read(bytes: Buffer, at: number, end: number): void;
  /** The values in the last document, as bytes. */
  position(): Buffer;
}

/** One key: where its first segment is found, and the scans of the segments below. */
interface Way {
  readonly path: string;
  readonly index: number;
  readonly below: readonly FieldScan[];
}

const NULL: ValuePlace = Object.freeze({ type: BSON_TYPE.null, start: 0, end: 0 });

/** The largest time of a JavaScript date, in milliseconds. The driver can't send a later one. */
const LATEST = 8.64e15;

/**
 * A reader of the values that a sort compares. It throws `DriftedValue` for an array or a document: the server sorts an array by one of its
 * elements, so a page can't continue after it. An `_id` may be a document. All keys share one scan of the document's own fields.
 */
export function sortKeyReader(keys: readonly PlacedKey[]): SortKeyReader {
  const names = [...new Set(keys.map(({ segments }) => segments[0] as string))];
  const top = fieldScan(names, false);
  const ways = keys.map(({ path, segments: [first, ...rest] }): Way => ({
    path,
    index: names.indexOf(first as string),
    below: rest.map((segment) => fieldScan([segment], false)),
  }));
  const places: ValuePlace[] = keys.map(() => NULL);
  let latest: Buffer = Buffer.alloc(0);
  return {
    get types() {
      return places.map(({ type }) => type);
    },
    read: (bytes, at, end) => {
      top.scan(bytes, at, end);
      latest = bytes;
      for (let key = 0; key < ways.length; key += 1) places[key] = placeOf(ways[key] as Way, top, bytes);
    },
    position: () => encodePosition(latest, places),
  };
}

function placeOf({ path, index, below }: Way, top: FieldScan, bytes: Buffer): ValuePlace {
  let place = fieldAt(top, index);
  for (const scan of below) {
    if (place.type === BSON_TYPE.array) return drifted(path);
    if (place.type !== BSON_TYPE.object) return NULL;
    scan.scan(bytes, place.start, place.end);
    place = fieldAt(scan, 0);
  }
  if (place.type === MISSING) return NULL;
  assertSingle(place.type, bytes, place.start, path);
  return place;
}

function fieldAt({ types, starts, ends }: FieldScan, index: number): ValuePlace {
  return { type: types[index] as number, start: starts[index] as number, end: ends[index] as number };
}

function assertSingle(type: number, bytes: Buffer, at: number, path: string): void {
  if (type === BSON_TYPE.object && path === '_id') return;
  if (!isScalarType(type) || type === BSON_TYPE.undefined) drifted(path);
  if (type === BSON_TYPE.date && Math.abs(timeAt(bytes, at)) > LATEST) drifted(path);
}
