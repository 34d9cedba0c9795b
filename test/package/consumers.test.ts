import { randomUUID } from 'node:crypto';

import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { packApp } from './support/packed-app.ts';

const uri = new URL(inject('mongodbUri'));
uri.pathname = `/safe-collection-${randomUUID()}`;
const MONGODB_URI = uri.href;

const client = new MongoClient(MONGODB_URI);
const app = await packApp();

beforeAll(async () => {
  await client
    .db()
    .collection('users')
    .insertOne({ username: 'ada', password_hash: 'zebra', profile: { bio: 'Engines.', ssn: 'zebra' } });
});
afterAll(async () => {
  await client.db().dropDatabase();
  await client.close();
  await app.remove();
});

/** A program that uses the installed package: a read, a refusal, and a check of the output. */
const READS = `
async function reads({ defineView, op, SafeCollection, RefusedCallError }, { MongoClient }) {
  const client = await new MongoClient(process.env.MONGODB_URI).connect();
  const view = defineView()({ public: { username: 1, 'profile.bio': 1 } });
  const users = new SafeCollection(client.db().collection('users'), view);
  await assert.rejects(users.findOne({}, {}), RefusedCallError);
  await assert.rejects(users.findOne({ username: { $ne: '' } }, { projection: view }), RefusedCallError);
  const found = await users.find({ username: op({ $gte: 'a' }) }, { projection: view }).toArray();
  const cursor = users.find({}, { projection: ['username'] });
  for await (const user of cursor) assert.deepEqual(user, { username: 'ada' });
  console.log(JSON.stringify(found));
  await client.close();
}
`;

const FOUND = '[{"username":"ada","profile":{"bio":"Engines."}}]\n';

it('a program of ES modules installs the package, reads, and is refused', async () => {
  const printed = await app.run(
    'reads.mjs',
    `import assert from 'node:assert'; import * as mongodb from 'mongodb'; import * as main from 'safe-collection'; ${READS} await reads(main, mongodb);`,
    { MONGODB_URI },
  );
  expect(printed).toBe(FOUND);
});

it('a program of CommonJS installs the package, reads, and is refused', async () => {
  const printed = await app.run(
    'reads.cjs',
    `const assert = require('node:assert'); ${READS} reads(require('safe-collection'), require('mongodb')).catch((error) => { console.error(error); process.exitCode = 1; });`,
    { MONGODB_URI },
  );
  expect(printed).toBe(FOUND);
});
