import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { runLock } from '../../src/lock/run-lock.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { folderOf } from '../support/folder.ts';
import { BASES, mutationsOf, sourceOf, type Spec, STYLES } from './view-mutations.ts';

const printed = capturePrinted();

const HEAD = "import { defineView, subtree } from 'safe-collection';\n";
const CASES = BASES.flatMap((spec, base) => mutationsOf(spec).map((mutation) => ({ base, spec, ...mutation }))).map(
  (one, at) => ({ ...one, id: `v${at}` }),
);
const styleAt = (at: number) => STYLES[at % STYLES.length] ?? 'plain';

/** Locks one text, checks another, and returns what is said of each view. */
async function check(before: string, after: string) {
  const folder = folderOf({ 'views.ts': HEAD + before });
  expect(await runLock({ folder, options: {} })).toBe(0);
  printed.length = 0;
  writeFileSync(join(folder, 'views.ts'), HEAD + after);
  const started = process.cpuUsage();
  const code = await runLock({ folder, options: { check: true } });
  const seconds = process.cpuUsage(started).user / 1e6;
  const said = printed.filter((line) => /^[+!-] /.test(line));
  return { code, seconds, said, of: (id: string) => said.filter((line) => new RegExp(`\\b${id}\\b`).test(line)) };
}

const text = (
  specs: readonly { readonly id: string; readonly spec: Spec }[],
  style: (at: number) => (typeof STYLES)[number],
) => specs.map(({ id, spec }, at) => sourceOf(id, spec, style(at))).join('');

it('has hundreds of mutated views, many of each effect', () => {
  const count = (effect: string) => CASES.filter((one) => one.effect === effect).length * STYLES.length;
  expect(count('widening')).toBeGreaterThan(500);
  expect(count('narrowing')).toBeGreaterThan(200);
});

it.each(STYLES)('names each widening, and nothing else, if the views are written as %s afterwards', async (style) => {
  const { said, of, seconds, code } = await check(
    text(CASES, () => 'plain'),
    text(
      CASES.map(({ id, spec, change }) => ({ id, spec: change(spec) })),
      () => style,
    ),
  );
  const wrong = CASES.flatMap(({ id, base, name, effect }) => {
    const lines = of(id);
    const isWidened = lines.some((line) => !line.startsWith('- '));
    const isRight = effect === 'none' ? lines.length === 0 : lines.length > 0 && isWidened === (effect === 'widening');
    return isRight ? [] : [{ base, name, effect, lines }];
  });
  expect(wrong).toEqual([]);
  expect(said.filter((line) => line.startsWith('!'))).toEqual([]);
  expect(code).toBe(1);
  expect(seconds).toBeLessThan(2);
});

it('reports nothing if only the writing changes', async () => {
  const plain = CASES.map(({ id, spec }) => ({ id, spec }));
  const { code, said } = await check(
    text(plain, styleAt),
    text(plain, (at) => styleAt(at + 3)),
  );
  expect(said).toEqual([]);
  expect(code).toBe(0);
});

it('a narrowing alone passes', async () => {
  const narrowed = CASES.filter(({ effect }) => effect !== 'widening');
  const { code } = await check(
    text(narrowed, styleAt),
    text(
      narrowed.map(({ id, spec, change }) => ({ id, spec: change(spec) })),
      styleAt,
    ),
  );
  expect(code).toBe(0);
});

it('the same holds for a view that another one extends', async () => {
  const extended = ({ id }: { readonly id: string }) =>
    `export const x${id} = ${id}.extend({ name: 'x${id}', public: { more: 1 } });\n`;
  const before = CASES.map((one) => sourceOf(one.id, one.spec, 'plain') + extended(one)).join('');
  const after = CASES.map((one) => sourceOf(one.id, one.change(one.spec), 'plain') + extended(one)).join('');
  const { of } = await check(before, after);
  const effectOf = (lines: readonly string[]) =>
    lines.length === 0 ? 'none' : lines.some((line) => !line.startsWith('- ')) ? 'widening' : 'narrowing';
  expect(CASES.filter(({ id, effect }) => effectOf(of(`x${id}`)) !== effect).map(({ name }) => name)).toEqual([]);
});
