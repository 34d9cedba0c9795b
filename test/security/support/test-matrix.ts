import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { cellsOf, nameOf, ROWS, type Cell } from './cells.ts';
import type { Place } from './forms.ts';
import { Matrix } from './matrix.ts';
import { noCounts, report } from './report.ts';
import { sampled } from './sample.ts';

/** Runs the cells of some places: `sample` of them in `npm test`, all in `npm run test:security`. */
export function testMatrix(places: readonly Place[], sample: number): void {
  let matrix: Matrix;
  beforeAll(async () => {
    matrix = new Matrix(inject('mongodbUri'));
    await matrix.open();
  });
  afterAll(async () => await matrix.close());

  describe.each(places)('%s', (place) => {
    const cells = ROWS.filter(({ form }) => form.place === place).flatMap(cellsOf);

    it(
      'is refused before anything is sent, or gives the same in both worlds',
      async () => {
        const counts = noCounts();
        const faults: string[] = [];
        for (const cell of sampled(cells, sample)) {
          const verdict = await matrix.run(cell);
          counts.tried += 1;
          if (verdict === 'refused' || verdict === 'allowed') counts[verdict] += 1;
          else faults.push(describeFault(cell, verdict.fault));
        }
        counts.differences = faults.length;
        report(`paths, ${place}`, counts);
        expect(counts.tried).toBeGreaterThan(0);
        expect(faults).toEqual([]);
      },
      20 * 60_000,
    );
  });
}

function describeFault(cell: Cell, fault: string): string {
  const { isAllowed, codes } = cell.expectation;
  return `${nameOf(cell)}\n  ${cell.source}\n  expected ${isAllowed ? 'allowed' : codes.join(' or ')}, got ${fault}`;
}
