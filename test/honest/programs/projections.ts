import { SafeCollection, defineView, subtree, type Exposed } from 'safe-collection';

import { orderView, userView, type Card, type Programs, type User } from '../world.ts';

const FIELDS = ['username', 'email'] as const;
const SHAPE = { username: 1, email: 1 } as const;
const BY_ROLE = { admin: userView.select(['username', 'email']), guest: userView.select(['username']) } as const;

/** Projections that are shared, chosen and extended, and the views that they come from. */
export const projections: Programs = {
  async 'are shared constants'({ users }) {
    const byPaths = await users.findOne({ username: 'bob' }, { projection: FIELDS });
    const byObject = await users.findOne({ username: 'bob' }, { projection: SHAPE });
    const both: (Card | null)[] = [byPaths, byObject];
    const expected = { username: 'bob', email: 'bob@example.com' };
    return [both, [expected, expected]];
  },
  async 'are extended'({ users }) {
    const longer = await users.findOne({ username: 'bob' }, { projection: [...FIELDS, 'age'] });
    const larger = await users.findOne({ username: 'bob' }, { projection: { ...SHAPE, age: 1 } });
    const ages: (number | undefined)[] = [longer?.age, larger?.age];
    return [ages, [20, 20]];
  },
  async 'are chosen by a role'({ users }) {
    const read = async (role: keyof typeof BY_ROLE) =>
      users.findOne({ username: 'ada' }, { projection: BY_ROLE[role] });
    const shown = async (isAdmin: boolean) =>
      isAdmin
        ? users.findOne({ username: 'ada' }, { projection: userView })
        : users.findOne({ username: 'ada' }, { projection: ['username'] });
    return [
      [await read('guest'), (await shown(false))?.username],
      [{ username: 'ada' }, 'ada'],
    ];
  },
  async 'are chosen at run time'({ users }) {
    const user = await users.findOne(
      { username: 'ada' },
      { projection: userView.selectFields('username,age'.split(',')) },
    );
    const age: number | undefined = user?.age;
    return [age, 36];
  },
  async 'name the _id or leave it out, and a part of a map'({ users, orders }) {
    const user = await users.findOne(
      { username: 'ada' },
      { projection: { username: 1, 'settings.theme': 1, _id: false } },
    );
    const theme: number | undefined = user?.settings.theme;
    const order = await orders.findOne({ product: 'lamp' }, { projection: { lines: 1, _id: 0 } });
    return [
      [theme, order?.lines.map(({ sku }) => sku)],
      [1, ['l']],
    ];
  },
  async 'come from several views of one collection'({ rawUsers }) {
    const base = { username: 1, email: 1 } as const;
    const staff = new SafeCollection(rawUsers, defineView<User>()({ public: { ...base, internal_role: 1 } }));
    const open = new SafeCollection(rawUsers, defineView<User>()({ public: base }));
    const role: string | undefined = (await staff.findOne({ username: 'ada' }, { projection: ['internal_role'] }))
      ?.internal_role;
    return [
      [role, await open.findOne({ username: 'ada' }, { projection: ['username'] })],
      ['root', { username: 'ada' }],
    ];
  },
  async 'fit documents of classes, optional ids, and numbers as keys'({ db }) {
    class Player {
      _id?: string;
      name!: string;
      secret!: string;
      best!: { '15': number };
      perYear!: Record<number, number>;
      greet(): string {
        return this.name;
      }
    }
    const leaves = { name: 1, 'best.15': 1, perYear: subtree } as const;
    const view = defineView<Player>()({ public: { _id: 1, ...leaves }, writable: { ...leaves } });
    await db
      .collection<Omit<Player, 'greet'>>('players')
      .insertOne({ _id: 'a', name: 'n', secret: 's', best: { '15': 90 }, perYear: { 2024: 1 } });
    const players = new SafeCollection(db.collection<Player>('players'), view);
    await players.updateOne({ 'best.15': 90 }, { $set: { 'best.15': 91, 'perYear.2025': 2 } });
    const player = await players.findOne({ _id: 'a' }, { projection: { 'best.15': 1, 'perYear.2025': 1 } });
    const best: number | undefined = player?.best['15'];
    return [
      [best, player?.perYear['2025']],
      [91, 2],
    ];
  },
  async 'are promised by a function'({ orders }) {
    const send = (order: Exposed<{ product: string; quantity: number }>): string =>
      `${order.quantity} ${order.product}`;
    const card = orderView.select(['product', 'quantity']);
    const order = await orders.findOne({ product: 'desk' }, { projection: card });
    return [order && send(order), '1 desk'];
  },
};
