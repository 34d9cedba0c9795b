import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { replaceRegion } from '../../scripts/docs/replace-region.ts';
import { ruleTable } from '../../scripts/docs/rule-table.ts';

const root = join(import.meta.dirname, '../..');
const policy = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const invariants = [...policy.matchAll(/^\| (?<name>I\d+) \| \*\*.+\*\*.+\| (?<tests>`.+) \|$/gm)].map(
  ({ groups = {} }) => [groups['name'] as string, [...(groups['tests'] as string).matchAll(/`([^`]+)`/g)]] as const,
);

describe('SECURITY.md', () => {
  it('has the fifteen invariants', () => {
    expect(invariants.map(([name]) => name)).toEqual(Array.from({ length: 15 }, (_, at) => `I${at + 1}`));
  });

  it.each(invariants)('names tests that exist for %s', (_name, tests) => {
    const files = tests.map(([, file]) => file as string);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

it('the threat model has the rules of the matrix', () => {
  const text = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
  expect(replaceRegion(text, 'rules', ruleTable())).toBe(text);
});
