import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { expect, inject, it } from 'vitest';

import { openCountingProxy } from '../../bench/measure/counting-proxy.ts';

it('what passes between a client and the server is counted, both ways', async () => {
  const proxy = await openCountingProxy(inject('mongodbUri'));
  const client = await new MongoClient(proxy.uri).connect();
  const db = client.db(`safe-collection-${randomUUID()}`);
  try {
    await db.collection('files').insertOne({ text: 'x'.repeat(50_000) });
    expect(proxy.sent()).toBeGreaterThan(50_000);
    expect(proxy.received()).toBeLessThan(50_000);
    const before = proxy.received();
    await db.collection('files').findOne({});
    expect(proxy.received() - before).toBeGreaterThan(50_000);
    expect(proxy.received() - before).toBeLessThan(60_000);
  } finally {
    await db.dropDatabase();
    await client.close();
    await proxy.close();
  }
});
