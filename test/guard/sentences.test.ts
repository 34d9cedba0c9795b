import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, subtree, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Row {
  text: string;
  at?: Date;
  n?: number;
  secret?: string;
  opt?: { a?: number; b?: number };
  open?: Record<string, unknown>;
}

const view = defineView<Row>()({
  public: { text: 1, at: 1, n: 1, 'opt.a': 1, 'opt.b': 1, open: subtree },
  writable: { text: 1, at: 1, n: 1, 'opt.a': 1 },
});
const server = testServer();
const typed = () => createSafeDb(server.db, { rows: view }).rows;
const rows = () =>
  loose(typed()) as ReturnType<typeof loose> &
    Record<'countDocuments' | 'distinct' | 'exists', (...args: readonly unknown[]) => Promise<unknown>> &
    Record<'findPopulated', (...args: readonly unknown[]) => { toArray(): Promise<unknown> }>;
const privileged = () => new PrivilegedCollection(server.db.collection<Row>('rows'), view, { reason: 'test' });
const never = new Date('yesterday');

beforeAll(async () => {
  await server.db.collection<Row>('rows').insertMany([
    { text: 'Tea', n: 1, secret: 'x', opt: { a: 1, b: 2 } },
    { text: 'tea', n: 2 },
  ]);
});
beforeEach(() => server.forget());

/** The message of a refused call. */
async function said(call: () => unknown): Promise<{ readonly message: string; readonly path?: string }> {
  const error: unknown = await Promise.resolve()
    .then(call)
    .then(
      () => 'was not refused',
      (raised: unknown) => raised,
    );
  expect(error).toMatchObject({ name: 'RefusedCallError' });
  expect(server.sent).toEqual([]);
  return error as { readonly message: string };
}

describe('an invalid date', () => {
  it.each<readonly [string, () => unknown, string]>([
    ['in a filter', () => rows().countDocuments({ at: never }), 'at'],
    ['below $and', () => rows().countDocuments({ $and: [{ at: never }] }), 'at'],
    ['in op()', () => op({ $gte: never }), '$gte'],
    ['in a list', () => op({ $in: [new Date(0), never] }), '$in'],
    ['in $set', () => rows().updateOne({ text: 'a' }, { $set: { at: never } }), 'at'],
    ['in an insert', () => rows().insertOne({ text: 'a', at: never }), 'at'],
    ['in a bulk', () => rows().bulkWrite([{ insertOne: { document: { text: 'a', at: never } } }]), 'at'],
    ['in trusted()', () => trusted({ update: { $set: { at: never } } }), 'at'],
    ['in a pipeline', () => rows().aggregate([{ $match: { at: never } }, { $project: { text: 1 } }]), 'at'],
    ['in a privileged filter', () => privileged().countDocuments({ at: never }), 'at'],
  ])('%s is called one', async (_, call, path) => {
    const error = await said(call);
    expect(error.message).toContain(`an invalid date at '${path}'; check what it was parsed from`);
    expect(error.path).toBe(path);
  });
});

describe('a RegExp with flags that mean nothing in a query', () => {
  it.each<readonly [RegExp, string]>([
    [/a/g, "the flag 'g'"],
    [/a/y, "the flag 'y'"],
    [/a/d, "the flag 'd'"],
    [new RegExp('a', 'v'), "the flag 'v'"],
    [/a/dgi, "the flags 'g', 'd'"],
  ])('%s', async (pattern, named) => {
    for (const call of [
      () => rows().countDocuments({ text: pattern }),
      () => op({ $regex: pattern }),
      () => op({ $not: pattern }),
      () => privileged().exists({ text: pattern }),
    ]) {
      const { message } = await said(call);
      expect(message).toContain(`a RegExp with ${named}`);
      expect(message).toContain('leave it out. The flags i, m, s and u are allowed');
    }
  });

  it('does not run their code to describe them', async () => {
    const pattern = /a/g;
    for (const name of ['global', 'sticky', 'hasIndices', 'unicodeSets', 'constructor', Symbol.match]) {
      Object.defineProperty(pattern, name, { get: () => expect.unreachable() });
    }
    Object.defineProperty(pattern, 'flags', { value: 'g' });
    expect((await said(() => rows().countDocuments({ text: pattern }))).message).toContain("the flag 'g'");
  });

  it('a source with a null byte is reported too, without the value', async () => {
    const { message } = await said(() => rows().countDocuments({ text: new RegExp(['secret', ''].join('\0')) }));
    expect(message).toContain('its source must not contain null bytes');
    expect(message).not.toContain('secret');
  });
});

describe('a list of paths', () => {
  const LISTS: Readonly<Record<string, (paths: readonly string[]) => unknown>> = {
    selectFields: (paths) => view.selectFields(paths),
    select: (paths) => view.select(paths as never),
    find: (paths) => rows().find({}, { projection: paths }),
    findOneAndUpdate: (paths) => rows().findOneAndUpdate({}, { $set: { n: 1 } }, { projection: paths }),
    pick: (paths) => view.pick({}, paths as never),
    findPopulated: (paths) => rows().findPopulated({}, { projection: paths, populate: {} }),
    privileged: (paths) => privileged().findOne({}, { projection: paths } as never),
  };

  it.each(Object.entries(LISTS))('names a path that is given twice: %s', async (_, call) => {
    expect(await said(() => call(['text', 'n', 'at', 'n']))).toMatchObject({
      code: 'projection_collision',
      path: 'n',
      message: "The projection names 'n' twice: name each path once.",
    });
    expect((await said(() => call(['open.x', 'open.x']))).message).toContain("'open.x' twice");
  });

  it.each(Object.entries(LISTS))('names a path that another one covers: %s', async (name, call) => {
    const [below, above] = name === 'privileged' ? ['open.x', 'open'] : ['opt.a', 'opt'];
    for (const paths of [
      [above, below],
      [below, 'n', above],
    ]) {
      expect(await said(() => call(paths))).toMatchObject({
        code: 'projection_collision',
        path: below,
        message: `The projection names '${below}' and '${above}', which is above it: name one of them.`,
      });
    }
  });

  it('of $unset names the path that is given twice', async () => {
    expect(await said(() => rows().aggregate([{ $unset: ['n', 'text', 'n'] }, { $project: { at: 1 } }]))).toMatchObject(
      { path: 'n', message: "$unset names 'n' twice: name each path once." },
    );
  });
});

describe('a nested projection', () => {
  it.each<readonly [string, () => unknown]>([
    ['find', () => rows().find({}, { projection: { opt: { a: 1 } } })],
    ['select', () => view.select({ opt: { a: 1 } } as never)],
    ['findOneAndDelete', () => rows().findOneAndDelete({}, { projection: { opt: { a: 1 } } })],
    ['insertOne', () => rows().insertOne({ text: 'a' }, { projection: { opt: { a: 1 } } })],
    [
      'populate',
      () =>
        rows().findPopulated(
          {},
          {
            projection: ['text'],
            populate: { x: { from: 'rows', localField: 'n', foreignField: 'n', projection: { opt: { a: 1 } } } },
          },
        ),
    ],
    ['a privileged findOne', () => privileged().findOne({}, { projection: { opt: { a: 1 } } } as never)],
  ])('gets advice on how to write it: %s', async (_, call) => {
    expect(await said(call)).toMatchObject({
      code: 'projection_value',
      path: 'opt',
      message: expect.stringContaining("Nested projections are refused: write 'opt.a'."),
    });
  });

  it('is not what an operator is taken for', async () => {
    for (const mark of [{ $slice: 1 }, { $elemMatch: { a: 1 } }, {}, 0, 'x'])
      expect((await said(() => rows().find({}, { projection: { opt: mark } }))).message).not.toContain('write');
  });
});

describe('distinct() without a filter', () => {
  it('looks at every document', async () => {
    expect(await typed().distinct('text')).toEqual(['Tea', 'tea']);
    expect(await typed().distinct('opt.a')).toEqual([1]);
    const secrets = await privileged().distinct('secret');
    expect(secrets.map((secret) => secret.expose())).toEqual(['x']);
    expect(await privileged().distinct('n')).toEqual([1, 2]);
  });

  it('takes its options after an empty one', async () => {
    const collation = { locale: 'en', strength: 1 } as const;
    expect(await typed().distinct('text', {}, { collation })).toHaveLength(1);
    expect(await privileged().distinct('text', {}, { collation })).toHaveLength(1);
    expect(await typed().distinct('text', {}, { trusted: trusted({ filter: { secret: 'x' } }) })).toEqual(['Tea']);
  });

  it('is not what a filter that is undefined means', async () => {
    for (const held of [rows(), privileged() as unknown as ReturnType<typeof rows>]) {
      for (const rest of [[undefined], [undefined, {}], [null], ['x'], [{ n: undefined }]])
        await said(() => held.distinct('text', ...rest));
    }
  });

  it('holds its key to the view all the same', async () => {
    expect(await said(() => rows().distinct('secret'))).toMatchObject({ code: 'projection_path', path: 'secret' });
    await said(() => rows().distinct());
  });
});
