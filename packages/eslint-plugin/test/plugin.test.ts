import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import plugin, { configs, meta, rules } from '../src/index.ts';

const root = join(import.meta.dirname, '..');
const names = Object.keys(rules);

function inFolder(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder))
    .map((file) => file.replace(ending, ''))
    .toSorted();
}

it('has one file, one page and one test for each rule', () => {
  expect(inFolder('src/rules', '.ts')).toEqual(names);
  expect(inFolder('docs/rules', '.md')).toEqual(names);
  expect(inFolder('test/rules', '.test.ts')).toEqual(names);
});

it('recommends each rule as an error, under the name that the plugin has there', () => {
  expect(configs.recommended.plugins).toEqual({ 'safe-collection': { meta, rules } });
  expect(configs.recommended.rules).toEqual(
    Object.fromEntries(names.map((name) => [`safe-collection/${name}`, 'error'])),
  );
});

it('is the same by its default export and by its names', () => {
  expect(plugin).toEqual({ meta, rules, configs });
});

it('says the version of its package', () => {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  expect(meta).toMatchObject({ name, version });
});

it.each(names)('%s is listed in the README, and its page says what it does', (name) => {
  const description = (rules[name] as { meta: { docs: { description: string } } }).meta.docs.description;
  const page = readFileSync(join(root, `docs/rules/${name}.md`), 'utf8');
  expect(page.startsWith(`# ${name}\n\n${description}\n`)).toBe(true);
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`[${name}](docs/rules/${name}.md)`);
});
