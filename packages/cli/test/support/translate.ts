import { expect } from 'vitest';

import { Node } from '../../src/project/index.ts';
import { indexNames, openProject } from '../../src/project/index.ts';
import type { ReadSource } from '../../src/sources/source.ts';
import { folderOf } from './folder.ts';

/** A piece of code with one call, and its translation or the reason why there is none. */
export type TranslationRule = readonly [code: string, text: string];

/** Checks each rule in a function of its own: all in one project, which is opened once. */
export function expectTranslations(
  read: ReadSource,
  rules: readonly TranslationRule[],
  head: string,
  files: Readonly<Record<string, string>> = {},
): void {
  const functions = rules.map(
    ([code], at) =>
      `export async function run${at}(id: string, n: number, maybe?: string, nil: string | null = null) {\n${code}\n}`,
  );
  const opened = openProject(folderOf({ ...files, 'a.ts': [head, ...functions].join('\n') }));
  const { calls } = read(opened, indexNames(opened.project));
  for (const [at, [code, text]] of rules.entries()) {
    const call = calls.find(({ node }) => node.getFirstAncestor(Node.isFunctionDeclaration)?.getName() === `run${at}`);
    let found: string | undefined;
    try {
      found = call?.translate().text.replaceAll('__COLLECTION__', 'users');
    } catch (thrown) {
      found = String(thrown).replace('CannotMigrate: ', '');
    }
    expect.soft(found, code).toBe(text);
  }
}
