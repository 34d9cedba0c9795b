import { randomBytes } from 'node:crypto';

import { BSON, MongoClient, type ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, subtree, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { describe, expect, it } from 'vitest';

import { callContext } from '../../src/errors/call-context.ts';
import { pageSort } from '../../src/plan/page/page-sort.ts';
import { planPrivilegedFind } from '../../src/plan/plan-privileged.ts';
import { planFind } from '../../src/plan/plan-read.ts';
import { planWatch } from '../../src/plan/plan-watch.ts';
import { planUpdate } from '../../src/plan/plan-write.ts';
import { policyOf } from '../../src/view/policies.ts';
import { loose, type Loose } from '../write/support/loose.ts';

/*
 * What a call may name is limited: the work of a server, or of the library, would grow faster than the input. Just below each limit a call is
 * planned; above it, each method refuses it before anything is sent.
 */

interface Page {
  _id: ObjectId;
  name: string;
  settings: Record<string, unknown>;
  tags: string[];
  parts: { n: number }[];
  secret: string;
}

const view = defineView<Page>()({
  public: { name: 1, settings: subtree, tags: 1, 'parts.n': 1 },
  writable: { name: 1, settings: subtree, tags: 1 },
  arrays: { tags: 1, parts: 1 },
});

/** Nothing is sent, so no server is asked. */
const db = new MongoClient('mongodb://127.0.0.1:1').db('none');
const pages = loose(createSafeDb(db, { pages: view }, { sealKeys: [randomBytes(32)] }).pages) as Loose &
  Readonly<Record<'findJson' | 'paginate' | 'watch' | 'consume', (...args: readonly unknown[]) => unknown>>;
const privileged = loose(
  new PrivilegedCollection(db.collection<Page>('pages'), view, { reason: 'test' } as never) as never,
);

const CALL = callContext('test', 'pages', policyOf(view, callContext('test', undefined)), undefined);

const MANY = 10_000;
const paths = (count: number): string[] => Array.from({ length: count }, (_, at) => `settings.key_${at}`);
const fields = (count: number, value: unknown = 1): Record<string, unknown> =>
  Object.fromEntries(paths(count).map((path) => [path, value]));
const conditions = (count: number): object[] => Array.from({ length: count }, (_, at) => ({ name: `name ${at}` }));
const SHOWN = { projection: ['name'] };

describe('a projection names at most 10,000 paths', () => {
  it.each<readonly [name: string, call: (projection: unknown) => unknown]>([
    ['find', (projection) => pages.find({}, { projection })],
    ['findOne', (projection) => pages.findOne({}, { projection })],
    ['findJson', (projection) => pages.findJson({}, { projection })],
    ['paginate', (projection) => pages.paginate({}, { projection })],
    ['watch', (projection) => pages.watch({}, { projection })],
    ['consume', (projection) => pages.consume({}, { projection, group: 'g' }, () => undefined)],
    ['insertOne', (projection) => pages.insertOne({}, { projection })],
    ['findOneAndUpdate', (projection) => pages.findOneAndUpdate({}, { $set: { name: 'x' } }, { projection })],
    ['findOneAndDelete', (projection) => pages.findOneAndDelete({}, { projection })],
    ['select()', (projection) => view.select(projection as never)],
    ['privileged find', (projection) => privileged.find({}, { projection })],
    ['privileged findOne', (projection) => privileged.findOne({}, { projection })],
  ])('%s', async (_name, call) => {
    expect(await codeOf(() => call(paths(MANY + 1)))).toBe('projection_size');
    expect(await codeOf(() => call(fields(MANY + 1)))).toBe('projection_size');
  });

  it('selectFields()', async () => {
    expect(await codeOf(() => view.selectFields(paths(MANY + 1)))).toBe('projection_size');
  });

  it('and 10,000 are planned', () => {
    expect(leavesIn(planFind('find', {}, { projection: paths(MANY) }, CALL))).toBe(MANY);
    expect(leavesIn(planFind('find', {}, { projection: fields(MANY) }, CALL))).toBe(MANY);
    expect(leavesIn(planPrivilegedFind('find', {}, { projection: paths(MANY) }, CALL))).toBe(MANY);
  });
});

describe('an update writes at most 10,000 paths', () => {
  const update = { $set: { name: 'x' } };
  it.each<readonly [name: string, call: (update: unknown) => unknown]>([
    ['updateOne', (change) => pages.updateOne({ name: 'a' }, change)],
    ['updateMany', (change) => pages.updateMany({ name: 'a' }, change)],
    ['findOneAndUpdate', (change) => pages.findOneAndUpdate({ name: 'a' }, change, SHOWN)],
    ['bulkWrite', (change) => pages.bulkWrite([{ updateOne: { filter: { name: 'a' }, update: change } }])],
    [
      'a built bulk',
      (change) =>
        pages
          .initializeOrderedBulkOp()
          .find({ name: 'a' })
          .updateOne(change as never),
    ],
    ['a trusted one', (change) => pages.updateOne({ name: 'a' }, trusted(change as never))],
    [
      'a trusted part',
      (change) => pages.updateOne({ name: 'a' }, update, { trusted: trusted({ update: change } as never) }),
    ],
  ])('%s', async (_name, call) => {
    expect(await codeOf(() => call({ $set: fields(MANY + 1) }))).toBe('write_size');
    expect(await codeOf(() => call({ $unset: fields(1), $inc: fields(MANY) }))).toBe('write_size');
  });

  it('the parts of the caller and of the program count together', async () => {
    const own = trusted({ update: { $set: { secret: 'x' } } });
    expect(await codeOf(() => pages.updateOne({ name: 'a' }, { $set: fields(MANY) }, { trusted: own }))).toBe(
      'write_size',
    );
  });

  it.each<readonly [name: string, call: (filter: unknown) => unknown]>([
    ['updateOne', (filter) => pages.updateOne(filter as never, update, { upsert: true })],
    ['replaceOne', (filter) => pages.replaceOne(filter as never, { name: 'x' }, { upsert: true } as never)],
    ['findOneAndUpdate', (filter) => pages.findOneAndUpdate(filter as never, update, { upsert: true, ...SHOWN })],
    ['bulkWrite', (filter) => pages.bulkWrite([{ updateOne: { filter, update, upsert: true } }] as never)],
    [
      'a built bulk',
      (filter) =>
        pages
          .initializeOrderedBulkOp()
          .find(filter as never)
          .upsert()
          .updateOne(update),
    ],
    ['a trusted filter', (filter) => pages.updateOne(trusted(filter as never), update, { upsert: true })],
  ])('with those that an upsert copies from its filter: %s', async (_name, call) => {
    expect(await codeOf(() => call({ $or: conditions(MANY + 1) }))).toBe('write_size');
    expect(await codeOf(() => call({ $and: [{ $and: conditions(MANY) }, { name: 'a' }] }))).toBe('write_size');
    expect(await codeOf(() => call({ $and: conditions(MANY) }))).toBe('write_size');
  });

  it('and 10,000 are planned', () => {
    const planned = planUpdate('updateOne', { name: 'a' }, { $set: fields(MANY) }, {}, CALL);
    expect(planned).toMatchObject({ model: { kind: 'updateOne' } });
    const upsert = planUpdate('updateOne', { $or: conditions(MANY - 1) }, update, { upsert: true }, CALL);
    expect(upsert).toMatchObject({ model: { kind: 'updateOne', upsert: true } });
  });
});

describe('a sort names at most 32 paths', () => {
  const sorts = (count: number) => [fields(count), paths(count).map((path) => [path, -1])];
  it.each<readonly [name: string, call: (sort: unknown) => unknown]>([
    ['find', (sort) => pages.find({}, { ...SHOWN, sort })],
    ['paginate', (sort) => pages.paginate({}, { ...SHOWN, sort, limit: 1 })],
    ['findOneAndDelete', (sort) => pages.findOneAndDelete({}, { ...SHOWN, sort })],
    ['privileged find', (sort) => privileged.find({}, { ...SHOWN, sort })],
  ])('%s', async (_name, call) => {
    for (const sort of sorts(33)) expect(await codeOf(() => call(sort))).toBe('sort_value');
  });

  it('and 32 are planned', () => {
    for (const sort of sorts(32))
      expect(planFind('find', {}, { ...SHOWN, sort }, CALL).sort).toHaveProperty('size', 32);
  });

  it('a page adds _id, so its sort names at most 31', async () => {
    for (const sort of sorts(32))
      expect(await codeOf(() => pages.paginate({}, { ...SHOWN, sort, limit: 1 }))).toBe('sort_value');
    for (const sort of sorts(31)) expect(pageSort({ sort }, CALL)).toHaveLength(32);
  });
});

describe('a filter', () => {
  it.each<readonly [name: string, call: (filter: unknown) => unknown]>([
    ['find', (filter) => pages.find(filter, SHOWN)],
    ['countDocuments', (filter) => pages.countDocuments(filter)],
    ['deleteMany', (filter) => pages.deleteMany(filter)],
    ['aggregate', (filter) => pages.aggregate([{ $match: filter }, { $project: { name: 1 } }])],
    ['a trusted one', (filter) => pages.countDocuments(trusted(filter as never))],
    ['privileged find', (filter) => privileged.find(filter, SHOWN)],
  ])('names at most 10,000 paths in one object: %s', async (_name, call) => {
    expect(await codeOf(() => call(fields(MANY + 1)))).toBe('filter_size');
    expect(await codeOf(() => call({ $or: [{ name: 'a' }, fields(MANY + 1)] }))).toBe('filter_size');
  });

  it('may have more conditions in lists', () => {
    expect(planFind('find', { $or: conditions(3 * MANY) }, SHOWN, CALL).filter['$or']).toHaveLength(3 * MANY);
    expect(planFind('find', fields(MANY), SHOWN, CALL).filter).toMatchObject({ 'settings.key_9999': 1 });
  });
});

describe('a filter that is sent as expressions has at most 1,000 conditions', () => {
  const LARGE: Readonly<Record<string, unknown>> = {
    $or: { $or: conditions(1_001) },
    'lists in lists': { $and: [{ $nor: conditions(500) }, { $or: conditions(501) }] },
    'patterns in $in': { name: op({ $in: Array.from({ length: 1_000 }, () => /a/) }) },
    '$all in $not': { tags: op({ $not: { $all: Array.from({ length: 1_001 }, (_, at) => `t${at}`) } }) },
  };
  it.each(Object.entries(LARGE))('of streams: %s', async (_name, filter) => {
    expect(await codeOf(() => pages.watch(filter, SHOWN))).toBe('filter_size');
    expect(await codeOf(() => pages.consume(filter, { ...SHOWN, group: 'g' }, () => undefined))).toBe('filter_size');
    expect(await codeOf(() => planWatch(filter, SHOWN, CALL))).toBe('filter_size');
  });

  it('of the $elemMatch of a projection', async () => {
    const parts = (count: number) => op({ $elemMatch: { $or: Array.from({ length: count }, (_, n) => ({ n })) } });
    for (const method of ['find', 'findOne', 'findJson'] as const)
      expect(await codeOf(() => pages[method]({}, { projection: { parts: parts(1_001) } }))).toBe('filter_size');
    const page = { projection: { parts: parts(1_001) }, limit: 1 };
    expect(await codeOf(() => pages.paginate({}, page))).toBe('filter_size');
    const change = [{ name: 'a' }, { $set: { name: 'b' } }, { projection: { parts: parts(1_001) } }];
    expect(await codeOf(() => pages.findOneAndUpdate(...change))).toBe('filter_size');
    expect(planFind('find', {}, { projection: { parts: parts(1_000) } }, CALL).projection).toHaveProperty('parts');
  });

  it('and paths through at most 20 fields that may hold arrays', async () => {
    const path = (length: number) => Array.from({ length }, () => 'a').join('.');
    const watch = (length: number) =>
      planWatch({}, { ...SHOWN, trusted: trusted({ filter: { [path(length)]: 1 } }) }, CALL);
    expect(await codeOf(() => watch(21))).toBe('filter_size');
    expect(await codeOf(() => planWatch({ [`settings.${path(20)}`]: 1 }, SHOWN, CALL))).toBe('filter_size');
    expect(watch(20).plan.stages).toHaveLength(6);
  });

  it('and is planned below that, with any number of values in one $in', () => {
    expect(planWatch({ $or: conditions(1_000) }, SHOWN, CALL).plan.stages).toHaveLength(6);
    const values = Array.from({ length: 20_000 }, (_, at) => `value ${at}`);
    const size = BSON.calculateObjectSize(values);
    const { stages } = planWatch({ name: op({ $in: values }) }, SHOWN, CALL).plan;
    // For an element of an array that drifted in, for an array itself, and for a single value.
    expect(BSON.calculateObjectSize({ stages })).toBeLessThan(size * 3.1);
  });

  it('which is sent once for both images', () => {
    const { stages } = planWatch({ name: 'only once' }, SHOWN, CALL).plan;
    const forOneValue = 3;
    expect(JSON.stringify(stages).split('only once')).toHaveLength(forOneValue + 1);
  });
});

function leavesIn({ projection }: { readonly projection: object }): number {
  return Object.keys(projection).filter((path) => path !== '_id').length;
}

async function codeOf(call: () => unknown): Promise<unknown> {
  try {
    const result = await call();
    return `accepted: ${typeof result}`;
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}
