import { Binary, Decimal128, ObjectId, UUID } from 'mongodb';
import { defineView, SafeCollection, subtree } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { beforeAll, describe, expect, it } from 'vitest';

import { testServer } from '../write/support/server.ts';

interface Values {
  _id: unknown;
  id: ObjectId;
  decimal: Decimal128;
  binary: Binary;
  uuid: UUID;
  open: Record<string, unknown>;
}

const server = testServer();
const raw = (options = {}) => server.db.collection<Values>('values', options);
const view = defineView<Values>()({
  public: { _id: 1, id: 1, decimal: 1, binary: 1, uuid: 1, open: subtree },
  writable: { _id: 1, id: 1, decimal: 1, binary: 1, uuid: 1, open: subtree },
} as never);
interface Loose {
  [method: string]: (...args: readonly unknown[]) => Promise<unknown> & { toArray(): Promise<unknown> };
}
const values = (options = {}) => new SafeCollection(raw(options) as never, view as never) as unknown as Loose;
const call = (method: string, ...args: readonly unknown[]) => (values()[method] as Loose[string])(...args);

function make(): Omit<Values, '_id'> {
  const scalars = () => ({
    id: new ObjectId(),
    decimal: Decimal128.fromString('1.5'),
    binary: new Binary(Buffer.from('abc')),
    uuid: new UUID(),
  });
  return { ...scalars(), open: { ...scalars(), list: [scalars()] } };
}

/** The bytes that a value holds, wherever they are, each with what belongs to the same memory. */
function shared(value: unknown): string[] {
  if (value instanceof Uint8Array)
    return value.byteLength === value.buffer.byteLength ? [] : [`${value.byteLength} of ${value.buffer.byteLength}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(shared);
}

const P = { projection: view };
beforeAll(() => raw().insertMany([make(), make()] as never));

describe('the bytes of each value are in memory of their own, from', () => {
  const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
    find: () => call('find', {}, P).toArray(),
    findOne: () => call('findOne', {}, P),
    'a collection that promotes buffers': () => (values({ promoteBuffers: true })['findOne'] as Loose[string])({}, P),
    aggregate: () => call('aggregate', [{ $project: { id: 1, decimal: 1, binary: 1, uuid: 1, open: 1 } }]).toArray(),
    findOneAndUpdate: () => call('findOneAndUpdate', {}, { $set: { 'open.x': 1 } }, P),
    'distinct of an id': () => call('distinct', 'id', {}),
    'distinct of a decimal': () => call('distinct', 'decimal', {}),
    'distinct of bytes': () => call('distinct', 'binary', {}),
    'distinct of a subtree': () => call('distinct', 'open', {}),
    insertOne: () => call('insertOne', make(), P),
    'insertOne with a decimal as its _id': () => call('insertOne', { ...make(), _id: Decimal128.fromString('7.5') }, P),
    insertMany: () => call('insertMany', [make(), { ...make(), _id: Decimal128.fromString('8.5') }], P),
    bulkWrite: () => call('bulkWrite', [{ insertOne: { document: { ...make(), _id: Decimal128.fromString('9.5') } } }]),
    'an upsert': () =>
      call('updateOne', { _id: Decimal128.fromString('10.5') }, { $set: { 'open.x': 1 } }, { upsert: true }),
    pick: () => Promise.resolve((view as unknown as { pick(document: unknown): unknown }).pick(make())),
    'a privileged read': async () => {
      const found = (await (
        new PrivilegedCollection(raw() as never, defineView<Values>()({ public: { uuid: 1 } }) as never, {
          reason: 'test',
        }) as unknown as Loose
      )['findOne']?.({}, { projection: ['id', 'decimal', 'binary'] })) as Record<string, { expose(): unknown }>;
      return Object.values(found).map((sealed) => sealed.expose());
    },
  };

  it.each(Object.entries(WAYS))('%s', async (_name, read) => {
    const found = await read();
    expect(found).toBeTruthy();
    expect(shared(found)).toEqual([]);
  });

  it('a structured clone, so that it contains nothing else', async () => {
    expect(shared(structuredClone(await call('findOne', {}, P)))).toEqual([]);
  });
});
