import { BSON } from 'mongodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DriftedValue, MalformedBson } from '../../src/results/bson/decode-fault.ts';
import type { DecodeOptions } from '../../src/results/bson/decode-options.ts';
import { objectDecoder } from '../../src/results/bson/object-decoder.ts';
import { JsonBuffer } from '../../src/results/json/json-buffer.ts';
import { jsonDecoder } from '../../src/results/json/json-decoder.ts';
import { STORED_TYPES } from '../../src/results/json/json-scalar.ts';
import type { PathNode } from '../../src/view/path-tree.ts';
import { anyElements, anyOptions, anyShape } from '../decode/support/arbitraries.ts';
import { encodeDocument } from '../decode/support/encode.ts';
import { hasTwins } from '../decode/support/has-twins.ts';

/** `npm run fuzz:json` sets another count and, if given, another seed. */
const COUNT = Number(process.env['FUZZ_JSON'] ?? 8_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_129);
const TIMEOUT = 120_000 + COUNT * 10;
/** The most documents that one decoder reads in a run: one that kept something of the previous document would write it. */
const DOCUMENTS = 4;

/** The name of the error's class; both faults of the decoder are `fault`, as a document may have one of each. */
type Outcome = { readonly json: string } | { readonly error: string };
type Read = (bytes: Buffer) => Outcome;

const MODES = {
  'JSON.stringify': { mode: undefined, stringify: (value: object) => JSON.stringify(value) },
  'EJSON.stringify, relaxed': {
    mode: 'relaxed',
    stringify: (value: object) => BSON.EJSON.stringify(value, { relaxed: true }),
  },
  'EJSON.stringify, canonical': {
    mode: 'canonical',
    stringify: (value: object) => BSON.EJSON.stringify(value, { relaxed: false }),
  },
} as const;

/** What `JSON.stringify` or `EJSON.stringify` writes for the objects. */
function byObjects(shape: PathNode, options: DecodeOptions, stringify: (value: object) => string): Read {
  const decoder = objectDecoder(shape, options);
  return (bytes) =>
    outcome(() => {
      decoder.prepare();
      return stringify(decoder.read(bytes, 0, bytes.length));
    });
}

/** All documents go to one buffer, as for an array. */
function direct(shape: PathNode, options: DecodeOptions, mode: 'relaxed' | 'canonical' | undefined): Read {
  const out = new JsonBuffer(64);
  const write = jsonDecoder(shape, options, out, mode);
  return (bytes) => {
    const before = out.length;
    const written = outcome(() => {
      write(bytes, 0, bytes.length);
      return withoutFarDates(out.bytes.toString('utf8', before, out.length), mode);
    });
    if ('error' in written) out.length = before;
    return written;
  };
}

/** `EJSON.stringify` writes `NaN` for a date beyond JavaScript's range, because its object has lost the number. */
function withoutFarDates(json: string, mode: string | undefined): string {
  if (mode === undefined) return json;
  return json.replaceAll(/("\$date":\{"\$numberLong":")(-?\d+)/g, (all, before: string, digits: string) =>
    Math.abs(Number(digits)) > 8.64e15 ? `${before}NaN` : all,
  );
}

function outcome(write: () => string): Outcome {
  try {
    return { json: write() };
  } catch (error) {
    const isFault = error instanceof DriftedValue || error instanceof MalformedBson;
    return { error: isFault ? 'fault' : (error as Error).constructor.name };
  }
}

describe('JSON written from BSON is byte for byte the same as written from objects: every type, nesting, option and odd key', () => {
  it.each(Object.entries(MODES))(
    `%s, ${COUNT} documents (seed ${SEED})`,
    (_name, { mode, stringify }) => {
      const seen = { json: 0, error: 0 };
      const documents = fc.array(anyElements, { minLength: 1, maxLength: DOCUMENTS });
      const same = fc.property(documents, anyShape, anyOptions, (all, shape, each) => {
        const options = mode === undefined ? { ...each, useBigInt64: false } : each;
        const actual = direct(shape, options, mode);
        const expected = byObjects(shape, mode === undefined ? options : { ...options, ...STORED_TYPES }, stringify);
        for (const elements of all) {
          const bytes = encodeDocument(elements);
          const [written, wanted] = [actual(bytes), expected(bytes)];
          seen['json' in written ? 'json' : 'error'] += 1;
          // Of equal keys only the last one is written, so drift in an earlier one is not noticed.
          if ('error' in wanted && 'json' in written && hasTwins(elements)) continue;
          if (JSON.stringify(written) !== JSON.stringify(wanted)) expect(written).toEqual(wanted);
        }
      });
      while (seen.json + seen.error < COUNT) {
        fc.assert(same, { numRuns: Math.min(1_000, COUNT), seed: SEED + seen.json + seen.error });
      }
      expect(seen.json).toBeGreaterThan(COUNT / 3);
      expect(seen.error).toBeGreaterThan(COUNT / 30);
    },
    TIMEOUT,
  );
});
