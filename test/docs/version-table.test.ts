import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { regionOf } from '../../scripts/docs/replace-region.ts';
import { mergedTable, versionTable } from '../../scripts/matrix/version-table.ts';

const NODE = { part: 'Node.js', version: '24.1.0', ran: 'a program', fault: undefined };
const BUN = { part: 'Bun', version: '1.4.5', ran: 'a program', fault: undefined };

it('a row has all that ran on a version, and says what did not work', () => {
  const suite = { ...NODE, ran: 'the test suite: 10 passed', fault: 'a | test' };
  expect(versionTable([NODE, suite]).split('\n').slice(2)).toEqual([
    '| Node.js | 24.1.0 | a program; the test suite: 10 passed: **does not work**: a / test |',
  ]);
});

it('a run of some parts keeps the rows of the others, and replaces its own', () => {
  const before = versionTable([{ ...NODE, version: '22.1.0' }, BUN]);
  expect(mergedTable(before, [NODE])).toBe(versionTable([BUN, NODE]));
});

it('a run of some versions keeps the rows of the others, in order', () => {
  const [old, newest] = [
    { ...NODE, version: '9.1.0' },
    { ...NODE, version: '26.0.1' },
  ];
  const before = versionTable([old, newest, BUN]);
  expect(mergedTable(before, [NODE], true)).toBe(versionTable([old, NODE, newest, BUN]));
});

it('the table of the README keeps its form', () => {
  const table = regionOf(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8'), 'versions');
  expect(mergedTable(table, [])).toBe(table);
});
