import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

it('ts-morph is imported in one file', () => {
  const importers = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /from 'ts-morph'/.test(readFileSync(join(SRC, name), 'utf8')));
  expect(importers).toEqual(['project/syntax.ts']);
});
