/** Checks the built site: links, foreign hosts, and in Chromium contrast, names, keyboard, console and playground. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { sidebar } from '../.vitepress/sidebar.ts';
import { openBrowser } from './check/browser.ts';
import { checkKeyboard } from './check/check-keyboard.ts';
import { checkLinks } from './check/check-links.ts';
import { checkPage } from './check/check-page.ts';
import { checkPlayground } from './check/check-playground.ts';
import { type Look, LOOKS } from './check/looks.ts';
import { serveFolder } from './check/serve-folder.ts';

/** Every page of the navigation, and one of the reference's. */
const PAGES = [
  '',
  ...sidebar().flatMap(({ items }) => items.map(({ link }) => link.slice(1))),
  'reference/interfaces/safe-collection.SafeCollection',
];
/** These are looked at in every theme and width, the others in two. */
const IN_ALL_LOOKS: ReadonlySet<string> = new Set(['', 'tutorial', 'views', 'errors', 'reference/', 'playground']);
const BUILT = resolve(import.meta.dirname, '../dist');
const [, pictures] = /^--pictures=(.+)$/.exec(process.argv[2] ?? '') ?? [];
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });

const faults = [...checkLinks(BUILT)];
await using server = await serveFolder(BUILT);
const browser = await openBrowser();
try {
  for (const name of PAGES) {
    const path = name === '' || name.endsWith('/') ? name : `${name}.html`;
    const looks = IN_ALL_LOOKS.has(name) ? LOOKS : LOOKS.filter(({ isUsual }) => isUsual);
    const found = await Promise.all(looks.map((look) => faultsOf(`${server.url}/${path}`, name, look)));
    faults.push(...found.flat());
  }
  for (const check of [checkKeyboard, checkPlayground])
    faults.push(...[await check(browser, server.url).catch(String)].flat());
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`site: ${PAGES.length} pages, ${faults.length} faults`);
if (faults.length > 0) process.exitCode = 1;

async function faultsOf(url: string, name: string, look: Look): Promise<readonly string[]> {
  const title = `${name.replaceAll('/', '-').replace(/-$/, '') || 'start'}-${look.theme}-${look.width}`;
  const picture = pictures === undefined ? undefined : join(pictures, `${title}.png`);
  const found = await checkPage(browser, url, look, picture).catch(String);
  return [found].flat().map((fault) => `${title}: ${fault}`);
}
