import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

const rules = [...text.matchAll(/^\| (?<rule>[^|]+) \| `(?<file>[^`]+)` \| `(?<name>\w+)` \|$/gm)].map(
  ({ groups = {} }) => [groups['rule'], groups['file'], groups['name']] as const,
);
const named = [...text.matchAll(/`((?:src|test|packages)\/[\w./-]+)`/g)].map(([, path]) => path as string);

/** The functions that a module exports. */
function functionsOf(file: string): readonly string[] {
  const tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  return tree.statements
    .filter(ts.isFunctionDeclaration)
    .flatMap(({ name, modifiers = [] }) =>
      name !== undefined && modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ? [name.text] : [],
    );
}

describe('ARCHITECTURE.md', () => {
  it('lists 25 rules', () => {
    expect(rules).toHaveLength(25);
  });

  it.each(rules)('names the function where this rule is: %s', (_rule, file, name) => {
    expect(functionsOf(file as string)).toContain(name);
  });

  it('names only files that exist', () => {
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('describes every folder of the source, and no other', () => {
    const described = [...text.matchAll(/^\| `(\w+)\/` \|/gm)].map(([, folder]) => folder);
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(new Set(described)).toEqual(new Set(folders.map(({ name }) => name)));
  });
});
