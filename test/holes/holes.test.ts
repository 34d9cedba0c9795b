import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

import { HOLES } from '../../scripts/holes/holes.ts';
import { reopened } from '../../scripts/holes/reopened.ts';

it.each(HOLES)('the hole can be opened again: $title', async (hole) => {
  const source = await readFile(hole.file, 'utf8');
  expect(reopened(source, hole)).not.toBe(source);
});
