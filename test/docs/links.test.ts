import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['.', 'docs', 'bench', 'packages/cli', 'packages/eslint-plugin', 'packages/eslint-plugin/docs/rules'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

const FENCE = /^ *```.*?^ *```$/gms;
const LINK = /\]\((?<href>[^)\s]+)\)/g;

const text = (file: string): string => readFileSync(file, 'utf8').replaceAll(FENCE, '');

/** The anchors of a page's headings, as renderers of Markdown make them. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = [...text(file).matchAll(/^#+ (?<heading>.+)$/gm)].map(({ groups }) => groups?.['heading'] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function faultsOf(file: string): readonly string[] {
  const links = [...text(join(root, file)).matchAll(LINK)].map(({ groups }) => groups?.['href'] ?? '');
  return links
    .filter((href) => !/^[a-z]+:/.test(href))
    .filter((href) => {
      const [path = '', anchor] = href.split('#');
      const target = path === '' ? join(root, file) : join(root, dirname(file), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
    });
}

describe('links of the docs', () => {
  it.each(files)('%s links only to what exists', (file) => {
    expect(faultsOf(file)).toEqual([]);
  });

  it('are read from all pages', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/views.md', 'bench/RESULTS.md']));
  });
});
