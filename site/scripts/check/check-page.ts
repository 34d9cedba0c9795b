import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Browser, Page } from 'playwright-core';

import type { Look } from './looks.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

declare const axe: {
  run(context: object, options: object): Promise<{ readonly violations: readonly Violation[] }>;
};

/** Opens a page, and gives what is wrong with it: errors, foreign requests, contrast, names, width. */
export async function checkPage(
  browser: Browser,
  url: string,
  look: Look,
  picture?: string,
): Promise<readonly string[]> {
  const context = await browser.newContext({
    colorScheme: look.theme,
    viewport: { width: look.width, height: look.height },
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(url).origin) faults.push(`request to ${request.url()}`);
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    // The switch gets its name when the page has started.
    await page.waitForSelector('.VPSwitchAppearance[title]:not([title=""])', { state: 'attached' });
    if (url.endsWith('/playground.html')) await page.waitForSelector('[data-state="ready"]', { timeout: 120_000 });
    faults.push(...(await inPage(page)));
    if (picture !== undefined) await page.screenshot({ path: picture, fullPage: false });
    return faults;
  } finally {
    await context.close();
  }
}

async function inPage(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { title, overflow, animations, violations } = await page.evaluate(async () => ({
    title: document.title,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    animations: document.getAnimations().filter(({ playState }) => playState === 'running').length,
    violations: (
      await axe.run({ exclude: ['.monaco-editor'] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })
    ).violations,
  }));
  return [
    ...(title.trim() === '' ? ['no title'] : []),
    ...(overflow > 0 ? [`${overflow} pixels wider than the window`] : []),
    ...(animations > 0 ? [`${animations} animations although reduced motion is preferred`] : []),
    ...violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.length} times, at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  ];
}
