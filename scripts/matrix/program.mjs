/**
 * A small program that runs on any runtime with the installed package: import, write, find, a page, a transaction, JSON, refusals. It
 * fails if one of them does not do what it should.
 */
import { MongoClient, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, RefusedCallError, trusted, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

const view = defineView()({
  public: { name: 1, age: 1, 'addresses.city': 1 },
  writable: { name: 1, age: 1 },
  arrays: { addresses: 1 },
});
const PROJECTION = { projection: { name: 1, age: 1 } };

function assertSame(actual, expected) {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`It gave ${one}, not ${other}.`);
}

/** The code with which a call is refused. Nothing may be sent. */
async function codeOf(call, sent) {
  const before = sent.length;
  try {
    await call();
  } catch (error) {
    if (!(error instanceof RefusedCallError)) throw error;
    assertSame(sent.length, before);
    return error.code;
  }
  throw new Error('A call was not refused.');
}

/** What can be tried without a server. */
export async function withoutServer() {
  const client = new MongoClient('mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100');
  const { users } = createSafeDb(client.db('never'), { users: view });
  assertSame(await codeOf(async () => await users.findOne({ secret: 'x' }, PROJECTION), []), 'filter_path');
  assertSame(await codeOf(async () => await users.findOne({}, { projection: { secret: 1 } }), []), 'projection_path');
  assertSame(
    await codeOf(async () => await users.updateOne({ name: 'ada' }, { $set: { secret: 1 } }), []),
    'write_path',
  );
  return ['import', 'refusals'];
}

/** All of it, with a server. */
export async function withServer(uri) {
  await withoutServer();
  const client = new MongoClient(uri, { monitorCommands: true });
  const sent = [];
  client.on('commandStarted', ({ commandName }) => sent.push(commandName));
  const db = client.db(`matrix_${new ObjectId().toHexString()}`);
  try {
    const key = new Uint8Array(32).fill(7);
    const shop = createSafeDb(db, { users: view }, { sealKeys: [key] });
    const { users } = shop;
    const secret = { trusted: trusted({ set: { secret: 'zebra', addresses: [{ city: 'London', code: 'zebra' }] } }) };
    await users.insertMany(
      [
        { name: 'ada', age: 36 },
        { name: 'bob', age: 20 },
      ],
      secret,
    );
    assertSame(await users.findOne({ name: 'ada' }, PROJECTION), { name: 'ada', age: 36 });
    const found = await users.find({ age: op({ $gte: 18 }) }, { projection: view, sort: { age: 1 } }).toArray();
    assertSame(found[0], { name: 'bob', age: 20, addresses: [{ city: 'London' }] });
    assertSame((await users.findJson({ name: 'bob' }, PROJECTION)).text(), '[{"name":"bob","age":20}]');
    const page = await users.paginate({}, { ...PROJECTION, sort: { age: 1 }, limit: 1 });
    const next = await users.paginate({}, { ...PROJECTION, sort: { age: 1 }, limit: 1, after: page.next });
    assertSame(next.items, [{ name: 'ada', age: 36 }]);
    const grouped = await users.aggregate([{ $group: { _id: null, sum: { $sum: '$age' } } }]).toArray();
    assertSame(grouped, [{ _id: null, sum: 56 }]);
    await withTransaction(shop, async ({ collections }) => {
      await collections.users.updateOne({ name: 'bob' }, { $inc: { age: 1 } });
    });
    assertSame(await users.countDocuments({ age: 21 }), 1);
    assertSame(
      await codeOf(async () => await users.find({ secret: 'zebra' }, PROJECTION).toArray(), sent),
      'filter_path',
    );
    assertSame(await codeOf(async () => await users.deleteMany({}), sent), 'filter_empty');
    const logins = new PrivilegedCollection(db.collection('users'), view, { reason: 'test' });
    const login = await logins.findOne({ name: 'ada' }, { projection: { secret: 1 } });
    assertSame([login, login.secret.expose()], [{ secret: '[redacted]' }, 'zebra']);
    assertSame((await users.deleteOne({ name: 'ada' })).deletedCount, 1);
  } finally {
    await db.dropDatabase();
    await client.close();
  }
  return ['import', 'refusals', 'write', 'find', 'page', 'pipeline', 'transaction', 'privileged read'];
}
