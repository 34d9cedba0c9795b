import {
  defineView,
  defined,
  op,
  SafeCollection,
  trusted,
  withTransaction,
  type SafeInsert,
  type SafeUpdate,
} from 'safe-collection';

import { ADA, BOB, LINE, newOrder, newUser, orderView, type userView, type Programs, type User } from '../world.ts';

const given = Date.now() > 0;

/** Writes of a caller and of the program. */
export const writes: Programs = {
  async 'a patch of optional fields'({ users, rawUsers }) {
    const patch = async (fields: Partial<Pick<User, 'username' | 'email'>>) =>
      users.updateOne({ _id: ADA }, { $set: fields });
    await patch({ email: 'new@example.com' });
    await users.updateOne(
      { _id: ADA },
      { $set: { ...(given && { username: 'ada2' }), ...(given ? { age: 37 } : {}) } },
    );
    return [
      await rawUsers.findOne({ _id: ADA }, { projection: { _id: 0, username: 1, email: 1, age: 1 } }),
      { username: 'ada2', email: 'new@example.com', age: 37 },
    ];
  },
  async 'a patch whose fields may be undefined'({ users, rawUsers }) {
    const patch = async (fields: { username?: string | undefined; email?: string | undefined }) =>
      users.updateOne({ _id: BOB }, { $set: defined(fields) });
    await patch({ username: undefined, email: 'b@example.com' });
    return [
      await rawUsers.findOne({ _id: BOB }, { projection: { _id: 0, username: 1, email: 1 } }),
      { username: 'bob', email: 'b@example.com' },
    ];
  },
  async 'an update that is built up'({ users, rawUsers }) {
    const fields: { username?: string; email?: string } = {};
    if (given) fields.email = 'c@example.com';
    await users.updateOne({ _id: BOB }, { $set: fields });
    const update: SafeUpdate<typeof userView> = { $set: { age: 21 } };
    update.$push = { tags: 'new' };
    await users.updateOne({ _id: BOB }, update);
    return [
      await rawUsers.findOne({ _id: BOB }, { projection: { _id: 0, email: 1, age: 1, tags: 1 } }),
      { email: 'c@example.com', age: 21, tags: ['new'] },
    ];
  },
  async 'an instance of a class'({ users, rawUsers }) {
    class Patch {
      email = 'class@example.com';
      age = 40;
    }
    await users.updateOne({ _id: BOB }, { $set: Object.assign({}, new Patch()) });
    return [await rawUsers.countDocuments({ email: 'class@example.com', age: 40 }), 1];
  },
  async "the program's own writes"({ users, rawUsers }) {
    await users.updateOne(
      { username: 'bob' },
      trusted({ $inc: { 'settings.visits': 1 }, $set: { internal_role: 'staff' } }),
    );
    await users.updateOne(
      { username: 'bob' },
      { $set: { age: 22 } },
      { trusted: trusted({ update: { $set: { role: 'admin' } } }) },
    );
    return [await rawUsers.countDocuments({ 'settings.visits': 1, internal_role: 'staff', role: 'admin', age: 22 }), 1];
  },
  async 'inserts of one and of many'({ users, orders }) {
    const body: SafeInsert<typeof userView> = {
      username: 'eve',
      email: 'eve@example.com',
      age: 30,
      tags: [],
      settings: {},
    };
    const { insertedId, document } = await users.insertOne(body, {
      projection: ['username'],
      trusted: trusted({ set: newUser }),
    });
    const rows = [
      { product: 'a', quantity: 1, who: ADA },
      { product: 'b', quantity: 2, who: BOB },
    ];
    const bodies = rows.map(({ product, quantity }) => ({ product, quantity, lines: [] }));
    await orders.insertMany(bodies, { trusted: trusted({ set: newOrder }) });
    await orders.insertMany(bodies, {
      trusted: trusted({ set: rows.map(({ who }) => ({ ...newOrder, user_id: who })) }),
    });
    return [
      [
        document,
        await users.exists({ _id: insertedId }),
        await orders.countDocuments({ product: op({ $in: ['a', 'b'] }) }),
      ],
      [{ username: 'eve' }, true, 4],
    ];
  },
  async 'a counter'({ db }) {
    interface Counter {
      _id: string;
      seq: number;
      likes?: number;
    }
    const view = defineView<Counter>()({ public: { seq: 1, likes: 1 }, writable: { _id: 1, seq: 1, likes: 1 } });
    const counters = new SafeCollection(db.collection<Counter>('counters'), view);
    const next = async () =>
      counters.findOneAndUpdate(
        { _id: 'order' },
        { $inc: { seq: 1 } },
        { projection: ['seq'], upsert: true, returnDocument: 'after' },
      );
    await next();
    const bump = async (key: 'seq' | 'likes') => {
      const counted: { seq?: number; likes?: number } = { [key]: 1 };
      await counters.updateOne({ _id: 'order' }, { $inc: counted });
    };
    await bump('likes');
    const seq: number | undefined = (await next())?.seq;
    return [
      [seq, (await counters.findOne({ _id: 'order' }, { projection: ['likes'] }))?.likes],
      [2, 1],
    ];
  },
  async 'subdocuments: added, changed and removed'({ orders, rawOrders }) {
    const lamp = { user_id: ADA, product: 'lamp' };
    await orders.updateOne(lamp, { $push: { lines: { _id: BOB, sku: 'x', count: 1 } } });
    await orders.updateOne({ ...lamp, 'lines.sku': 'x' }, { $set: { 'lines.$.count': 9 } });
    await orders.updateOne(lamp, { $inc: { 'lines.$[line].count': 1 } }, { arrayFilters: [{ 'line.sku': 'x' }] });
    await orders.updateOne(lamp, { $pull: { lines: { _id: LINE } } });
    await orders.updateOne(lamp, { $addToSet: { lines: { _id: BOB, sku: 'x', count: 10 } } });
    return [(await rawOrders.findOne(lamp))?.lines, [{ _id: BOB, sku: 'x', count: 10 }]];
  },
  async 'a whole branch'({ orders, rawOrders }) {
    await orders.updateOne({ product: 'desk' }, { $set: { ship: { city: 'Paris', zip: '2' } } });
    return [(await rawOrders.findOne({ product: 'desk' }))?.ship, { city: 'Paris', zip: '2' }];
  },
  async 'unions of documents and of elements'({ db }) {
    type Block = { kind: 'text'; text: string } | { kind: 'image'; url: string };
    type Event = { kind: 'message'; text: string } | { kind: 'join'; user: string };
    const leaves = { title: 1, 'blocks.kind': 1, 'blocks.text': 1, 'blocks.url': 1 } as const;
    const pages = new SafeCollection(
      db.collection<{ title: string; blocks: Block[] }>('pages'),
      defineView<{ title: string; blocks: Block[] }>()({ public: leaves, writable: leaves, arrays: { blocks: 1 } }),
    );
    const blocks: Block[] = [{ kind: 'text', text: 't' }];
    await pages.insertOne({ title: 'a', blocks });
    await pages.updateOne({ title: 'a' }, { $push: { blocks: { kind: 'image', url: 'u' } } });
    const events = new SafeCollection(
      db.collection<Event>('events'),
      defineView<Event>()({ public: { kind: 1, text: 1, user: 1 }, writable: { kind: 1, text: 1, user: 1 } }),
    );
    await events.insertOne({ kind: 'join', user: 'u' });
    const page = await pages.findOne({ title: 'a' }, { projection: ['blocks.kind'] });
    return [
      [page?.blocks.map(({ kind }) => kind), await events.countDocuments({ kind: 'join' })],
      [['text', 'image'], 1],
    ];
  },
  async 'bulks: literal, mapped, built in a loop'({ users, rawUsers }) {
    await users.bulkWrite(
      ['ada', 'bob'].map((username) => ({ updateOne: { filter: { username }, update: { $set: { age: 50 } } } })),
    );
    const models = [];
    for (const username of ['ada', 'bob'])
      models.push({ updateOne: { filter: { username }, update: { $inc: { age: 1 } } } });
    await users.bulkWrite(models);
    const bulk = users.initializeUnorderedBulkOp();
    bulk.find({ username: 'ada' }).updateOne({ $inc: { age: 1 } });
    await bulk.execute();
    return [
      await rawUsers.find({}, { projection: { _id: 0, age: 1 }, sort: { age: 1 } }).toArray(),
      [{ age: 51 }, { age: 52 }],
    ];
  },
  async 'a transaction returns a value'({ users, shop }) {
    const name = await withTransaction(shop, async (tx) => {
      const [bound, joined] = [tx.bind(users), tx.collections.orders];
      const user = await bound.findOne({ username: 'ada' }, { projection: ['username'] });
      await joined.updateMany({ product: 'lamp' }, { $inc: { quantity: 1 } });
      return user?.username ?? 'none';
    });
    const text: string = name;
    return [
      [text, await shop.orders.countDocuments({ quantity: op({ $in: [3, 6] }) })],
      ['ada', 2],
    ];
  },
  async 'the result of a projection is what the view says'({ orders }) {
    const order = await orders.findOneAndUpdate(
      { product: 'desk' },
      { $inc: { quantity: 1 } },
      { projection: orderView.select(['quantity']), returnDocument: 'after' },
    );
    return [order, { quantity: 2 }];
  },
};
