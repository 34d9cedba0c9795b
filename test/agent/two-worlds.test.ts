import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { twoShops, USER_IDS } from './support/shop.ts';

const { tools, otherTools, commands } = twoShops({ maxBytes: 4_000 });

const PATHS = ['user_id', 'product', 'quantity', 'is_gift', 'order_date', 'note', 'tags', 'place.city'] as const;

/** A group is made by single values. */
const SINGLE = PATHS.filter((path) => path !== 'tags');

const VALUES = {
  user_id: fc.constantFrom(...USER_IDS.map(String)),
  product: fc.constantFrom('lamp', 'tea', 'desk', 'a.b*c', 'SECRET-PRODUCT', ''),
  quantity: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(1_003)),
  is_gift: fc.boolean(),
  order_date: fc.constantFrom('2026-01-01', '2026-03-15T00:00:00Z', '2026-06-30'),
  note: fc.constantFrom('note 2', 'note 11', 1, true),
  tags: fc.constantFrom('new', 't4', 'x'),
  'place.city': fc.constantFrom('London', 'Paris', 'Rome'),
} as const satisfies Record<(typeof PATHS)[number], fc.Arbitrary<unknown>>;

const comparison = fc.constantFrom(...PATHS).chain((field) =>
  fc.oneof(
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'),
      value: VALUES[field] as fc.Arbitrary<unknown>,
    }),
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('in', 'nin'),
      value: fc.array(VALUES[field] as fc.Arbitrary<unknown>, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ field: fc.constant(field), op: fc.constant('exists'), value: fc.boolean() }),
  ),
);

const text = fc.record({
  field: fc.constantFrom('product', 'place.city', 'note'),
  op: fc.constantFrom('startsWith', 'contains'),
  value: fc.constantFrom('l', 'SECRET', '.', 'on'),
});

const { condition } = fc.letrec<{ condition: object }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(comparison, text),
    fc.record({ and: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const direction = fc.constantFrom('asc', 'desc');
const some = <T>(values: readonly T[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const sortBy = (names: readonly string[]) =>
  some(names, 3).chain((fields) =>
    fc.tuple(...fields.map((field) => fc.record({ field: fc.constant(field), direction }))),
  );

const find = fc.record(
  {
    projection: some([...PATHS, 'extra'], 5),
    filter: condition,
    sort: sortBy(PATHS),
    limit: fc.integer({ min: 1, max: 50 }),
    skip: fc.integer({ min: 0, max: 30 }),
  },
  { requiredKeys: ['projection'] },
);

const measures = fc.uniqueArray(
  fc.oneof(
    fc.record({ name: fc.constantFrom('a', 'b', 'c'), op: fc.constant('count') }),
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      op: fc.constantFrom('sum', 'avg', 'min', 'max'),
      field: fc.constantFrom(...SINGLE),
    }),
  ),
  { minLength: 1, maxLength: 3, selector: ({ name }) => name },
);

const aggregate = fc.tuple(some(SINGLE, 3), measures).chain(([group, chosen]) =>
  fc.record(
    {
      group: fc.constant(group),
      measures: fc.constant(chosen),
      filter: condition,
      sort: sortBy([...group, ...chosen.map(({ name }) => name)]),
      limit: fc.integer({ min: 1, max: 50 }),
    },
    { requiredKeys: ['group', 'measures'] },
  ),
);

const page = fc.record(
  {
    projection: some([...PATHS, 'extra'], 5),
    filter: condition,
    sort: sortBy(SINGLE),
    limit: fc.integer({ min: 1, max: 20 }),
  },
  { requiredKeys: ['projection'] },
);

const CALLS = fc.oneof(
  fc.record({ tool: fc.constant('orders_find'), input: find as fc.Arbitrary<object> }),
  fc.record({
    tool: fc.constant('orders_count'),
    input: fc.record({ filter: condition }, { requiredKeys: [] }) as fc.Arbitrary<object>,
  }),
  fc.record({ tool: fc.constant('orders_aggregate'), input: aggregate as fc.Arbitrary<object> }),
);

it('every honest call has the same answer, whatever is private or in another scope', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(CALLS, async ({ tool, input }) => {
      const [here, there] = await Promise.all([tools.call(tool, input), otherTools.call(tool, input)]);
      expect(there).toEqual(here);
      expect(here.text).not.toContain('SECRET');
      if (!here.ok) throw new Error(here.text);
      answered += 1;
    }),
    { numRuns: 300, seed: 21 },
  );
  expect(answered).toBe(300);
});

/** Reads all pages of a question, and back to the first one. A cursor is sealed anew each time, so only its length is kept. */
async function pagesOf(from: typeof tools, input: object): Promise<readonly unknown[]> {
  const pages: unknown[] = [];
  let cursor: object = {};
  for (let name: 'after' | 'before' = 'after'; ;) {
    const answer = await from.call('orders_paginate', { ...input, ...cursor });
    expect(answer.text).not.toContain('SECRET');
    if (!answer.ok) throw new Error(answer.text);
    const { documents, next, previous } = answer.output as Record<'next' | 'previous', string | null> & {
      documents: object[];
    };
    pages.push([name, documents, next?.length, previous?.length]);
    if (name === 'after' && next === null) name = 'before';
    const onward = name === 'after' ? next : previous;
    if (onward === null) return pages;
    cursor = { [name]: onward };
  }
}

it('the pages of every honest question are the same, whatever is private or in another scope', async () => {
  let pages = 0;
  await fc.assert(
    fc.asyncProperty(page, async (input) => {
      const [here, there] = await Promise.all([pagesOf(tools, input), pagesOf(otherTools, input)]);
      expect(there).toEqual(here);
      pages += here.length;
    }),
    { numRuns: 60, seed: 21 },
  );
  expect(pages).toBeGreaterThan(120);
});

it('every command names the scope, and nothing private', async () => {
  const reads = commands.filter(({ commandName }) => commandName === 'find' || commandName === 'aggregate');
  expect(reads.length).toBeGreaterThan(200);
  for (const { command } of reads) {
    const sent = JSON.stringify(command);
    expect(sent).toContain('"tenant_id"');
    expect(sent).not.toMatch(/cost_center|margin|door_code/);
  }
});
