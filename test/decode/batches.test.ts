import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { notes } from './support/notes.ts';

const { fill, names, sent, safe } = notes();
const projection = { title: 1 } as const;
/** Driver 6 asks for at most 1,000 documents in each batch after the first, which has 101. */
const ALL = 1100;

beforeAll(() => fill(ALL));
beforeEach(() => {
  sent.length = 0;
});

async function count(documents: AsyncIterable<unknown>): Promise<number> {
  let number = 0;
  for await (const document of documents) number += document === null ? 0 : 1;
  return number;
}

describe('one find and no getMore', () => {
  it('for toArray() with a limit', async () => {
    expect(await safe.find({}, { projection, limit: 1000 }).toArray()).toHaveLength(1000);
    expect(names()).toEqual(['find']);
    expect(sent[0]?.command).toMatchObject({ limit: 1000 });
  });

  it('for toArray() without a limit', async () => {
    expect(await safe.find({}, { projection }).toArray()).toHaveLength(ALL);
    expect(names()).toEqual(['find']);
    expect(sent[0]?.command).not.toHaveProperty('limit');
  });

  it('for toArray() on a cursor that was given its limit, skip and sort later', async () => {
    expect(await safe.find({}, { projection }).sort({ title: 1 }).skip(10).limit(500).toArray()).toHaveLength(500);
    expect(names()).toEqual(['find']);
  });

  it('for every other way to read with a limit', async () => {
    const read = [
      () => count(safe.find({}, { projection, limit: 700 })),
      () => count(safe.find({}, { projection }).limit(700).stream()),
      async () => {
        let number = 0;
        await safe.find({}, { projection, limit: 700 }).forEach(() => void (number += 1));
        return number;
      },
      async () => {
        const cursor = safe.find({}, { projection, limit: 700 });
        let number = 0;
        while (await cursor.hasNext()) number += (await cursor.next()) === null ? 0 : 1;
        return number;
      },
    ];
    for (const each of read) {
      sent.length = 0;
      expect(await each()).toBe(700);
      expect(names()).toEqual(['find']);
    }
  });

  it('for findOne()', async () => {
    await safe.findOne({}, { projection });
    expect(names()).toEqual(['find']);
    expect(sent[0]?.command).toMatchObject({ limit: 1, singleBatch: true });
  });
});

it('aggregate() with toArray() is one command', async () => {
  const pipeline = [{ $sort: { title: 1 } }, { $project: { title: 1 } }] as const;
  expect(await safe.aggregate(pipeline).toArray()).toHaveLength(ALL);
  expect(names()).toEqual(['aggregate']);
});

describe("the driver's own batches are kept", () => {
  it('without a limit', async () => {
    expect(await count(safe.find({}, { projection }))).toBe(ALL);
    expect(names()).toEqual(['find', 'getMore']);
    expect(sent[0]?.command).not.toHaveProperty('batchSize');
    sent.length = 0;
    expect(await count(safe.aggregate([{ $project: { title: 1 } }]))).toBe(ALL);
    expect(names()).toEqual(['aggregate', 'getMore']);
    expect(sent[0]?.command['cursor']).toEqual({});
  });

  it('for toArray() after the first read', async () => {
    const cursor = safe.find({}, { projection });
    await cursor.next();
    expect(await cursor.toArray()).toHaveLength(ALL - 1);
    expect(names()).toEqual(['find', 'getMore']);
  });
});

describe("a caller's batchSize is honoured", () => {
  it.each([
    ['toArray()', () => safe.find({}, { projection, batchSize: 400 }).toArray()],
    ['toArray(), set on the cursor', () => safe.find({}, { projection }).batchSize(400).toArray()],
    ['toArray() with a limit', () => safe.find({}, { projection, batchSize: 400, limit: ALL }).toArray()],
    ['a loop', () => count(safe.find({}, { projection, batchSize: 400 }))],
  ])('by %s', async (_name, read) => {
    await read();
    expect(names().slice(0, 3)).toEqual(['find', 'getMore', 'getMore']);
    expect(sent.slice(0, 2).map(({ command }) => command['batchSize'])).toEqual([400, 400]);
  });

  it('by aggregate()', async () => {
    await safe.aggregate([{ $project: { title: 1 } }], { batchSize: 500 }).toArray();
    expect(names()).toEqual(['aggregate', 'getMore', 'getMore']);
    expect(sent[0]?.command['cursor']).toEqual({ batchSize: 500 });
  });
});

it('documents come whole and in order, however many batches they come in', async () => {
  const expected = Array.from({ length: ALL }, (_, index) => ({
    _id: index,
    title: `title ${index}`,
    parts: [{ label: 'one' }],
  }));
  for (const batchSize of [1, 2, 3, 7, 100, 549, 550, 1099, 1100, 1101]) {
    const options = { projection: { _id: 1, title: 1, 'parts.label': 1 }, batchSize } as const;
    expect(await safe.find({}, options).toArray()).toEqual(expected);
    const looped = [];
    for await (const note of safe.find({}, options)) looped.push(note);
    expect(looped).toEqual(expected);
  }
}, 60_000);

it('an empty collection returns no documents', async () => {
  const none = () => safe.find({ title: 'none' }, { projection });
  expect(await none().toArray()).toEqual([]);
  expect(await none().next()).toBeNull();
  expect(await none().hasNext()).toBe(false);
  expect(await count(none())).toBe(0);
});
