import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { withExamples } from '../../scripts/docs/example-blocks.ts';
import { EXAMPLE_MARK, TS_FENCE } from './read-blocks.ts';

const root = join(import.meta.dirname, '../..');
const pages = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, text: readFileSync(join(root, 'docs', name), 'utf8') }));
const examples = pages.flatMap(({ name, text }) =>
  [...text.matchAll(TS_FENCE)].flatMap(({ groups }) => {
    const path = EXAMPLE_MARK.exec(groups?.['mark'] ?? '')?.groups?.['path'];
    return path === undefined ? [] : [{ name, path }];
  }),
);

it.each(pages)('docs/$name shows the example files as they are (npm run docs:examples writes them)', ({ text }) => {
  expect(text).toBe(withExamples(root, text));
});

/** The folders of examples, and the folder of the tests that run them. */
const TESTED = new Map([
  ['examples/interop/', 'examples/interop/test'],
  ['examples/edge/', 'test/examples'],
]);

it.each(examples)('$path, in docs/$name, is run by a test', ({ path }) => {
  const tests = [...TESTED].find(([folder]) => path.startsWith(folder))?.[1] ?? expect.fail('no test runs this folder');
  expect(existsSync(join(root, path))).toBe(true);
  const imported = readdirSync(join(root, tests), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, tests, name), 'utf8'))
    .join('\n');
  const [, folder] = /^examples\/(?:interop\/)?([\w-]+)\//.exec(path) ?? [];
  expect(imported).toMatch(new RegExp(`from '[./]*(?:examples/)?${folder}/`));
});

it('the guides of frameworks and of edge runtimes show example files', () => {
  expect(new Set(examples.map(({ name }) => name))).toEqual(new Set(['edge.md', 'nestjs.md', 'trpc.md']));
});
