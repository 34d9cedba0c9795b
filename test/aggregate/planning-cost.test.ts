import { afterEach, describe, expect, it } from 'vitest';
import { BSON, MongoClient, type Document } from 'mongodb';
import { createSafeDb, defineView, subtree, type SafeCollection } from 'safe-collection';

import { planAggregate } from '../../src/plan/plan-aggregate.ts';
import { planUpdate } from '../../src/plan/plan-write.ts';
import { policyOf } from '../../src/view/policies.ts';
import { callContext } from '../../src/errors/call-context.ts';

/** Never connected: planning sends nothing. */
const client = new MongoClient('mongodb://127.0.0.1:9');
const view = defineView<{ a: number; b: number; settings: Record<string, unknown> }>()({
  public: { a: 1, b: 1, settings: subtree },
  writable: { settings: subtree },
});
const { c } = createSafeDb(client.db('d'), { c: view });
const loose = c as unknown as SafeCollection<never, never>;

const CONTEXT = callContext('updateOne', 'c', policyOf(view, callContext('test', undefined)), undefined);

const patched: (() => void)[] = [];
afterEach(() => {
  for (const restore of patched.splice(0)) restore();
});

/** How often built-in methods that work on one element are called. A time would depend on the machine. */
function countSteps(run: () => unknown): number {
  let steps = 0;
  const count = (prototype: object, name: string): void => {
    const original = Reflect.get(prototype, name) as (...args: unknown[]) => unknown;
    const counting = function (this: unknown, ...args: unknown[]): unknown {
      steps += 1;
      return Reflect.apply(original, this, args);
    };
    Object.defineProperty(prototype, name, { value: counting, configurable: true, writable: true });
    patched.push(() => Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true }));
  };
  for (const name of ['get', 'set', 'has']) count(Map.prototype, name);
  for (const name of ['add', 'has']) count(Set.prototype, name);
  for (const name of ['push', 'includes']) count(Array.prototype, name);
  for (const name of ['split', 'startsWith']) count(String.prototype, name);
  try {
    run();
  } finally {
    for (const restore of patched.splice(0)) restore();
  }
  return steps;
}

function fields(n: number, value: (i: number) => unknown): Document {
  return Object.fromEntries(Array.from({ length: n }, (_, i) => [`f${i}`, value(i)]));
}

function repeat(n: number, stage: (i: number) => Document): Document[] {
  return Array.from({ length: n }, (_, i) => stage(i));
}

const END = { $project: { a: 1 } };
const aggregate = (stages: readonly Document[]): unknown => loose.aggregate(stages as never);

describe('the work of planning grows as its input does', () => {
  it.for<readonly [name: string, sizes: readonly [number, number], run: (n: number) => unknown]>([
    ['fields of one $addFields', [1000, 2000], (n) => aggregate([{ $addFields: fields(n, () => 1) }, END])],
    ['fields of one $project', [1000, 2000], (n) => aggregate([{ $project: fields(n, () => '$a') }])],
    [
      'dotted paths of one $project',
      [1000, 2000],
      (n) => aggregate([{ $project: Object.fromEntries(Array.from({ length: n }, (_, i) => [`settings.f${i}`, 1])) }]),
    ],
    [
      'fields of one $group',
      [1000, 2000],
      (n) => aggregate([{ $group: { _id: null, ...fields(n, () => ({ $sum: '$a' })) } }, { $project: { f0: 1 } }]),
    ],
    [
      'outputs of one $setWindowFields',
      [1000, 2000],
      (n) => aggregate([{ $setWindowFields: { sortBy: { a: 1 }, output: fields(n, () => ({ $sum: '$a' })) } }, END]),
    ],
    [
      'paths of one $unset',
      [1000, 2000],
      (n) => aggregate([{ $addFields: fields(n, () => 1) }, { $unset: Object.keys(fields(n, () => 1)) }, END]),
    ],
    ['fields of one document', [1000, 2000], (n) => aggregate([{ $project: { x: fields(n, () => '$a') } }])],
    [
      'operands of one operator',
      [1000, 2000],
      (n) => aggregate([{ $project: { x: { $ifNull: Array.from({ length: n }, () => '$$ROOT') } } }]),
    ],
    [
      'pipelines of one $facet',
      [200, 400],
      (n) => aggregate([{ $facet: fields(n, () => [{ $limit: 1 }]) }, { $project: { f0: 1 } }]),
    ],
    ['stages', [250, 500], (n) => aggregate([{ $unset: 'b' }, ...repeat(n, () => ({ $limit: 1 })), END])],
    [
      'steps of a builder',
      [100, 200],
      (n) => {
        let steps = loose.pipeline() as unknown as { limit(n: number): typeof steps };
        for (let i = 0; i < n; i += 1) steps = steps.limit(5);
        return steps;
      },
    ],
    [
      'filters',
      [1000, 2000],
      (n) => loose.find({ $or: repeat(n, (i) => ({ a: i })) } as never, { projection: ['a'] } as never),
    ],
    [
      'paths of an update through one identifier',
      [1000, 2000],
      (n) =>
        planUpdate(
          'updateOne',
          { a: 1 },
          { $set: Object.fromEntries(Array.from({ length: n }, (_, i) => [`settings.$[x].k${i}`, 1])) },
          { arrayFilters: [{ 'x.q': 1 }] },
          CONTEXT,
        ),
    ],
    [
      'paths of a projection',
      [1000, 2000],
      (n) => view.selectFields(Array.from({ length: n }, (_, i) => `settings.k${i}`)),
    ],
  ])('%s', ([, [small, large], run]) => {
    run(small);
    const [few, many] = [countSteps(() => run(small)), countSteps(() => run(large))];
    expect(few).toBeGreaterThan(small / 2);
    expect(many / few).toBeLessThan((large / small) * 1.2);
  });

  it('stages that add a field copy those that are there, of which there is a limit for the whole', () => {
    const join = (i: number): Document => ({ $lookup: { from: 'c', localField: 'a', foreignField: 'a', as: `j${i}` } });
    const [few, many] = [100, 200].map((n) => countSteps(() => aggregate([...repeat(n, join), END]))) as [
      number,
      number,
    ];
    expect(many / few).toBeLessThan(4);
    const wide = { $addFields: fields(5000, () => 1) };
    expect(() => aggregate([wide, ...repeat(300, (i) => ({ $addFields: { [`x${i}`]: 1 } })), END])).toThrow(
      expect.objectContaining({ code: 'pipeline_size' }),
    );
  });

  it('nested branches of a view', () => {
    const sizes = [2, 4, 8, 16].map((depth) => {
      const path = [...Array.from({ length: depth }, (_, i) => `b${i}`), 'leaf'].join('.');
      const deep = policyOf(
        defineView<Record<string, never>>()({ public: { [path]: 1 } } as never),
        callContext('test', undefined),
      );
      const { pipeline } = planAggregate(
        [{ $group: { _id: `$${path}` } }, { $project: { v: '$_id' } }],
        undefined,
        callContext('aggregate', 'v', deep, undefined),
        new Map(),
      );
      return BSON.calculateObjectSize({ pipeline });
    });
    const growth = sizes.slice(1).map((size, i) => size / (sizes[i] as number));
    expect(Math.max(...growth)).toBeLessThan(2);
  });
});

describe('a pipeline that is too large is refused before anything is sent', () => {
  it.for<readonly [name: string, stages: readonly Document[]]>([
    ['more stages than the server takes', [{ $unset: 'b' }, ...repeat(1000, () => ({ $limit: 1 })), END]],
    ['as many in a facet', [{ $facet: { x: repeat(1000, () => ({ $limit: 1 })) } }, { $project: { x: 1 } }]],
    ['documents that double with each stage', [...repeat(20, (i) => ({ $addFields: { [`x${i}`]: '$$ROOT' } })), END]],
    [
      'documents that double in one expression',
      [
        {
          $project: {
            x: Array.from({ length: 20 }).reduce<unknown>(
              (inner) => ({ $let: { vars: { v: inner }, in: { l: '$$v', r: '$$v' } } }),
              '$$ROOT',
            ),
          },
        },
      ],
    ],
    [
      'merged documents',
      [
        ...repeat(10, (i) => ({ $addFields: { [`x${i}`]: '$$ROOT' } })),
        { $project: fields(2000, () => ({ $ifNull: ['$x9', { y: '$$ROOT' }] })) },
      ],
    ],
    ...['$mergeObjects', '$ifNull', '$concatArrays'].map((name): readonly [string, readonly Document[]] => [
      `operands of ${name} that each add a field`,
      [{ $project: { x: { [name]: repeat(3000, (i) => ({ [`k${i}`]: '$a' })) } } }],
    ]),
    ['literals that each add a field', [{ $project: { x: { $literal: repeat(3000, (i) => ({ [`k${i}`]: 1 })) } } }]],
  ])('%s', ([, stages]) => {
    expect(() => aggregate(stages)).toThrow(expect.objectContaining({ code: 'pipeline_size' }));
  });

  it('and a large one that is not is accepted', () => {
    expect(() => aggregate([{ $unset: 'b' }, ...repeat(900, () => ({ $limit: 1 })), END])).not.toThrow();
    expect(() => aggregate([{ $project: fields(8000, () => '$a') }])).not.toThrow();
    const merged = { $mergeObjects: repeat(1000, (i) => ({ [`k${i}`]: '$a' })) };
    expect(() => aggregate([{ $project: { x: merged } }])).not.toThrow();
  });
});

it('an identifier that stands for too many arrays is refused: each condition is checked at each of them', () => {
  const plan = (n: number): unknown =>
    planUpdate(
      'updateOne',
      { a: 1 },
      { $set: Object.fromEntries(Array.from({ length: n }, (_, i) => [`settings.a${i}.$[x].b`, 1])) },
      { arrayFilters: [{ 'x.c': 1 }] },
      CONTEXT,
    );
  expect(() => plan(100)).not.toThrow();
  expect(() => plan(101)).toThrow(expect.objectContaining({ code: 'write_size' }));
});
