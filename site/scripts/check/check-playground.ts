import type { Browser } from 'playwright-core';

import { LEAKS } from '../../.vitepress/theme/playground/leaks.ts';

/** Tries each leak of the playground, and the call that is right. */
export async function checkPlayground(browser: Browser, url: string): Promise<readonly string[]> {
  const page = await browser.newPage();
  const faults: string[] = [];
  const answer = async (): Promise<string> => {
    // The answer follows a pause in the typing, so it may still be the one before.
    await page.waitForTimeout(1500);
    return await page.innerText('.try-answer');
  };
  try {
    await page.goto(`${url}/playground.html`);
    await page.waitForSelector('[data-state="ready"]', { timeout: 120_000 });
    for (const { title } of LEAKS) {
      await page.getByRole('button', { name: title }).click();
      if (!/^line \d+: /.test(await answer())) faults.push(`the playground compiles "${title}"`);
      await page.getByRole('button', { name: 'A call that compiles' }).click();
      const fixed = await answer();
      if (!fixed.includes('It compiles')) faults.push(`the playground refuses the right call of "${title}": ${fixed}`);
    }
    await page.click('.monaco-editor .view-lines');
    await page.keyboard.type('users.');
    if (!/^line \d+: /.test(await answer())) faults.push('the playground does not compile what is typed');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null))
      faults.push('Tab does not leave the editor');
    return faults;
  } finally {
    await page.close();
  }
}
