import { describe, it } from 'vitest';

import { openEditor } from './editor.ts';

const editor = openEditor(`import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, SafeCollection } from 'safe-collection';
interface User { _id: ObjectId; username: string; email: string; password_hash: string; profile?: { bio?: string; ssn: string } }
interface Order { _id: ObjectId; user_id: ObjectId; product: string; quantity: number }
const userView = defineView<User>()({ public: { username: 1, email: 1, 'profile.bio': 1 }, writable: { username: 1, email: 1 } });
const orderView = defineView<Order>()({ public: { product: 1, quantity: 1 }, joinable: { user_id: 1 } });
const users = new SafeCollection({} as Collection<User>, userView);
const { orders } = createSafeDb({} as Db, { users: userView, orders: orderView });
const p = { projection: ['username', 'profile.bio'] } as const;
`);

const JOIN = "{ from: 'users', localField: 'user_id', foreignField: '_id', projection: ['username'], justOne: true }";

describe.concurrent('hovering over a result shows its shape, and no type of the library that computed it', () => {
  it.for<readonly [string, string]>([
    ['users.findOne({}, p)', 'username'],
    ['users.find({}, p).toArray()', 'username'],
    ['users.find({}, p).next()', 'username'],
    ['users.findOne({}, { projection: userView })', 'email'],
    ["users.findOne({}, { projection: userView.select(['email']) })", 'email'],
    ["users.findOneAndUpdate({ username: 'a' }, { $set: { email: 'b' } }, p)", 'username'],
    ["users.findOneAndReplace({ username: 'a' }, { username: 'b', email: 'c' }, p)", 'username'],
    ["users.findOneAndDelete({ username: 'a' }, p)", 'username'],
    ['users.findJson({}, p)', 'ProvedJson'],
    ['users.findOneJson({}, p)', 'ProvedJson | null'],
    ['users.find({}, p).json()', 'ProvedJson'],
    ["orders.aggregate([{ $group: { _id: '$product', sold: { $sum: '$quantity' } } }]).toArray()", 'sold'],
    ["orders.pipeline().group({ _id: '$product', sold: { $sum: '$quantity' } }).toArray()", 'sold'],
    [`orders.findPopulated({}, { projection: ['product'], populate: { buyer: ${JOIN} } }).toArray()`, 'buyer'],
  ])('%s', async ([call, field], { expect }) => {
    const shown = await editor.hover(`const result| = await ${call};`);
    expect(shown).toContain(field);
    expect(shown).not.toMatch(/PipelineResult|Capabilities|ResultOf|PopulatedOf|Projected|password_hash|ssn/);
  });
});
