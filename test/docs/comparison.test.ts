import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, inject, it } from 'vitest';

import { ask } from '../../bench/compare/ask.ts';
import { type Question, QUESTIONS } from '../../bench/compare/library.ts';
import { openDriver } from '../../bench/compare/open-driver.ts';
import { openSafeCollection } from '../../bench/compare/open-safe-collection.ts';
import { comparisonRow } from '../../scripts/docs/comparison/comparison-table.ts';

const page = readFileSync(new URL('../../docs/comparison.md', import.meta.url), 'utf8');
const database = () => `safe-collection-${randomUUID()}`;

describe('the comparison in the docs (npm run docs:comparison writes it)', () => {
  it.each([openDriver, openSafeCollection])('has what $name answers', async (open) => {
    const answers = await ask(open, inject('mongodbUri'), database());
    const rows = [...answers].map(([question, answer]) => comparisonRow(question, answer));
    expect(rows).toHaveLength(Object.keys(QUESTIONS).length);
    expect(rows.filter((row) => !page.includes(`${row}\n`))).toEqual([]);
  });

  it.each(Object.keys(QUESTIONS) as Question[])(
    'has five answers to %s, and the library discloses nothing',
    (question) => {
      const section = page.split(`## ${QUESTIONS[question]}\n`)[1]?.split('\n## ')[0] ?? '';
      const rows = section
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .slice(1);
      expect(rows).toHaveLength(5);
      expect(rows.at(-1)).toMatch(/^\| safe-collection \|.*\| – \|$/);
    },
  );
});
