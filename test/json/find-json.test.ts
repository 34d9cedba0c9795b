import { text } from 'node:stream/consumers';

import { BSON } from 'mongodb';
import {
  createSafeDb,
  defineView,
  SafeCollection,
  SchemaDriftError,
  type Exposed,
  type ProvedJson,
  type SafeCursor,
} from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { beforeEach, describe, expect, it } from 'vitest';

import { notes, noteView } from '../decode/support/notes.ts';

const { client, db, raw, safe, sent, names, fill } = notes();
const projection = ['title', 'body', 'parts.label', '_id'] as const;
const bigints = db.collection('notes', { useBigInt64: true });

beforeEach(() =>
  fill(250, (note) => ({
    ...note,
    title: `"${note.title}"\n`,
    body: note._id % 2 === 0 ? new Date(0) : { '10': 1, '9': 2 },
  })),
);

describe('the JSON is byte for byte what JSON.stringify() writes for the objects', () => {
  it('of findJson()', async () => {
    const objects = await safe.find({}, { projection, sort: { _id: -1 } }).toArray();
    const json = await safe.findJson({}, { projection, sort: { _id: -1 } });
    expect(json.text()).toBe(JSON.stringify(objects));
    expect(Buffer.from(json.bytes).toString()).toBe(json.text());
    expect(json.length).toBe(json.bytes.length);
    expect(JSON.stringify({ json })).toBe(`{"json":${json.text()}}`);
  });

  it('of findOneJson(), and null if there is none', async () => {
    const object = await safe.findOne({ _id: 3 }, { projection });
    expect((await safe.findOneJson({ _id: 3 }, { projection }))?.text()).toBe(JSON.stringify(object));
    expect(await safe.findOneJson({ _id: -1 }, { projection })).toBeNull();
  });

  it('of cursors: find(), aggregate(), pipeline() and findPopulated()', async () => {
    const { notes: joined } = createSafeDb(db, { notes: noteView });
    const stages = [{ $match: { _id: 3 } }, { $group: { _id: '$title' } }] as const;
    const cursors = {
      find: () => safe.find({ _id: 3 }, { projection }),
      aggregate: () => safe.aggregate([...stages]),
      pipeline: () => safe.pipeline().match({ _id: 3 }).group({ _id: '$title' }).cursor(),
      findPopulated: () =>
        joined.findPopulated(
          { _id: 3 },
          {
            projection: ['title'],
            populate: { same: { from: 'notes', localField: '_id', foreignField: '_id', projection: ['title'] } },
          },
        ),
    };
    for (const open of Object.values(cursors)) {
      const expected = JSON.stringify(await open().toArray());
      expect(expected).not.toBe('[]');
      expect((await open().json()).text()).toBe(expected);
      expect(await text(open().jsonStream().node())).toBe(expected);
    }
  });

  it('of no document at all', async () => {
    expect((await safe.findJson({ _id: -1 }, { projection })).text()).toBe('[]');
    expect(await text(safe.find({ _id: -1 }, { projection }).jsonStream().node())).toBe('[]');
    expect(await text(safe.find({ _id: -1 }, { projection }).jsonStream({ format: 'ndjson' }).node())).toBe('');
  });

  it('in a session', async () => {
    const session = client.startSession();
    const json = await safe.findJson({ _id: 3 }, { projection: ['title'], session });
    await session.endSession();
    expect(json.text()).toContain('title 3');
  });
});

describe('Extended JSON', () => {
  it.each(['relaxed', 'canonical'] as const)('keeps the stored types: %s', async (ejson) => {
    const stored = await raw.findOne({ _id: 2 }, { projection: { _id: 0, title: 1, body: 1 }, promoteValues: false });
    const expected = BSON.EJSON.stringify(stored, { relaxed: ejson === 'relaxed' });
    const options = { projection: ['title', 'body'], ejson } as const;
    expect((await safe.findOneJson({ _id: 2 }, options))?.text()).toBe(expected);
    expect((await safe.findJson({ _id: 2 }, options)).text()).toBe(`[${expected}]`);
    expect((await safe.find({ _id: 2 }, { projection: ['title', 'body'] }).json({ ejson })).text()).toBe(
      `[${expected}]`,
    );
  });
});

describe('refused, with nothing sent', () => {
  const refusals: Record<string, readonly [code: string, call: () => unknown]> = {
    'a private field': ['projection_path', () => safe.findJson({}, { projection: ['secret' as never] })],
    'no projection': ['projection_missing', () => safe.findJson({}, {} as never)],
    'a private field in a filter': ['filter_path', () => safe.findOneJson({ secret: 's' } as never, { projection })],
    'another mode': ['option_value', () => safe.findJson({}, { projection, ejson: 'loose' } as never)],
    'another format': ['option_value', () => safe.find({}, { projection }).jsonStream({ format: 'csv' as never })],
    'an unknown option': ['option_unknown', () => safe.find({}, { projection }).json({ raw: true } as never)],
    'json() after map()': [
      'cursor_used',
      () =>
        safe
          .find({}, { projection })
          .map((note) => note)
          .json(),
    ],
    'jsonStream() after map()': [
      'cursor_used',
      () =>
        safe
          .find({}, { projection })
          .map((note) => note)
          .jsonStream(),
    ],
    '64-bit integers': [
      'option_value',
      () => new SafeCollection(bigints, noteView as never).findJson({}, { projection } as never),
    ],
    'a privileged read': [
      'not_sendable',
      () => {
        const logins = new PrivilegedCollection(raw, noteView, { reason: 'test' });
        return (logins.find({}, { projection: ['secret'] }) as unknown as SafeCursor<Exposed<object>>).json();
      },
    ],
  };

  it.each(Object.entries(refusals))('%s', async (_what, [code, call]) => {
    await expect((async () => await call())()).rejects.toMatchObject({ code });
    expect(names()).toEqual([]);
  });

  it('a cursor that was read, or was read as JSON', async () => {
    const read = safe.find({ _id: 3 }, { projection });
    await read.next();
    await expect(read.json()).rejects.toMatchObject({ code: 'cursor_used' });
    const written = safe.find({ _id: 3 }, { projection });
    await written.json();
    await expect(written.next()).rejects.toMatchObject({ code: 'cursor_used' });
    await expect(written.json()).rejects.toMatchObject({ code: 'cursor_used' });
    const stream = safe.find({ _id: 3 }, { projection }).jsonStream();
    await text(stream.node());
    expect(() => stream.node()).toThrow(expect.objectContaining({ code: 'cursor_used' }));
    await read.close();
  });

  it('64-bit integers become Extended JSON', async () => {
    const view = defineView<{ _id: number; title: string }>()({ public: { title: 1, _id: 1 } });
    const wide = new SafeCollection(
      db.collection<{ _id: number; title: string }>('notes', { useBigInt64: true }),
      view,
    );
    const json = await wide.findJson({ _id: 3 }, { projection: ['_id'], ejson: 'canonical' });
    expect(json.text()).toBe('[{"_id":{"$numberInt":"3"}}]');
  });
});

describe('a value of another kind than the view declares', () => {
  beforeEach(() => raw.updateOne({ _id: 240 }, { $set: { title: { secret: 's' } as never } }));

  it('ends findJson() and findOneJson()', async () => {
    await expect(safe.findJson({}, { projection })).rejects.toBeInstanceOf(SchemaDriftError);
    await expect(safe.findOneJson({ _id: 240 }, { projection })).rejects.toBeInstanceOf(SchemaDriftError);
  });

  it('ends a stream before the first byte of its batch', async () => {
    const chunks: string[] = [];
    const stream = safe.find({}, { projection: ['_id', 'title'], sort: { _id: 1 }, batchSize: 100 }).jsonStream();
    const read = (async () => {
      for await (const chunk of stream) chunks.push(Buffer.from(chunk).toString());
    })();
    await expect(read).rejects.toBeInstanceOf(SchemaDriftError);
    expect(chunks).toHaveLength(2);
    expect(chunks.join('')).toContain('title 199');
    expect(chunks.join('')).not.toContain('title 200');
  });
});

describe('a stream', () => {
  it('asks for the next batch only when the previous one was taken, and closes the cursor when it is left', async () => {
    const stream = safe.find({}, { projection: ['title'], batchSize: 100 }).jsonStream({ format: 'ndjson' });
    expect(names()).toEqual([]);
    for await (const chunk of stream) {
      expect(Buffer.from(chunk).toString().split('\n')).toHaveLength(101);
      break;
    }
    expect(names()).toEqual(['find', 'killCursors']);
  });

  it.each(['node', 'web'] as const)('of %s closes the cursor when the client goes', async (kind) => {
    const stream = safe.find({}, { projection: ['title'], batchSize: 100 }).jsonStream();
    if (kind === 'node') {
      const readable = stream.node();
      await readable[Symbol.asyncIterator]().next();
      readable.destroy();
    } else {
      const reader = stream.web().getReader();
      await reader.read();
      await reader.cancel();
    }
    await expect.poll(() => names().at(-1)).toBe('killCursors');
    expect(sent.filter(({ name }) => name === 'getMore').length).toBeLessThanOrEqual(1);
  });

  it('of lines is one JSON document in each', async () => {
    const lines = (
      await text(
        safe
          .find({}, { projection, sort: { _id: 1 } })
          .jsonStream({ format: 'ndjson' })
          .node(),
      )
    )
      .trimEnd()
      .split('\n');
    const objects = await safe.find({}, { projection, sort: { _id: 1 } }).toArray();
    expect(lines).toEqual(objects.map((object) => JSON.stringify(object)));
  });

  it('becomes a web response', async () => {
    const response = safe
      .find({ _id: 3 }, { projection: ['_id'] })
      .jsonStream()
      .response({ status: 201 });
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
    expect(await response.json()).toEqual([{ _id: 3 }]);
  });
});

describe('proved JSON', () => {
  it('can be made only by the library', async () => {
    const json = await safe.findJson({}, { projection });
    const Forged = json.constructor as new (...args: unknown[]) => ProvedJson;
    expect(() => new Forged(Buffer.from('"secret"'), Symbol('proved'))).toThrow(TypeError);
    const stream = safe.find({}, { projection }).jsonStream();
    const ForgedStream = stream.constructor as new (...args: unknown[]) => unknown;
    expect(() => new ForgedStream(() => undefined, 'application/json', Symbol('proved'))).toThrow(TypeError);
  });

  it('does not change with the bytes that it gave away', async () => {
    const json = await safe.findJson({ _id: 3 }, { projection: ['_id'] });
    json.bytes.fill(0);
    expect(json.text()).toBe('[{"_id":3}]');
    expect(await json.response().text()).toBe('[{"_id":3}]');
  });

  it('is written side by side by reads of one shape', async () => {
    const all = [0, 1, 2].map((skip) =>
      text(
        safe
          .find({}, { projection: ['_id'], batchSize: 7, skip, sort: { _id: 1 } })
          .jsonStream()
          .node(),
      ),
    );
    for (const [skip, json] of (await Promise.all(all)).entries())
      expect(JSON.parse(json)).toEqual(Array.from({ length: 250 - skip }, (_, index) => ({ _id: index + skip })));
  });
});
