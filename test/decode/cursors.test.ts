import type { CommandSucceededEvent } from 'mongodb';
import { withTransaction } from 'safe-collection';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { notes } from './support/notes.ts';

const { client, db, fill, names, raw, sent, safe } = notes();
const projection = { _id: 1, title: 1 } as const;
const ids = (found: readonly { readonly _id: number }[]): number[] => found.map(({ _id }) => _id);
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

beforeAll(() => fill(300));
beforeEach(() => {
  sent.length = 0;
});

describe.each([1, 2, 50, 1000])('a cursor with batches of %i', (batchSize) => {
  const open = () => safe.find({}, { projection, batchSize });

  it('gives each document once, however it is read', async () => {
    const cursor = open();
    const first = await cursor.next();
    expect([await cursor.hasNext(), await cursor.hasNext()]).toEqual([true, true]);
    const second = await cursor.next();
    const looped: number[] = [];
    for (const iterator = cursor[Symbol.asyncIterator](); looped.length < 60;) {
      const { value } = await iterator.next();
      if (value !== undefined) looped.push(value._id);
    }
    await cursor.hasNext();
    const rest = await cursor.toArray();
    expect([first?._id, second?._id, ...looped, ...ids(rest)]).toEqual(upTo(0, 300));
    expect(await cursor.next()).toBeNull();
    expect(await cursor.hasNext()).toBe(false);
    expect(await cursor.toArray()).toEqual([]);
  });

  it('gives each document once to reads that run at once', async () => {
    const cursor = open();
    const found = await Promise.all(Array.from({ length: 310 }, () => cursor.next()));
    expect(ids(found.filter((note) => note !== null))).toEqual(upTo(0, 300));
  });

  it('is a stream of them', async () => {
    const streamed: number[] = [];
    for await (const { _id } of open().stream()) streamed.push(_id);
    expect(streamed).toEqual(upTo(0, 300));
  });

  it('passes them through map(), one after the other', async () => {
    const double = () => open().map(({ _id }) => _id * 2);
    const looped: number[] = [];
    for await (const number of double()) looped.push(number);
    expect(looped).toEqual(upTo(0, 300).map((number) => number * 2));
    expect(await double().toArray()).toEqual(looped);
    expect(await double().next()).toBe(0);
  });

  it('never takes a null of map() for the end', async () => {
    const some = () => open().map(({ _id }) => (_id === 1 ? null : _id));
    const all = upTo(0, 300).map((number) => (number === 1 ? null : number));
    expect(await some().toArray()).toEqual(all);
    const looped: (number | null)[] = [];
    for await (const number of some()) looped.push(number);
    expect(looped).toEqual(all);
    const refused = {
      code: 'argument_invalid',
      message: expect.stringContaining('The function of map() returned null'),
    };
    const cursor = some();
    expect(await cursor.next()).toBe(0);
    await expect(cursor.next()).rejects.toMatchObject(refused);
    await expect(cursor.next()).rejects.toMatchObject({ code: 'cursor_closed' });
    const streamed: (number | null)[] = [];
    const reading = async () => {
      for await (const number of some().stream()) streamed.push(number);
    };
    await expect(reading()).rejects.toMatchObject(refused);
    expect(streamed).toEqual([0]);
  });

  it('gives nothing any more once it is closed in the middle', async () => {
    const cursor = open();
    await cursor.next();
    await cursor.close();
    await expect(cursor.next()).rejects.toMatchObject({ code: 'cursor_closed' });
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 'cursor_closed' });
  });

  it('is closed on the server when a loop ends early', async () => {
    for await (const { _id } of open()) if (_id === 3) break;
    expect(names().includes('killCursors')).toBe(batchSize < 300);
  });
});

describe('a drifted document in the middle of a batch', () => {
  const drifted = notes();
  beforeAll(() =>
    drifted.fill(300, (note) =>
      note._id === 150 ? { ...note, title: { password: 's3cret' } as unknown as string } : note,
    ),
  );

  it.each([100, 200, 1000])('ends the loop there and closes the cursor (batches of %i)', async (batchSize) => {
    drifted.sent.length = 0;
    const seen: number[] = [];
    const cursor = drifted.safe.find({}, { projection, batchSize });
    const read = async (): Promise<void> => {
      for await (const { _id } of cursor) seen.push(_id);
    };
    const error: unknown = await read().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'schema_drift', path: 'title', operation: 'find' });
    expect(String(error)).not.toContain('s3cret');
    expect(seen).toEqual(upTo(0, 150));
    expect(drifted.names().includes('killCursors')).toBe(batchSize < 300);
    await expect(cursor.next()).rejects.toMatchObject({ code: 'schema_drift' });
  });

  it('fails toArray(), which closes the cursor', async () => {
    drifted.sent.length = 0;
    await expect(drifted.safe.find({}, { projection, batchSize: 200 }).toArray()).rejects.toMatchObject({
      code: 'schema_drift',
    });
    expect(drifted.names()).toEqual(['find', 'killCursors']);
  });

  it('fails next(), findOne() and findOneAndUpdate()', async () => {
    await expect(drifted.safe.findOne({ _id: 150 }, { projection })).rejects.toMatchObject({
      code: 'schema_drift',
      operation: 'findOne',
    });
    await expect(drifted.safe.find({ _id: 150 }, { projection }).next()).rejects.toMatchObject({
      code: 'schema_drift',
    });
    const update = drifted.safe.findOneAndUpdate({ _id: 150 }, { $set: { title: 'new' } }, { projection });
    await expect(update).rejects.toMatchObject({ code: 'schema_drift', operation: 'findOneAndUpdate' });
  });
});

describe('a signal', () => {
  it('ends a loop in the middle of a batch with its own reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { _id } of safe.find({}, { projection, signal: controller.signal })) {
        seen.push(_id);
        if (_id === 4) controller.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    expect(seen).toEqual(upTo(0, 5));
  });

  it('that is aborted sends nothing', async () => {
    const signal = AbortSignal.abort(new Error('never'));
    await expect(safe.find({}, { projection, signal }).toArray()).rejects.toBe(signal.reason);
    expect(names()).toEqual([]);
  });
});

it('a transaction sees its own writes by every way to read, and leaves none of them', async () => {
  const work = withTransaction(client, async (tx) => {
    const bound = tx.bind(safe);
    const changed = await bound.findOneAndUpdate(
      { _id: 1 },
      { $set: { title: 'inside' } },
      { projection, returnDocument: 'after' },
    );
    const found = await bound.findOne({ _id: 1 }, { projection });
    const [listed] = await bound.find({ title: 'inside' }, { projection }).toArray();
    const [grouped] = await bound.aggregate([{ $match: { title: 'inside' } }, { $project: { title: 1 } }]).toArray();
    expect([changed?.title, found?.title, listed?.title, grouped?.title]).toEqual(Array(4).fill('inside'));
    throw new Error('roll back');
  });
  await expect(work).rejects.toThrow('roll back');
  expect(await raw.findOne({ _id: 1 })).toMatchObject({ title: 'title 1' });
});

describe('an error of the server', () => {
  it('of the first batch belongs to the error family, and later reads get it again', async () => {
    const cursor = safe.find({ title: /[^]/ }, { projection });
    await expect(cursor.toArray()).rejects.toMatchObject({
      code: 'server_error',
      serverCode: 51091,
      operation: 'find',
    });
    await expect(cursor.next()).rejects.toMatchObject({ code: 'server_error' });
    await expect(safe.findOne({ title: /[^]/ }, { projection })).rejects.toMatchObject({
      code: 'server_error',
      operation: 'findOne',
    });
    await expect(
      safe.aggregate([{ $match: { title: /[^]/ } }, { $project: { title: 1 } }]).next(),
    ).rejects.toMatchObject({ code: 'server_error' });
  });

  it('of a later batch comes after the documents before it', async () => {
    let id: unknown;
    client.once('commandSucceeded', ({ reply }: CommandSucceededEvent) => {
      id = (reply as { cursor: { id: unknown } }).cursor.id;
    });
    const cursor = safe.find({}, { projection, batchSize: 3 });
    expect(await cursor.next()).toEqual({ _id: 0, title: 'title 0' });
    await db.command({ killCursors: 'notes', cursors: [id] });
    expect(ids([await cursor.next(), await cursor.next()] as { _id: number }[])).toEqual([1, 2]);
    await expect(cursor.next()).rejects.toMatchObject({ code: 'server_error', serverCode: 43 });
    await expect(cursor.next()).rejects.toMatchObject({ code: 'server_error', serverCode: 43 });
  });
});
