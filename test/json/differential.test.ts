import { BSON } from 'mongodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DecodeOptions } from '../../src/results/bson/decode-options.ts';
import { objectDecoder } from '../../src/results/bson/object-decoder.ts';
import { JsonBuffer } from '../../src/results/json/json-buffer.ts';
import { jsonDecoder } from '../../src/results/json/json-decoder.ts';
import type { PathNode } from '../../src/view/path-tree.ts';
import { anyElements, anyOptions, anyShape } from '../decode/support/arbitraries.ts';
import { encodeDocument } from '../decode/support/encode.ts';
import { hasTwins } from '../decode/support/has-twins.ts';

type Outcome = { readonly json: string } | { readonly error: string };

/** What `JSON.stringify` or `EJSON.stringify` makes of the objects. */
function byObjects(
  bytes: Buffer,
  shape: PathNode,
  options: DecodeOptions,
  stringify: (value: object) => string,
): Outcome {
  const decoder = objectDecoder(shape, options);
  decoder.prepare();
  return outcome(() => stringify(decoder.read(bytes, 0, bytes.length)));
}

function direct(bytes: Buffer, shape: PathNode, options: DecodeOptions, mode?: 'relaxed' | 'canonical'): Outcome {
  const out = new JsonBuffer();
  return outcome(() => {
    jsonDecoder(shape, options, out, mode)(bytes, 0, bytes.length);
    return out.take().toString();
  });
}

function outcome(write: () => string): Outcome {
  try {
    return { json: write() };
  } catch (error) {
    return { error: (error as Error).constructor.name };
  }
}

const STORED = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: true,
};

describe('JSON written from BSON', () => {
  it('is byte for byte what JSON.stringify writes: every type, nesting, option and odd key', () => {
    const seen = { json: 0, error: 0 };
    fc.assert(
      fc.property(anyElements, anyShape, anyOptions, (elements, shape, each) => {
        const options = { ...each, useBigInt64: false };
        const bytes = encodeDocument(elements);
        const actual = direct(bytes, shape, options);
        seen['json' in actual ? 'json' : 'error'] += 1;
        const expected = byObjects(bytes, shape, options, JSON.stringify);
        if ('error' in expected && hasTwins(elements)) return;
        expect(actual).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
    expect(seen.json).toBeGreaterThan(1500);
    expect(seen.error).toBeGreaterThan(150);
  });

  it.each(['relaxed', 'canonical'] as const)('is what EJSON.stringify writes: %s', (mode) => {
    const stringify = (value: object): string => BSON.EJSON.stringify(value, { relaxed: mode === 'relaxed' });
    fc.assert(
      fc.property(anyElements, anyShape, anyOptions, (elements, shape, options) => {
        const bytes = encodeDocument(elements);
        const expected = byObjects(bytes, shape, { ...options, ...STORED }, stringify);
        if ('error' in expected && hasTwins(elements)) return;
        expect(direct(bytes, shape, options, mode)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });
});
