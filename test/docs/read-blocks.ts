import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Block, Promised } from './block.ts';

const MARKS: ReadonlyMap<string, Promised> = new Map([
  ['<!-- refused -->', 'refused'],
  ['<!-- does not compile -->', 'does not compile'],
  ['<!-- throws -->', 'throws'],
]);

/** A file of the tutorial. The test of the tutorial saves it in a folder, and compiles and runs it there. */
const FILE = /^<!-- file /;

/** A whole file of the examples. The tests of the examples compile and run it. */
export const EXAMPLE_MARK = /^<!-- example (?<path>examples\/[\w./-]+) -->$/;

/** The TypeScript blocks of the README and of docs/. A comment before a block says what is promised of it. */
export function readBlocks(root: string): Block[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.map((name) => `docs/${name}`)].flatMap((file) =>
    blocksOf(file, readFileSync(join(root, file), 'utf8')),
  );
}

/** A fence with its mark. One in a list is indented. */
export const TS_FENCE = /(?:^ *(?<mark><!-- [^\n]* -->)\n)?^(?<indent> *)```ts\n(?<code>.*?)^\k<indent>```$/gms;

/** What a mark says of its block. Undefined for an unknown mark. */
export function promisedBy(mark: string): Promised | undefined {
  return mark === '' ? 'works' : MARKS.get(mark);
}

function blocksOf(file: string, text: string): Block[] {
  return [...text.matchAll(TS_FENCE)].flatMap(({ groups = {}, index }) => {
    const { mark = '', indent = '', code = '' } = groups;
    if (FILE.test(mark) || EXAMPLE_MARK.test(mark)) return [];
    const promised = promisedBy(mark);
    const line = text.slice(0, index).split('\n').length;
    if (promised === undefined) throw new Error(`${file}:${line} has an unknown mark: ${mark}`);
    return [{ at: `${file}:${line}`, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''), promised }];
  });
}

/** The examples in the comments of the source. */
export function readExamples(root: string): Block[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => examplesOf(`src/${name}`, readFileSync(join(root, 'src', name), 'utf8')));
}

function examplesOf(file: string, text: string): Block[] {
  return [...text.matchAll(/^ *\* @example\n((?: *\*(?!\/)(?! @).*\n)+)/gm)].map(({ 1: comment = '', index }) => ({
    at: `${file}:${text.slice(0, index).split('\n').length}`,
    code: comment.replaceAll(/^ *\* ?/gm, ''),
    promised: 'compiles',
  }));
}
