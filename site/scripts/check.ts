/** Checks the built site: links, foreign hosts, and in Chromium contrast, names, keyboard, console and playground. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openBrowser } from './check/browser.ts';
import { checkKeyboard } from './check/check-keyboard.ts';
import { checkLinks } from './check/check-links.ts';
import { checkPage } from './check/check-page.ts';
import { checkPlayground } from './check/check-playground.ts';
import { LOOKS } from './check/looks.ts';
import { serveFolder } from './check/serve-folder.ts';

const PAGES = [
  '',
  'tutorial',
  'views',
  'aggregation',
  'errors',
  'threat-model',
  'comparison',
  'reference/',
  'playground',
];
const BUILT = resolve(import.meta.dirname, '../dist');
const [, pictures] = /^--pictures=(.+)$/.exec(process.argv[2] ?? '') ?? [];
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });

const faults = [...checkLinks(BUILT)];
await using server = await serveFolder(BUILT);
const browser = await openBrowser();
try {
  for (const name of PAGES) {
    const path = name === '' || name.endsWith('/') ? name : `${name}.html`;
    for (const look of LOOKS) {
      const title = `${name.replace('/', '') || 'start'}-${look.theme}-${look.width}`;
      const picture = pictures === undefined ? undefined : join(pictures, `${title}.png`);
      const found = await checkPage(browser, `${server.url}/${path}`, look, picture).catch(String);
      faults.push(...[found].flat().map((fault) => `${title}: ${fault}`));
    }
  }
  for (const check of [checkKeyboard, checkPlayground])
    faults.push(...[await check(browser, server.url).catch(String)].flat());
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`site: ${PAGES.length} pages in ${LOOKS.length} looks, ${faults.length} faults`);
if (faults.length > 0) process.exitCode = 1;
