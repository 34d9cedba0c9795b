import { randomBytes } from 'node:crypto';

import type { CollationOptions } from 'mongodb';
import { expect, it } from 'vitest';
import { createSafeDb, defineView, op, subtree, type Page } from 'safe-collection';

import { Dice } from '../write/support/random-update.ts';
import { testServer } from '../write/support/server.ts';
import { randomRows } from './support/random-rows.ts';

/*
 * Walks over random rows of all types, by random sorts: the pages together have each row once, in the order of the server's own sort, forwards
 * and backwards. `npm run fuzz:pages` makes more.
 */

const COUNT = Number(process.env['FUZZ_PAGES'] ?? 150);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_129);

interface Row {
  _id: number;
  tenant: string;
  shown: number;
  a?: string | null;
  b?: string | null;
  deep?: { c?: string };
  map: Record<string, string>;
}

const rowView = defineView<Row>()({
  public: { shown: 1, map: subtree },
  // Private paths: the cursors carry their values, sealed.
  sortable: { a: 1, b: 1, 'deep.c': 1, _id: 1 },
  scope: { tenant: 1 },
});

const PATHS = ['a', 'b', 'deep.c', 'map.x', 'shown', '_id'] as const;
const COLLATIONS: readonly (CollationOptions | undefined)[] = [
  undefined,
  undefined,
  { locale: 'simple' },
  { locale: 'en', strength: 1 },
  { locale: 'en', numericOrdering: true },
  { locale: 'fr', caseLevel: true, strength: 1 },
];
/** Each as a caller writes it, and as the server takes it. */
const FILTERS: readonly (readonly [written: object, raw: object])[] = [
  [{}, {}],
  [{ shown: op({ $gte: 10 }) }, { shown: { $gte: 10 } }],
  [{ $or: [{ shown: 3 }, { shown: op({ $mod: [2, 0] }) }] }, { $or: [{ shown: 3 }, { shown: { $mod: [2, 0] } }] }],
];

const KEY = randomBytes(32);
const server = testServer();

type Ask = { readonly after?: string | null } | { readonly before?: string | null };
type Row$ = { readonly shown: number };
type Rows = { paginate(filter: object, options: object): Promise<Page<Row$>> };

/** One random query over the rows, and its pages. */
class Walk {
  readonly #ask: (ask: Ask) => Promise<Page<Row$>>;
  readonly #limit: number;
  readonly #truth: readonly number[];

  constructor(ask: (ask: Ask) => Promise<Page<Row$>>, limit: number, truth: readonly number[]) {
    this.#ask = ask;
    this.#limit = limit;
    this.#truth = truth;
  }

  /** All pages from the first on. */
  async forwards(): Promise<Page<Row$>[]> {
    const pages = [await this.#ask({})];
    for (let page = pages[0] as Page<Row$>; page.hasNext; pages.push(page))
      page = await this.#ask({ after: page.next });
    return pages;
  }

  async check(): Promise<number> {
    const pages = await this.forwards();
    expect(pages.flatMap(shownIn)).toEqual(this.#truth);
    for (const [index, page] of pages.entries()) {
      const isLast = index === pages.length - 1;
      expect(page.hasNext).toBe(!isLast);
      expect(page.next === null).toBe(isLast);
      expect(page.previous === null).toBe(index === 0);
      if (!isLast) expect(page.items).toHaveLength(this.#limit);
      if (page.previous === null) continue;
      // Back from any page: the full page before it, with a way forward to it.
      const before = await this.#ask({ before: page.previous });
      expect(shownIn(before)).toEqual(shownIn(pages[index - 1] as Page<Row$>));
      expect(before.previous === null).toBe(index === 1);
      expect(shownIn(await this.#ask({ after: before.next }))).toEqual(shownIn(page));
    }
    await this.#backwards(pages.at(-1) as Page<Row$>);
    return pages.length;
  }

  async #backwards(last: Page<Row$>): Promise<void> {
    let shown = shownIn(last);
    for (let page = last; page.previous !== null; shown = [...shownIn(page), ...shown])
      page = await this.#ask({ before: page.previous });
    expect(shown).toEqual(this.#truth);
  }
}

function shownIn(page: Page<Row$>): number[] {
  return page.items.map(({ shown }) => shown);
}

it(
  `${COUNT} walks over random rows visit each row once (seed ${SEED})`,
  async () => {
    const dice = new Dice(SEED);
    const seen = { walks: 0, pages: 0, rows: 0 };
    const shop = createSafeDb(server.db, { rows: rowView }, { sealKeys: [KEY] });
    const raw = server.db.collection('rows');
    while (seen.walks < COUNT) {
      const { rows, hasTextIds } = randomRows(dice);
      await raw.deleteMany({});
      if (rows.length > 0) await raw.insertMany([...rows]);
      if (dice.roll(3) === 0) await raw.createIndex({ tenant: 1, a: 1, _id: 1 });
      for (let walk = 0; walk < 5; walk += 1) {
        const sort = randomSort(dice);
        const collation = hasTextIds ? undefined : dice.pick(COLLATIONS);
        const [filter, rawFilter] = dice.pick(FILTERS);
        const limit = 1 + dice.roll(dice.pick([3, 10, 50]));
        const options = { projection: ['shown'], limit, ...(sort && { sort }), ...(collation && { collation }) };
        const isText = collation !== undefined && collation.locale !== 'simple';
        const label = JSON.stringify({ seed: SEED, walk: seen.walks, sort, collation, rawFilter, limit });
        // A scope of strings takes no collation, so those walks use a view without one.
        const held = (isText ? plain() : shop.scoped({ tenant: 'acme' }).rows) as unknown as Rows;
        const truth = await raw
          .find(
            { ...rawFilter, ...(isText ? {} : { tenant: 'acme' }) },
            { projection: { shown: 1 }, ...(collation && { collation }) },
          )
          .sort(new Map(withId(sort)) as never)
          .toArray();
        const numbers = truth.map((row) => row['shown'] as number);
        const made = new Walk(async (ask) => await held.paginate(filter, { ...options, ...ask }), limit, numbers);
        try {
          seen.pages += await made.check();
        } catch (error) {
          throw new Error(`${label}: ${String(error)}`, { cause: error });
        }
        seen.rows += numbers.length;
        seen.walks += 1;
      }
    }
    console.log(`fuzz:pages: ${JSON.stringify(seen)}`);
    expect(seen.rows / seen.walks).toBeGreaterThan(5);
  },
  60_000 + COUNT * 2_000,
);

function plain(): object {
  const view = rowView.extend({ name: 'rows without a scope', scope: 'shared' });
  return createSafeDb(server.db, { rows: view }, { sealKeys: [KEY] }).rows;
}

function randomSort(dice: Dice): Readonly<Record<string, 1 | -1>> | undefined {
  const paths = Array.from({ length: dice.roll(4) }, () => dice.pick(PATHS));
  if (paths.length === 0) return undefined;
  return Object.fromEntries(paths.map((path) => [path, dice.pick([1, -1])] as const));
}

/** The sort of the server: the paths up to `_id`, or all of them and `_id`. */
function withId(sort: Readonly<Record<string, 1 | -1>> | undefined): (readonly [string, 1 | -1])[] {
  const keys = Object.entries(sort ?? {});
  const [, direction] = keys.at(-1) ?? ['_id', 1];
  return keys.some(([path]) => path === '_id') ? keys : [...keys, ['_id', direction]];
}
