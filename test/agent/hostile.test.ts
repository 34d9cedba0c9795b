import { expect, it } from 'vitest';

import { HOSTILE } from './support/hostile-inputs.ts';
import { twoShops } from './support/shop.ts';

const { tools, plainTools, commands } = twoShops();

it('there are more than 300 hostile calls', () => {
  expect(HOSTILE.length).toBeGreaterThan(300);
});

it.each(HOSTILE)('$what ($tool): refused, and no command is sent', async ({ tool, input }) => {
  for (const each of [tools, plainTools]) {
    commands.length = 0;
    const answer = await each.call(tool, input);
    if (each === plainTools && answer.ok) continue;
    expect(answer).toEqual({
      ok: false,
      refusal: expect.objectContaining({
        code: expect.any(String),
        what: expect.any(String),
        instead: expect.any(String),
      }),
      text: expect.any(String),
    });
    expect(JSON.parse(answer.text)).toEqual({ error: answer.ok ? undefined : answer.refusal });
    expect(answer.text).not.toMatch(/acme|globex|SECRET/);
    expect(commands).toEqual([]);
  }
});

it('a model that names the scope gets the answer for any unknown field', async () => {
  const asks: readonly ((field: string) => readonly [tool: string, input: object])[] = [
    (field: string) => ['orders_count', { filter: { field, op: 'eq', value: 'acme' } }],
    (field: string) => ['orders_find', { projection: [field] }],
    (field: string) => ['orders_find', { projection: ['product'], [field]: 'acme' }],
    (field: string) => ['orders_find', { projection: ['product'], sort: [{ field, direction: 'asc' }] }],
    (field: string) => ['orders_paginate', { projection: ['product'], sort: [{ field, direction: 'asc' }] }],
    (field: string) => ['orders_aggregate', { group: [field], measures: [{ name: 'n', op: 'count' }] }],
    (field: string) => ['orders_aggregate', { measures: [{ name: 'n', op: 'min', field }] }],
  ];
  for (const ask of asks) {
    const [first, second] = [await tools.call(...ask('tenant_id')), await tools.call(...ask('zebra_xyz'))];
    expect(first.ok).toBe(false);
    expect(first.text.replaceAll('tenant_id', 'zebra_xyz')).toBe(second.text);
  }
});

it('the descriptors do not name the scope or a private field', () => {
  expect(JSON.stringify(tools.descriptors)).not.toMatch(/tenant_id|acme|cost_center|margin|door_code/);
});

it('a refusal says what to do instead', async () => {
  const answer = await tools.call('orders_count', {
    filter: { and: [{ field: 'cost_center', op: 'eq', value: 'CC-1' }] },
  });
  expect(answer).toEqual({
    ok: false,
    refusal: {
      code: 'filter_path',
      what: "'cost_center' is not a field that conditions may name.",
      where: 'filter.and[0].field',
      instead: 'Use one of: user_id, product, quantity, is_gift, order_date, note, tags, place.city, _id.',
    },
    text: expect.any(String),
  });
});
