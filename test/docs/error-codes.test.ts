import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ERROR_CODES } from 'safe-collection';
import { expect, it } from 'vitest';

import { errorTable } from '../../scripts/docs/error-table.ts';
import { replaceRegion } from '../../scripts/docs/replace-region.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');

it('docs/errors.md has every code with its meaning (npm run docs:errors writes it)', () => {
  expect(page).toBe(replaceRegion(page, 'codes', errorTable()));
});

it('every code is thrown somewhere', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('error-codes.ts'),
  );
  const source = files.map((name) => readFileSync(join(root, 'src', name), 'utf8')).join('\n');
  expect(Object.keys(ERROR_CODES).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
});

it('every error class has a row in docs/errors.md', async () => {
  const exported = Object.keys(await import('safe-collection')).filter(
    (name) => name.endsWith('Error') && name !== 'SafeCollectionError',
  );
  expect(exported.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
