import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyElements, anyOptions, anyShape } from './support/arbitraries.ts';
import { encodeDocument } from './support/encode.ts';
import { hasTwins } from './support/has-twins.ts';
import { areEqual, byDriver, readerOf, type Outcome } from './support/outcome.ts';

describe('the decoder', () => {
  it("returns the same as the driver's decoder, restricted to the shape: every type, nesting, option and odd key", () => {
    const seen = { result: 0, drift: 0, malformed: 0 };
    fc.assert(
      fc.property(anyElements, anyShape, anyOptions, (elements, shape, options) => {
        const bytes = encodeDocument(elements);
        const expected = byDriver(bytes, shape, options);
        const actual = readerOf(shape, options)(bytes);
        seen[actual.kind] += 1;
        if (expected.kind === 'malformed') return;
        if (actual.kind === 'drift' && hasTwins(elements)) return;
        if (!areEqual(actual, expected)) expect(actual).toEqual(expected);
        expect(areEqual(actual, expected)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(seen.result).toBeGreaterThan(1500);
    expect(seen.drift).toBeGreaterThan(150);
  });

  it('returns the same after any other documents', () => {
    fc.assert(
      fc.property(
        fc.array(anyElements, { minLength: 2, maxLength: 6 }),
        anyShape,
        anyOptions,
        (documents, shape, options) => {
          const all = documents.map((elements) => encodeDocument(elements));
          const fresh = all.map((bytes) => readerOf(shape, options)(bytes));
          const read = readerOf(shape, options);
          for (const [index, bytes] of all.entries()) expect(areEqual(read(bytes), fresh[index] as Outcome)).toBe(true);
        },
      ),
      { numRuns: 600 },
    );
  });
});
