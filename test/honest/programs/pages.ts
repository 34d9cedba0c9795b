import type { Page, SafeSort } from 'safe-collection';

import type { Card, Programs, userView } from '../world.ts';

const names = ({ items }: { readonly items: readonly { username: string }[] }): string[] =>
  items.map(({ username }) => username);

/** Pages with cursors. */
export const pages: Programs = {
  async 'a loop with the cursor in a variable'({ shop }) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page<{ username: string }> = await shop.users.paginate(
        {},
        { projection: ['username'], sort: { joined_at: -1 }, limit: 1, after },
      );
      seen.push(...names(page));
      after = page.next;
    } while (after !== null);
    return [seen, ['bob', 'ada']];
  },
  async 'a loop while there are others'({ shop }) {
    const ask = { projection: { username: 1 }, sort: { username: 1 }, limit: 1 } as const;
    let page = await shop.users.paginate({}, ask);
    const seen = names(page);
    while (page.hasNext) {
      page = await shop.users.paginate({}, { ...ask, after: page.next });
      seen.push(...names(page));
    }
    return [seen, ['ada', 'bob']];
  },
  async 'a handler of a request'({ shop }) {
    const list = async (
      query: { readonly after?: string; readonly before?: string },
      sort: SafeSort<typeof userView>,
    ) => {
      const { after, before } = query;
      return await shop.users.paginate(
        { deleted_at: null },
        { projection: ['username'], sort, limit: 1, after, before },
      );
    };
    const first = await list({}, { age: 1 });
    const second = await list(first.hasNext ? { after: first.next } : {}, { age: 1 });
    const back = await list(second.previous === null ? {} : { before: second.previous }, { age: 1 });
    return [
      [names(first), names(second), names(back)],
      [['bob'], ['ada'], ['bob']],
    ];
  },
  async 'a page of cards'({ shop }) {
    const cards = async (): Promise<Page<Card>> =>
      await shop.users.paginate({}, { projection: { username: 1, email: 1 }, sort: [['age', -1]], limit: 1 });
    const { items, previous } = await cards();
    return [
      [items, previous],
      [[{ username: 'ada', email: 'ada@example.com' }], null],
    ];
  },
};
