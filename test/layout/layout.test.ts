import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { expect, it } from 'vitest';

import { exportsOf } from '../docs/write-module.ts';
import { linesOfCode, readSources } from './read-sources.ts';

const sources = readSources(join(import.meta.dirname, '../../src'));
const links = sources.flatMap((source) => source.links);

/** The rooms of the source in the order in which a call goes through them: each knows those before it. */
const ROOMS = [
  'grammar',
  'errors',
  'input',
  'values',
  'seal',
  'view',
  'results',
  'plan',
  'driver',
  'collection',
  'privileged',
];

/** The rooms that a room may use. The response guard uses only results, neither plans nor the driver. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(ROOMS.map((room, index) => [room, ROOMS.slice(0, index + 1)])),
  http: ['grammar', 'errors', 'input', 'values', 'seal', 'view', 'results', 'http'],
  // It runs an application beside the library, so it knows views and no calls.
  testing: ['errors', 'input', 'view', 'testing'],
  // It reads through the public methods of a collection, so it knows neither plans nor the driver.
  agent: ['grammar', 'errors', 'input', 'values', 'view', 'collection', 'agent'],
  types: ['types'],
};

/** Builds a view with its methods, so it counts as above the rooms that it uses. */
const VIEW_ITSELF = 'view/define-view.ts';

function roomOf(file: string): string {
  if (file === VIEW_ITSELF) return 'collection';
  return file.includes('/') ? (file.split('/')[0] as string) : 'entry';
}

it('has these rooms, and the entries above them', () => {
  expect([...new Set(sources.map(({ file }) => roomOf(file)))].toSorted()).toEqual(
    ['entry', ...Object.keys(KNOWN)].toSorted(),
  );
});

it('imports go one way, at run time and for types', () => {
  const wrong = links.filter(({ from, to, isType }) => {
    const [here, there] = [roomOf(from), roomOf(to)];
    // Types are for the compiler: they may name what they describe, and everyone may name them.
    if (here === 'entry' || (isType && (here === 'types' || there === 'types'))) return false;
    return KNOWN[here]?.includes(there) !== true;
  });
  expect(wrong).toEqual([]);
});

it('no import leads back to an entry', () => {
  expect(links.filter(({ to }) => roomOf(to) === 'entry')).toEqual([]);
});

it('files in types/ produce no code at run time', () => {
  const kept = sources
    .filter(({ file }) => file.startsWith('types/'))
    .filter(({ text }) => {
      const { outputText } = ts.transpileModule(text, {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2022,
          verbatimModuleSyntax: true,
          removeComments: true,
        },
      });
      return outputText.replaceAll(/export \{\};|export \{\} from '[^']*';/g, '').trim() !== '';
    });
  expect(kept.map(({ file }) => file)).toEqual([]);
});

it('the driver is called only in driver/', () => {
  const CALLS =
    /\.(?:find|findOne|aggregate|distinct|countDocuments|estimatedDocumentCount|insertOne|insertMany|updateOne|updateMany|replaceOne|deleteOne|deleteMany|bulkWrite|findOneAndUpdate|findOneAndReplace|findOneAndDelete|command|watch)\(/;
  const callers = sources.filter(({ file, tree }) => {
    const code = ts.createPrinter({ removeComments: true }).printFile(tree);
    return roomOf(file) !== 'driver' && new RegExp(`(?:collection|cursor|db|client)${CALLS.source}`).test(code);
  });
  expect(callers.map(({ file }) => file)).toEqual([]);
});

it('files are named in kebab-case, and none is longer than 300 lines of code', () => {
  expect(
    sources
      .map(({ file }) => file)
      .filter((file) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(file)),
  ).toEqual([]);
  expect(sources.filter(({ tree }) => linesOfCode(tree) > 300).map(({ file }) => file)).toEqual([]);
});

it('the source has no any and no disabled check', () => {
  const found = sources.flatMap(({ file, text, tree }) => {
    const faults: string[] = /@ts-(?:ignore|expect-error|nocheck)|oxlint-disable|eslint-disable/.test(text)
      ? [`${file}: a check is switched off`]
      : [];
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword)
        faults.push(`${file}:${tree.getLineAndCharacterOfPosition(node.pos).line + 1}: any`);
      node.forEachChild(visit);
    };
    visit(tree);
    return faults;
  });
  expect(found).toEqual([]);
});

it('tests are called with it(), in the packages too', () => {
  const root = join(import.meta.dirname, '../..');
  const folders = ['test', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/test`)];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  );
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(100);
  expect(
    tests.filter((file) => /import \{[^}]*\btest\b[^}]*\} from 'vitest'/.test(readFileSync(file, 'utf8'))),
  ).toEqual([]);
});

it('every module is used', () => {
  const used = new Set(links.map(({ to }) => to));
  expect(sources.map(({ file }) => file).filter((file) => roomOf(file) !== 'entry' && !used.has(file))).toEqual([]);
});

/** A table of parsers has the name of the list in `grammar/` that it is made from. */
it('no two modules export the same name', () => {
  const exported = sources
    .filter(({ file }) => roomOf(file) !== 'entry' && roomOf(file) !== 'grammar')
    .flatMap(({ file, text }) =>
      [...new Set(exportsOf(text, file).map(({ name }) => name))].map((name) => ({ name, file })),
    );
  const twice = exported.filter(({ name, file }) =>
    exported.some((other) => other.name === name && other.file !== file),
  );
  expect(twice).toEqual([]);
});
