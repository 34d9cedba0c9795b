import type { Db, ObjectId } from 'mongodb';

import type { Paper } from './paper.ts';
import { showWrite } from './show-write.ts';

/** The services of the demo, and its user. */
export interface WriteScene {
  readonly db: Db;
  readonly usersUrl: string;
  readonly ordersUrl: string;
  readonly ada: ObjectId;
}

const EVE = { username: 'eve', email: 'eve@example.com', password: 'correct horse battery' };
const LINE = { product: 'chair', quantity: 2 };

/** Shows mass assignment, and the same requests without it: what a raw call would store, and what the routes store. */
export async function showWrites({ db, usersUrl, ordersUrl, ada }: WriteScene, paper: Paper): Promise<void> {
  const user = { 'x-user-id': ada.toHexString() };
  const signUp = { method: 'POST' as const, url: `${usersUrl}/api/user` };
  const edit = { method: 'PATCH' as const, url: `${usersUrl}/api/user/${ada.toHexString()}` };
  const order = { method: 'POST' as const, url: `${ordersUrl}/api/order`, headers: user };
  const insert = { code: 'insertOne(body)', stores: (body: object) => rawInsert(db, body) };
  const update = { code: 'updateOne({ _id }, { $set: body })', stores: (body: object) => rawUpdate(db, ada, body) };
  const raw = ({ code, stores }: typeof insert, body: object) => ({ code, stores: () => stores(body) });
  const newest = (name: string, filter: object) => async () =>
    await db.collection(name).findOne(filter, { projection: { _id: 0, user_id: 0, joined_at: 0, order_date: 0 } });
  const edited = newest('users', { _id: ada });
  const admin = { internal_role: 'admin' };

  paper.print(paper.bold('Left: what the raw call would have stored of a body. Right: what the route stores.\n'));
  await showWrite(
    { ...signUp, body: { ...EVE, ...admin }, status: 400, raw: raw(insert, { ...EVE, ...admin }) },
    paper,
  );
  await showWrite(
    { ...signUp, body: EVE, status: 201, raw: raw(insert, EVE), stored: newest('users', { username: 'eve' }) },
    paper,
  );
  await showWrite({ ...edit, body: admin, status: 400, raw: raw(update, admin) }, paper);
  const bio = { 'profile.bio': 'Counts.' };
  await showWrite(
    {
      ...edit,
      body: bio,
      status: 200,
      raw: raw(update, bio),
      stored: async () => ({ profile: { bio: (await edited())?.['profile']?.bio as unknown } }),
    },
    paper,
  );
  await showWrite(
    {
      ...order,
      body: { ...LINE, cost_center: 'CC-0' },
      status: 400,
      raw: raw(insert, { ...LINE, cost_center: 'CC-0' }),
    },
    paper,
  );
  await showWrite(
    { ...order, body: LINE, status: 201, raw: raw(insert, LINE), stored: newest('orders', { product: 'chair' }) },
    paper,
  );
}

/** The raw calls use a copy, so that the demo continues with the documents of the routes. */
async function rawInsert(db: Db, body: object): Promise<object> {
  const { insertedId } = await db.collection('raw_copy').insertOne({ ...body });
  return (await db.collection('raw_copy').findOne({ _id: insertedId }, { projection: { _id: 0 } })) ?? {};
}

async function rawUpdate(db: Db, _id: ObjectId, body: object): Promise<object> {
  const copy = db.collection('raw_copy');
  await copy.deleteMany({});
  await copy.insertOne((await db.collection('users').findOne({ _id })) ?? {});
  await copy.updateOne({ _id }, { $set: body });
  const projection = { _id: 0, ...Object.fromEntries(Object.keys(body).map((path) => [path, 1])) };
  return (await copy.findOne({ _id }, { projection })) ?? {};
}
