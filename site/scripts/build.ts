import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

import { writeNodes } from './blocks/write-nodes.ts';
import { fillStartPage } from './pages/fill-start-page.ts';
import { writePages } from './pages/write-pages.ts';
import { buildPlayground } from './playground/build-playground.ts';
import { writeReference } from './reference/write-reference.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SITE = join(ROOT, 'site');
const PAGES = join(SITE, '.pages');

async function step(name: string, work: () => void | Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

await step('pages, with their blocks compiled', () => {
  const blocks = writePages(ROOT, PAGES);
  fillStartPage(ROOT, PAGES);
  writeNodes(ROOT, blocks, join(SITE, '.blocks.json'));
});
await step('reference', () => writeReference(ROOT, join(PAGES, 'reference')));
await step('playground', () => buildPlayground(ROOT, join(PAGES, 'public/playground')));
await step('site', () => {
  execFileSync(process.execPath, [join(SITE, 'node_modules/vitepress/bin/vitepress.js'), 'build', SITE], {
    stdio: 'inherit',
  });
});
