import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { changeNames } from '../../scripts/grammar/change-names.ts';
import { checkLists } from '../../scripts/grammar/check-each.ts';
import { LISTS, WRITTEN_ONCE } from '../../scripts/grammar/lists.ts';

const FOLDER = join(import.meta.dirname, '../../src/grammar');

it('every list of the grammar is checked, or is written out once', async () => {
  const modules = await Promise.all(
    readdirSync(FOLDER).map(async (name) => Object.keys((await import(join(FOLDER, name))) as object)),
  );
  expect(modules.flat().toSorted()).toEqual([...LISTS.map(({ grammar }) => grammar.name), ...WRITTEN_ONCE].toSorted());
});

it(
  'a name more or less on one side does not compile (npm run check:grammar tries all lists)',
  { timeout: 240_000 },
  () => {
    const two = LISTS.filter(({ grammar }) => grammar.name === 'QUERY_OPERATORS' || grammar.name === 'STAGE_METHODS');
    const outcomes = checkLists(two);
    expect(outcomes).toHaveLength(2 * 3 * 2);
    expect(outcomes.filter(({ error }) => error === undefined)).toEqual([]);
  },
);

it('a change that fits both sides goes unnoticed, so the check can fail', { timeout: 120_000 }, () => {
  const once = { grammar: { file: 'grammar/bson-type-names.ts', name: 'BSON_TYPE_NAMES' } };
  expect(checkLists([once]).map(({ error }) => error)).toEqual([undefined, undefined]);
});

it.each([
  ["const LIST = ['a', 'b'] as const;", 'delete', "const LIST = ['a',] as const;", 'b'],
  ["const LIST = ['a', 'b'] as const;", 'add', "const LIST = ['a', 'b', 'new'] as const;", 'new'],
  ['const LIST = { a: one, b: two } satisfies object;', 'delete', 'const LIST = { a: one, } satisfies object;', 'b'],
  ['const LIST = { a: one, b: two };', 'add', 'const LIST = { a: one, b: two, new: two };', 'new'],
  ['interface LIST { a: 1; b: 2; }', 'delete', 'interface LIST { a: 1; }', 'b'],
  ['class LIST { a() {} #b() {} }', 'delete', 'class LIST { #b() {} }', 'a'],
  ['class LIST { a() {} #b() {} }', 'add', 'class LIST { a() {}\n  new(): void {}\n #b() {} }', 'new'],
  ["const LIST = ['a', ...OTHER];", 'delete', 'const LIST = [ ...OTHER];', 'a'],
  ['const LIST = { a };', 'add', 'const LIST = { a, new: a };', 'new'],
  ['interface LIST { a: 1; }', 'add', 'interface LIST { a: 1;\n  readonly new: never;\n }', 'new'],
] as const)('changes the names in %s: %s', (text, change, after, name) => {
  expect(changeNames(text, 'LIST', change, 'new')).toEqual({ text: after, name });
});
