import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { drawSpeed } from '../charts/draw-speed.ts';

/** Puts the chart and the compiler's sentence into the start page. */
export function fillStartPage(root: string, pages: string): void {
  const page = join(pages, 'index.md');
  const mistakes = readFileSync(join(root, 'docs/mistakes.md'), 'utf8');
  const filled = readFileSync(page, 'utf8')
    .replace('[[chart]]', () => drawSpeed(root).replaceAll(/\n\s*\n/g, '\n'))
    .replaceAll(/\[\[sentence of (?<code>.+?)\]\]/g, (_all, code: string) => sentenceOf(mistakes, code));
  writeFileSync(page, filled);
}

/** What the compiler says of a mistake. */
function sentenceOf(mistakes: string, code: string): string {
  const row = mistakes.split('\n').find((line) => line.includes(`\`${code}\``));
  const sentence = row?.split('|').at(-2)?.trim().replaceAll('\\', '');
  if (sentence === undefined) throw new Error(`docs/mistakes.md has no ${code}`);
  return sentence;
}
