import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { defineView, op, SafeCollection, subtree } from 'safe-collection';

import { draws, type Draw } from '../property/support/draw.ts';
import { PROPERTY_TIMEOUT, runs } from '../property/support/runs.ts';
import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';
import { SCALARS, type Condition } from './support/random-conditions.ts';
import { anything, conditionBelow } from './support/random-paths.ts';

/*
 * Below a subtree a view knows nothing of arrays, and the elements of an array may be arrays too. An $elemMatch of a projection has to find the
 * same element as that of a filter.
 */

interface Case {
  n: number;
  items: { tags: string[]; meta: Record<string, unknown>; grid: { k: string }[][] }[];
}

const caseView = defineView<Case>()({
  public: { n: 1, 'items.tags': 1, 'items.meta': subtree, 'items.grid.k': 1 },
  arrays: { items: 1, 'items.tags': 1, 'items.grid': 2 },
});

const server = testServer();
const sort = { n: 1 } as const;

async function compare(documents: readonly object[], field: string, conditions: readonly Condition[]): Promise<void> {
  const raw = server.db.collection(`cases-${Math.random()}`);
  await raw.insertMany(documents.map((document, n) => ({ ...document, n })));
  const cases = loose(new SafeCollection(raw as never, caseView));
  for (const { tagged, plain } of conditions) {
    const projection = { n: 1, [field]: op({ $elemMatch: tagged } as never) };
    const shown = await cases.find({}, { projection, sort }).toArray();
    const whole = await raw.find({}, { projection: { n: 1, [field]: { $elemMatch: plain } }, sort }).toArray();
    const expected = whole.map((document) => caseView.pick(document as never, ['n', field] as never));
    expect(shown, JSON.stringify(plain)).toEqual(expected);
  }
  await raw.drop();
}

const several = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

it(
  '$elemMatch by paths below a subtree',
  async () => {
    const item = (draw: Draw) => ({ meta: anything(draw, 4) });
    const property = fc.asyncProperty(draws(), async (draw) => {
      const documents = several(40, () => ({ items: several(draw.number(0, 3), () => item(draw)) }));
      await compare(
        documents,
        'items',
        several(20, () => conditionBelow(draw, ['meta'])),
      );
    });
    await fc.assert(property, runs(12, 11));
  },
  PROPERTY_TIMEOUT,
);

it(
  '$elemMatch over an array of arrays',
  async () => {
    const property = fc.asyncProperty(draws(), async (draw) => {
      const row = () => several(draw.number(0, 2), () => (draw.chance(30) ? {} : { k: draw.oneOf(SCALARS) }));
      const item = () => ({ grid: several(draw.number(0, 3), row) });
      const documents = several(30, () => ({ items: several(draw.number(0, 3), item) }));
      const conditions = [null, 'a', op({ $ne: 'a' }), op({ $exists: false }), op({ $not: op({ $gt: 1 }) as never })];
      const plain = [null, 'a', { $ne: 'a' }, { $exists: false }, { $not: { $gt: 1 } }];
      await compare(
        documents,
        'items',
        conditions.map((condition, at) => ({
          tagged: { grid: op({ $elemMatch: { k: condition as 'a' } }) },
          plain: { grid: { $elemMatch: { k: plain[at] } } },
        })),
      );
    });
    await fc.assert(property, runs(3, 12));
  },
  PROPERTY_TIMEOUT,
);

it.each<readonly [string, object]>([
  ['$all', { $all: [/^a/] }],
  ['$all below $not', { $not: { $all: [/^a/] } }],
  ['$all of patterns and scalars', { $all: [/C$/i, 'x'] }],
  ['$in', { $in: [/^a/] }],
])('a RegExp in %s matches as a pattern', async (_name, operators) => {
  const documents = [['abc'], ['x'], ['abc', 'x'], []].map((tags) => ({ items: [{ tags }, { tags: ['y'] }] }));
  await compare(documents, 'items', [{ tagged: { tags: op(operators as never) }, plain: { tags: operators } }]);
});
