import { readFileSync } from 'node:fs';

import { describe, it } from 'vitest';

import { compileMistakes } from '../../scripts/docs/compile-mistakes.ts';
import { mistakeTables } from '../../scripts/docs/mistake-table.ts';

const native = compileMistakes('@typescript/native/bin/tsc');
const reports = [...native.values()].flat();

describe('the mistakes in the docs', () => {
  it.for(reports.map((report) => [report.mistake.code, report] as const))(
    'is reported once, at its key: %s',
    ([code, { places }], { expect }) => {
      expect(places).toEqual([code]);
    },
  );

  it('are many, and the docs show what TypeScript 7 says of them', ({ expect }) => {
    expect(reports.length).toBeGreaterThanOrEqual(43);
    expect(readFileSync(new URL('../../docs/mistakes.md', import.meta.url), 'utf8')).toContain(mistakeTables(native));
  });
});
