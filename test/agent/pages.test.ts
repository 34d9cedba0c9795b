import { expect, it } from 'vitest';

import { twoShops } from './support/shop.ts';

const { tools, globexTools, commands, log } = twoShops();
const { tools: smallTools } = twoShops({ maxBytes: 400 });

interface PageOutput {
  readonly documents: readonly object[];
  readonly next: string | null;
  readonly previous: string | null;
}

async function pageOf(input: object): Promise<PageOutput> {
  const answer = await tools.call('orders_paginate', input);
  if (!answer.ok) throw new Error(answer.text);
  expect(JSON.parse(answer.text)).toEqual(answer.output);
  return answer.output as unknown as PageOutput;
}

const BY_QUANTITY = {
  projection: ['product', 'quantity'],
  filter: { field: 'product', op: 'ne', value: 'tea' },
  sort: [{ field: 'quantity', direction: 'desc' }],
  limit: 5,
};

it('pages go forward to the last row and back to the first, each row once', async () => {
  const all = await tools.call('orders_find', { ...BY_QUANTITY, limit: 50 });
  const pages: PageOutput[] = [await pageOf(BY_QUANTITY)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null)
    pages.push(await pageOf({ ...BY_QUANTITY, after: next }));
  expect(pages.map(({ documents }) => documents.length)).toEqual([5, 5, 5, 3]);
  const quantities = (rows: readonly object[]) => rows.map((row) => (row as { quantity: number }).quantity);
  const expected = all.ok ? quantities(all.output['documents'] as object[]) : [];
  expect(quantities(pages.flatMap(({ documents }) => documents))).toEqual(expected);
  const back = await pageOf({ ...BY_QUANTITY, before: pages[1]?.previous });
  expect(back.documents).toEqual(pages[0]?.documents);
  expect(back.previous).toBeNull();
});

it('a cursor is refused for another question and for another tenant, and nothing is sent', async () => {
  const { next } = await pageOf(BY_QUANTITY);
  const asked = { ...BY_QUANTITY, after: next };
  commands.length = 0;
  const refused = [
    await tools.call('orders_paginate', { ...asked, filter: { field: 'product', op: 'ne', value: 'lamp' } }),
    await tools.call('orders_paginate', { ...asked, sort: [{ field: 'quantity', direction: 'asc' }] }),
    await tools.call('orders_paginate', { ...asked, after: `${next}A` }),
    await globexTools.call('orders_paginate', asked),
  ];
  for (const answer of refused)
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'token_invalid', instead: 'Ask for the first page again, without `after` and `before`.' },
    });
  expect(commands).toEqual([]);
});

it('a cursor does not show the values of the sort', async () => {
  const { next } = await pageOf({ ...BY_QUANTITY, sort: [{ field: 'product', direction: 'asc' }] });
  expect(Buffer.from(next ?? '', 'base64url').toString('latin1')).not.toMatch(/lamp|desk/);
});

it('a page that has more bytes than maxBytes is refused, because the next one begins after it', async () => {
  const input = { projection: ['product', 'order_date'], limit: 50 };
  expect(await smallTools.call('orders_paginate', input)).toMatchObject({
    ok: false,
    refusal: { code: 'answer_too_large', where: 'limit', instead: 'Ask for fewer documents or fewer fields.' },
  });
  expect(await smallTools.call('orders_paginate', { ...input, limit: 2 })).toMatchObject({ ok: true });
});

it('the log has the number of rows, and every command has the scope and the time limit', async () => {
  commands.length = 0;
  log.length = 0;
  await pageOf(BY_QUANTITY);
  expect(log).toMatchObject([{ tool: 'orders_paginate', view: 'orders', filterPaths: ['product'], rows: 5 }]);
  expect(commands.map(({ command }) => [command['limit'] as unknown, command['maxTimeMS'] as unknown])).toEqual([
    [6, 5_000],
  ]);
  expect(JSON.stringify(commands[0]?.command)).toContain('"tenant_id":{"$eq":"acme"}');
});
