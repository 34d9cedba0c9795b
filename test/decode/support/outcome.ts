import { inspect, isDeepStrictEqual } from 'node:util';

import { BSON } from 'mongodb';

import { objectDecoder } from '../../../src/results/bson/object-decoder.ts';
import { DriftedValue, MalformedBson } from '../../../src/results/bson/decode-fault.ts';
import type { DecodeOptions } from '../../../src/results/bson/decode-options.ts';
import { withRegExps } from '../../../src/results/with-reg-exps.ts';
import { expose } from '../../../src/results/expose.ts';
import type { PathNode } from '../../../src/view/path-tree.ts';

/** The outcome of reading a document. */
export type Outcome =
  | { readonly kind: 'result'; readonly result: object }
  | { readonly kind: 'drift' }
  | { readonly kind: 'malformed' };

/** The result of the driver's decoder, checked against the shape afterwards. */
export function byDriver(bytes: Buffer, shape: PathNode, { validatesUtf8, ...options }: DecodeOptions): Outcome {
  let document: object;
  try {
    // The driver's decoder fails at a regular expression that JavaScript rejects; it is read as the server has it.
    const read = BSON.deserialize(bytes, { ...options, bsonRegExp: true, validation: { utf8: validatesUtf8 } });
    document = options.bsonRegExp ? read : (withRegExps(read) as object);
  } catch {
    return { kind: 'malformed' };
  }
  try {
    return {
      kind: 'result',
      result: expose(document, shape, (path) => {
        throw new DriftedValue(path);
      }),
    };
  } catch (error) {
    if (error instanceof DriftedValue) return { kind: 'drift' };
    throw error;
  }
}

/** Reads documents with one decoder. Any other error than its two faults fails the test. */
export function readerOf(
  shape: PathNode,
  options: DecodeOptions,
): (bytes: Buffer, at?: number, end?: number) => Outcome {
  const decoder = objectDecoder(shape, options);
  return (bytes, at = 0, end = bytes.length) => {
    try {
      decoder.prepare();
      return { kind: 'result', result: decoder.read(bytes, at, end) };
    } catch (error) {
      if (error instanceof DriftedValue) return { kind: 'drift' };
      if (error instanceof MalformedBson) return { kind: 'malformed' };
      throw error;
    }
  };
}

/** Equal in every way that shows: classes, prototypes, the order of keys, `undefined`, the kind of zero. */
export function areEqual(one: Outcome, other: Outcome): boolean {
  const print = (outcome: Outcome): string =>
    inspect(outcome, { depth: null, maxArrayLength: null, maxStringLength: null });
  return isDeepStrictEqual(withoutInvalidDates(one), withoutInvalidDates(other)) && print(one) === print(other);
}

/** Node holds a date beyond JavaScript's range for unequal to itself, as it does not with NaN. */
function withoutInvalidDates(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : value;
  if (Array.isArray(value)) return value.map(withoutInvalidDates);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withoutInvalidDates(below)]));
}
