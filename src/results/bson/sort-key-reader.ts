import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { isScalarType, timeAt } from './read-scalar.ts';
import { fieldScan, MISSING } from './scan-fields.ts';
import type { RawValue } from './sort-position.ts';

/** A path of a sort, and where its value is in the documents of the answer. */
export interface PlacedKey {
  readonly path: string;
  readonly segments: readonly string[];
}

/** Reads the value of a path in the document between two offsets. */
export type ReadKey = (bytes: Buffer, at: number, end: number) => RawValue;

const NULL: RawValue = Object.freeze({ type: BSON_TYPE.null, bytes: new Uint8Array(0) });

/** The largest time of a JavaScript date, in milliseconds. The driver can't send a later one. */
const LATEST = 8.64e15;

/**
 * A reader of the values that a sort compares. It throws `DriftedValue` for an array or a document: the server sorts an array by one of its
 * elements, so a page can't continue after it. An `_id` may be a document.
 */
export function sortKeyReader({ path, segments }: PlacedKey): ReadKey {
  const scans = segments.map((segment) => fieldScan([segment], false));
  return (bytes, at, end) => {
    let [type, start, stop] = [BSON_TYPE.object as number, at, end];
    for (const found of scans) {
      if (type === BSON_TYPE.array) return drifted(path);
      if (type !== BSON_TYPE.object) return NULL;
      found.scan(bytes, start, stop);
      const { types, starts, ends } = found;
      [type, start, stop] = [types[0] as number, starts[0] as number, ends[0] as number];
    }
    if (type === MISSING) return NULL;
    assertSingle(type, bytes, start, path);
    return { type, bytes: bytes.subarray(start, stop) };
  };
}

function assertSingle(type: number, bytes: Buffer, at: number, path: string): void {
  if (type === BSON_TYPE.object && path === '_id') return;
  if (!isScalarType(type) || type === BSON_TYPE.undefined) drifted(path);
  if (type === BSON_TYPE.date && Math.abs(timeAt(bytes, at)) > LATEST) drifted(path);
}
