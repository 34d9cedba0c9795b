import type { Browser, Page } from 'playwright-core';

/** Goes through the site without a mouse, and gives what could not be done. */
export async function checkKeyboard(browser: Browser, url: string): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/views.html`, { waitUntil: 'networkidle' });
    return [...(await tabThrough(page)), ...(await readTypes(page)), ...(await search(page))];
  } finally {
    await context.close();
  }
}

/** Every visible link and button of the page gets the focus by Tab, and shows it. */
async function tabThrough(page: Page): Promise<readonly string[]> {
  const count = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, summary, [tabindex="0"]')];
    const visible = all.filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'),
    );
    for (const element of visible) element.dataset['toReach'] = '';
    return visible.length;
  });
  for (let presses = 0; presses < count * 2; presses += 1) {
    await page.keyboard.press('Tab');
    await page.evaluate(() => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement) delete activeElement.dataset['toReach'];
    });
  }
  const left = await page.$$eval('[data-to-reach]', (elements) =>
    elements.map((element) => element.outerHTML.slice(0, 120)),
  );
  return left.map((element) => `not reached by Tab: ${element}`);
}

/** The type of a name shows when the name has the focus, the arrow keys go to the next name, and Escape hides it. */
async function readTypes(page: Page): Promise<readonly string[]> {
  const shown = async (): Promise<string> => {
    // A type is shown after a short pause.
    await page.waitForTimeout(500);
    return (await page.locator('.twoslash-floating.v-popper__popper--shown').allInnerTexts()).join(' ').trim();
  };
  await page.focus('.twoslash-hover > [tabindex="0"]');
  const first = await shown();
  await page.keyboard.press('ArrowRight');
  const second = await shown();
  await page.keyboard.press('Escape');
  const none = await shown();
  return [
    ...(first === '' ? ['a name with the focus does not show its type'] : []),
    ...(second === '' || second === first ? ['an arrow key does not show the type of the next name'] : []),
    ...(none === '' ? [] : ['Escape does not hide a type']),
  ];
}

/** Opens the search, types a word, and follows the first result. */
async function search(page: Page): Promise<readonly string[]> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('projection');
  await page.waitForSelector('.VPLocalSearchBox .result');
  await page.keyboard.press('Enter');
  const isFound = await page
    .waitForURL((to) => !to.pathname.endsWith('/views.html') || to.hash !== '', { timeout: 10_000 })
    .then(
      () => true,
      () => false,
    );
  return isFound ? [] : ['the search leads to no page'];
}
