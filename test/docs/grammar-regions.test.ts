import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { GRAMMAR_REGIONS } from '../../scripts/docs/grammar-regions.ts';
import { replaceRegion } from '../../scripts/docs/replace-region.ts';

it.each(GRAMMAR_REGIONS)(
  'docs/$page has $name as the grammar says (npm run docs:grammar writes it)',
  ({ page, name, content }) => {
    const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
    expect(text).toBe(replaceRegion(text, name, content()));
  },
);
