import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, SafeCollection, withTransaction } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

interface Member {
  username: string;
  email?: string;
  secret?: string;
}

const memberView = defineView<Member>()({
  public: { username: 1, email: 1 },
  writable: { username: 1, email: 1 },
});

const server = testServer();
const raw = () => server.db.collection<Member>('members');
let members: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  members = loose(new SafeCollection(raw(), memberView));
  server.forget();
});

const SET = { $set: { email: 'e' } };
const asked = (options: object) => ({ projection: ['username', 'email'], includeUpserted: true, ...options });

describe('findOneAndUpdate with includeUpserted', () => {
  it('says that the call created the document, and nothing else of the answer', async () => {
    const after = asked({ upsert: true, returnDocument: 'after' });
    expect(await members.findOneAndUpdate({ username: 'ada' }, SET, after)).toStrictEqual({
      value: { username: 'ada', email: 'e' },
      upserted: true,
    });
    await raw().deleteMany({});
    expect(await members.findOneAndUpdate({ username: 'ada' }, SET, asked({ upsert: true }))).toStrictEqual({
      value: null,
      upserted: true,
    });
  });

  it('says that the call changed a document, or found none', async () => {
    await raw().insertOne({ username: 'ada', secret: 's' });
    expect(await members.findOneAndUpdate({ username: 'ada' }, SET, asked({ upsert: true }))).toStrictEqual({
      value: { username: 'ada' },
      upserted: false,
    });
    expect(await members.findOneAndUpdate({ username: 'bob' }, SET, asked({}))).toStrictEqual({
      value: null,
      upserted: false,
    });
  });

  it('works in a transaction', async () => {
    await raw().insertOne({ username: 'bob' });
    const plain = new SafeCollection(raw(), memberView);
    const found = await withTransaction(server.client, async (tx) => {
      const bound = loose(tx.bind(plain));
      return await bound.findOneAndUpdate({ username: 'ada' }, SET, asked({ upsert: true }));
    });
    expect(found).toStrictEqual({ value: null, upserted: true });
  });

  it('leaves the result as it is without it', async () => {
    const options = { projection: ['username'], upsert: true, includeUpserted: false };
    expect(await members.findOneAndUpdate({ username: 'ada' }, SET, options)).toBeNull();
    const absent = { projection: ['username'], upsert: true, includeUpserted: undefined };
    expect(await members.findOneAndUpdate({ username: 'ada' }, SET, absent)).toStrictEqual({ username: 'ada' });
  });

  it.each([1, 'true', null, {}])('refuses %j, and sends nothing', async (includeUpserted) => {
    const call = members.findOneAndUpdate({ username: 'ada' }, SET, asked({ includeUpserted }));
    await expect(call).rejects.toMatchObject({ code: 'option_value', path: 'includeUpserted' });
    expect(server.sent).toEqual([]);
  });

  it('is named by the error for includeResultMetadata', async () => {
    const options = { projection: ['username'], includeResultMetadata: true };
    const call = members.findOneAndUpdate({ username: 'ada' }, SET, options);
    await expect(call).rejects.toThrow(/pass includeUpserted: true/);
    expect(server.sent).toEqual([]);
  });

  it.each(['updateOne', 'updateMany', 'findOneAndDelete', 'find'] as const)('is no option of %s', async (method) => {
    const call = async () => await members[method]({ username: 'ada' }, SET, asked({}));
    await expect(call()).rejects.toMatchObject({ code: 'option_unknown' });
    expect(server.sent).toEqual([]);
  });
});
