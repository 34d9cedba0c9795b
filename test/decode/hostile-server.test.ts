import { Binary, BSON, Decimal128, Long, MongoClient, ObjectId, type Document } from 'mongodb';
import { SafeCollection, SafeCollectionError } from 'safe-collection';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { Dice } from '../write/support/random-update.ts';
import { startHostileServer, type HostileServer } from './support/hostile-server.ts';
import { PROJECTION, storedUserView, surplusPaths, type StoredUser } from './support/stored-users.ts';

/*
 * A server that speaks the wire protocol and damages the documents of its answers: bytes are changed, bits are flipped, lengths get absurd. Each
 * read ends, with documents of the planned paths or with an error of the library. The message around the documents stays as it is: the driver
 * reads it, and a wrong length there makes the driver itself loop (driver 7.9). `npm run fuzz:replies` makes more.
 */

const COUNT = Number(process.env['FUZZ_REPLIES'] ?? 600);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_129);

const DOCUMENTS: readonly Document[] = [
  {
    _id: new ObjectId('65a000000000000000000001'),
    username: 'ada',
    secret: 'zebra',
    tags: ['math', 'a'.repeat(40), 'ключ'],
    profile: { bio: 'first', ssn: 'zebra' },
    addresses: [{ city: 'London', code: 'zebra' }, { city: 'Paris' }],
    settings: { theme: 'dark', n: 1, l: Long.fromNumber(7), d: Decimal128.fromString('1.5'), deep: { a: [1, [2]] } },
  },
  {
    _id: 2,
    username: null,
    tags: [],
    addresses: [],
    settings: { bytes: new Binary(Buffer.from('abc')), at: new Date(0) },
  },
  { _id: 3, username: 'cyd', tags: ['x'], addresses: [{}], settings: { p: /^a/i, t: true } },
];

const dice = new Dice(SEED);
let server: HostileServer;
let client: MongoClient;

beforeAll(async () => {
  server = await startHostileServer(answerTo, damaged);
  client = new MongoClient(server.uri);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

function answerTo(command: Document): Document {
  if ('getMore' in command) return { cursor: { id: Long.ZERO, nextBatch: [], ns: 'db.users' }, ok: 1 };
  const cursor = { firstBatch: DOCUMENTS, id: Long.ZERO, ns: 'db.users' };
  return 'find' in command || 'aggregate' in command ? { cursor, ok: 1 } : { ok: 1 };
}

/** The documents as they are in an answer. Their first four bytes are the length that the driver reads. */
const STORED = DOCUMENTS.map((document) => Buffer.from(BSON.serialize(document)));
const LENGTH = 4;

/** One to three changes of the bytes of documents. */
function damaged(body: Buffer, command: Document): Buffer {
  if (!('find' in command) && !('aggregate' in command)) return body;
  const bytes = Buffer.from(body);
  for (let left = dice.roll(3); left >= 0; left -= 1) {
    const document = dice.pick(STORED);
    const start = body.indexOf(document);
    change(bytes.subarray(start + LENGTH, start + document.length));
  }
  return bytes;
}

/** Changes some bytes in place. */
function change(bytes: Buffer): void {
  const at = dice.roll(bytes.length);
  const end = Math.min(at + 1 + dice.roll(8), bytes.length);
  dice.pick<() => unknown>([
    () => bytes.fill(dice.roll(256), at, at + 1),
    () => bytes.fill((bytes[at] ?? 0) ^ (1 << dice.roll(8)), at, at + 1),
    () => bytes.fill(0xff, at, end).fill(0x7f, end - 1, end),
    () => bytes.fill(0xff, at, end),
    () => bytes.fill(0, at, end),
    () => bytes.copyWithin(at, end),
    () => bytes.copyWithin(end, at),
  ])();
}

type Read = (users: SafeCollection<StoredUser, never>) => Promise<readonly object[]>;

const asked = { projection: storedUserView, signal: AbortSignal.timeout(10 * 60_000) };
const READS: readonly Read[] = [
  async (users) => await users.find({}, asked as never).toArray(),
  async (users) => [(await users.findOne({}, asked as never)) ?? {}],
  async (users) => JSON.parse((await users.findJson({}, asked as never)).text()) as object[],
  async (users) => await users.aggregate([{ $project: PROJECTION }] as never).toArray(),
];

it(
  `${COUNT} damaged answers end with planned paths or an error of the library (seed ${SEED})`,
  async () => {
    const users = new SafeCollection(
      client.db('db').collection<StoredUser>('users'),
      storedUserView,
    ) as unknown as SafeCollection<StoredUser, never>;
    const seen = { answered: 0, failed: 0 };
    for (let done = 0; done < COUNT; done += 1) {
      const read = READS[done % READS.length] as Read;
      const documents = await read(users).catch((error: unknown) => error);
      if (Array.isArray(documents)) {
        seen.answered += 1;
        expect(surplusPaths(documents), `read ${done}`).toEqual([]);
        continue;
      }
      seen.failed += 1;
      expect(documents, `read ${done}`).toBeInstanceOf(SafeCollectionError);
      expect(JSON.stringify(documents), `read ${done}`).not.toContain('zebra');
    }
    console.log(`fuzz:replies: ${COUNT} answers, ${JSON.stringify(seen)}`);
    expect(seen.failed).toBeGreaterThan(COUNT / 10);
    expect(seen.answered).toBeGreaterThan(COUNT / 100);
  },
  60_000 + COUNT * 100,
);
