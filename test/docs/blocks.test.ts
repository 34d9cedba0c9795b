import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

import { knownNames } from './known-names.ts';
import type * as Prelude from './prelude.ts';
import { readBlocks, readExamples } from './read-blocks.ts';
import { type Finding, typeCheck } from './type-check.ts';
import { writeModule } from './write-module.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'test/docs/.blocks');

const known = knownNames(root, '../prelude.ts');

const modules = [...readBlocks(root), ...readExamples(root)].map((block, index) => ({
  ...block,
  ...writeModule(block, known),
  file: join(folder, `${index}.ts`),
}));

let findings: ReadonlyMap<string, readonly Finding[]>;
let prelude: typeof Prelude;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of modules) writeFileSync(file, text);
  findings = typeCheck(
    modules.map(({ file }) => file),
    root,
  );

  // The blocks work in the database that their URI names: one of their own.
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/safe-collection-${randomUUID()}`;
  vi.stubEnv('MONGODB_URI', uri.href);
  prelude = await import('./prelude.ts');
  await prelude.seed();
});

afterAll(async () => {
  await prelude.db.dropDatabase();
  await prelude.client.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(
  modules.filter(({ promised }) => promised === 'works' || promised === 'throws' || promised === 'compiles'),
)('$at', ({ file }) => {
  it('compiles', () => {
    expect(findings.get(file)).toEqual([]);
  });
});

describe.each(modules.filter(({ promised }) => promised === 'refused' || promised === 'does not compile'))(
  '$at',
  ({ file, toRefuse }) => {
    it('does not compile, in any of its statements', () => {
      const lines = (findings.get(file) ?? []).map(({ line }) => line);
      expect(toRefuse.length).toBeGreaterThan(0);
      for (const [first, last] of toRefuse)
        expect(
          lines.some((line) => line >= first && line <= last),
          `line ${first}`,
        ).toBe(true);
      // Only what is said not to compile does not.
      expect(lines.filter((line) => !toRefuse.some(([first, last]) => line >= first && line <= last))).toEqual([]);
    });
  },
);

describe.each(
  modules.filter(({ promised }) => promised === 'works' || promised === 'refused' || promised === 'throws'),
)('$at', ({ file, code }) => {
  it('does what it says when it runs', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue(undefined);
    try {
      const { run } = (await import(file)) as { run: () => Promise<void> };
      await expect(run()).resolves.toBeUndefined();
      // `console.log(…); // → text` says what is printed.
      const said = [...code.matchAll(/^ *console\.log\(.*\/\/ → (.*)$/gm)].map(([, text]) => text);
      const printed = log.mock.calls.map((values) =>
        values
          .map((value) => (typeof value === 'string' ? value : inspect(value, { breakLength: Infinity })))
          .join(' '),
      );
      if (said.length > 0) expect(printed).toEqual(said);
    } finally {
      log.mockRestore();
    }
  });
});

it('finds the blocks of the README, of docs/ and of the source', () => {
  const files = modules.map(({ at }) => at.split(':')[0]);
  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'docs/views.md',
      'docs/reads.md',
      'docs/filters.md',
      'src/collection/bound-collection.ts',
      'src/http/sendable.ts',
      'src/privileged/bound-privileged-collection.ts',
      'src/values/sensitive.ts',
    ]),
  );
});
