import { Code, Long, ObjectId, type CommandStartedEvent } from 'mongodb';
import { createSafeDb, defineView, op, opaqueId, SafeCollection, trusted } from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { callContext, type CallContext } from '../../src/errors/call-context.ts';
import { NO_JOINS } from '../../src/plan/pipeline/joins.ts';
import { planAggregate } from '../../src/plan/plan-aggregate.ts';
import type { AggregatePlan } from '../../src/plan/plan.ts';
import { policyOf } from '../../src/view/policies.ts';
import type { ViewPolicy } from '../../src/view/policy.ts';
import { twoWorlds } from '../support/worlds.ts';

interface Row {
  username: string;
  age: number;
  flag: boolean;
  secret: string;
}

/** A separate view for each test, with nothing remembered. */
function freshContext(publicPaths: object = { username: 1, age: 1, flag: 1 }): CallContext<ViewPolicy> {
  const view = defineView<Row>()({ public: publicPaths } as { public: { username: 1; age: 1; flag: 1 } });
  return callContext('aggregate', 'rows', policyOf(view, callContext('test', 'rows')), undefined);
}

function plan(pipeline: unknown, call: CallContext<ViewPolicy>, options?: unknown): AggregatePlan {
  return planAggregate(pipeline, options, call, NO_JOINS);
}

const names = { $project: { username: 1 } };

/** The value that a pipeline puts into each document, as it is sent. */
function literalIn({ pipeline }: AggregatePlan): unknown {
  const project = pipeline.at(-1)?.['$project'] as { value: { $literal: unknown } };
  return project.value.$literal;
}

function withLiteral(value: unknown): object[] {
  return [{ $project: { value: { $literal: value } } }];
}

describe('a pipeline that was sent before', () => {
  it('has the same shape and the same stages, whatever its leading filters say', () => {
    const call = freshContext();
    const first = plan([{ $match: { age: 1 } }, { $sort: { age: 1 } }, { $limit: 5 }, names], call);
    const second = plan([{ $match: { username: op({ $in: ['ada'] }) } }, { $limit: 9 }, names], call);
    expect(second.shape).toBe(first.shape);
    expect(second.pipeline.at(-1)).toBe(first.pipeline.at(-1));
    expect(JSON.stringify(second.pipeline)).toBe(
      '[{"$match":{"username":{"$in":["ada"]}}},{"$limit":9},{"$project":{"username":1,"_id":0}}]',
    );
  });

  it('is frozen at all depths, because it is sent again', () => {
    const stages = [{ $group: { _id: { name: '$username' }, n: { $sum: { $add: ['$age', 1] } } } }];
    const group = plan(stages, freshContext()).pipeline.at(-1);
    const fields = group?.['$group'] as { _id: object; n: { $sum: { $add: unknown[] } } };
    for (const part of [group, fields, fields._id, fields.n, fields.n.$sum, fields.n.$sum.$add])
      expect(Object.isFrozen(part)).toBe(true);
  });

  const values = [
    0,
    -0,
    1,
    '1',
    '1,',
    NaN,
    'NaN',
    true,
    'true',
    't',
    false,
    null,
    'null',
    '',
    '"',
    '1"1',
    [1],
    ['1'],
    [[1]],
    [1, 1],
    [],
    [[]],
    {},
    { a: 1 },
    { a: '1' },
    { b: 1 },
    { a: 1, b: 1 },
    { b: 1, a: 1 },
    [{ a: 1 }],
    ['a', 1],
    { a: [] },
    { a: {} },
    1e21,
    '1e+21',
    Infinity,
    -Infinity,
  ];

  it('is another one if one value in it is another, or of another type', () => {
    const call = freshContext();
    for (let round = 0; round < 2; round += 1) {
      const sent = values.map((value) => literalIn(plan(withLiteral(value), call)));
      for (const [index, value] of values.entries()) {
        expect(Object.is(sent[index], value) || JSON.stringify(sent[index]) === JSON.stringify(value)).toBe(true);
        expect(typeof sent[index]).toBe(typeof value);
        if (typeof value === 'object' && value !== null) expect(sent[index]).toEqual(value);
      }
    }
  });

  it('is another one if its keys or its stages are in another order', () => {
    const call = freshContext();
    const one = plan([{ $project: { username: 1, age: 1 } }, { $sort: { age: 1 } }, { $limit: 2 }], call);
    const other = plan([{ $project: { age: 1, username: 1 } }, { $limit: 2 }, { $sort: { age: 1 } }], call);
    expect([...one.shape.children.keys()]).toEqual(['username', 'age']);
    expect([...other.shape.children.keys()]).toEqual(['age', 'username']);
    expect(other.pipeline.slice(-2)).toEqual([{ $limit: 2 }, { $sort: new Map([['age', 1]]) }]);
  });

  it('is checked against each view, also if the other one allows it', () => {
    const all = freshContext();
    const few = freshContext({ username: 1 });
    const stages = [{ $group: { _id: '$age' } }];
    plan(stages, all);
    expect(() => plan(stages, few)).toThrow('age');
    plan(stages, all);
    expect(() => plan(stages, few)).toThrow('age');
  });

  it.each([
    ['a private path', [{ $project: { secret: 1 } }]],
    ['no shape', [{ $addFields: { more: 1 } }]],
    ['a stage that is not allowed', [{ $out: 'copy' }, names]],
  ])('is refused each time if it is refused: %s', (_what, stages) => {
    const call = freshContext();
    const fault = (): unknown => {
      try {
        return plan(stages, call);
      } catch (error) {
        return JSON.stringify(error);
      }
    };
    const first = fault();
    expect(first).toContain('RefusedCallError');
    expect(fault()).toBe(first);
  });

  it('counts all its stages each time', () => {
    const call = freshContext();
    const stages = [names, ...Array.from({ length: 10 }, () => ({ $limit: 1 }))];
    plan(stages, call);
    const head = Array.from({ length: 990 }, () => ({ $limit: 1 }));
    expect(() => plan([...head, ...stages], call)).toThrow('more than 1000 stages');
  });

  it('has a sort of its own each time', () => {
    const call = freshContext();
    const [one, other] = [0, 1].map(() => plan([names, { $sort: { username: 1 } }], call));
    expect(other?.shape).toBe(one?.shape);
    expect(other?.pipeline.at(-1)).toEqual(one?.pipeline.at(-1));
    expect(other?.pipeline.at(-1)?.['$sort']).not.toBe(one?.pipeline.at(-1)?.['$sort']);
  });

  it('is parsed each time if it has a value that JSON does not have', () => {
    const call = freshContext();
    const date = new Date(0);
    const dated = (value: unknown) => plan([names, { $match: { username: value } }, names], call).pipeline.at(-2);
    expect(dated(date.toJSON())).toEqual({ $match: { username: date.toJSON() } });
    expect(dated(date)).toEqual({ $match: { username: date } });
    expect(dated(Long.ONE)).not.toBe(dated(Long.ONE));
    expect(dated(op({ $gt: 'a' }))).toEqual({ $match: { username: { $gt: 'a' } } });
    expect(dated(op({ $lt: 'a' }))).toEqual({ $match: { username: { $lt: 'a' } } });
  });

  it('is forgotten if a client varies its pipelines, so that they take no more and more memory', () => {
    const call = freshContext();
    const early = plan([names], call);
    for (let index = 1; index < 1_000; index += 1) plan([names, { $limit: index }], call);
    const late = plan([names], call);
    expect(late.shape).not.toBe(early.shape);
    expect(late.pipeline).toEqual(early.pipeline);
    expect(plan([names], call).shape).toBe(late.shape);
    expect(() => plan([{ $project: { secret: 1 } }], call)).toThrow('secret');
  });

  it('is parsed each time if its text is long', () => {
    const call = freshContext();
    const long = withLiteral('x'.repeat(3_000));
    expect(plan(long, call).shape).not.toBe(plan(long, call).shape);
  });

  it('is parsed each time if it makes many fields of a short text', () => {
    const call = freshContext();
    const doubling = (count: number) => [
      ...Array.from({ length: count }, (_, index) => ({ $addFields: { [`x${index}`]: '$$ROOT' } })),
      { $project: { [`x${count - 1}`]: 1 } },
    ];
    expect(plan(doubling(6), call).shape).toBe(plan(doubling(6), call).shape);
    expect(plan(doubling(11), call).shape).not.toBe(plan(doubling(11), call).shape);
  });

  it('is forgotten sooner if the pipelines are large', () => {
    const call = freshContext();
    const large = (limit: number) => [
      { $project: Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}`, '$age'])) },
      { $limit: limit },
    ];
    const first = plan(large(1), call);
    for (let index = 2; index < 190; index += 1) plan([names, { $limit: index }], call);
    expect(plan(large(1), call).shape).toBe(first.shape);
    const other = freshContext();
    const early = plan(large(1), other);
    expect(plan(large(1), other).shape).toBe(early.shape);
    for (let index = 2; index < 190; index += 1) plan(large(index), other);
    expect(plan(large(1), other).shape).not.toBe(early.shape);
  });

  it('is the same with another collation, scope or condition of the program, if it joins nothing', () => {
    const view = defineView<Row>()({ public: { username: 1, age: 1 }, scope: { flag: 1 } });
    const policy = policyOf(view, callContext('test', 'rows'));
    const [one, other] = [true, false].map((flag) =>
      callContext('aggregate', 'rows', policy, new Map([['flag', flag]])),
    );
    const first = plan([names], one as CallContext<ViewPolicy>);
    const options = {
      collation: { locale: 'en', strength: 1 },
      trusted: trusted({ filter: { secret: 'x' } }),
    };
    const second = plan([names], other as CallContext<ViewPolicy>, options);
    expect(second.shape).toBe(first.shape);
    expect(first.pipeline).toEqual([{ $match: { flag: { $eq: true } } }, { $project: { username: 1, _id: 0 } }]);
    expect(second.pipeline.slice(0, 2)).toEqual([{ $match: { flag: { $eq: false } } }, { $match: { secret: 'x' } }]);
    expect(second.pipeline.at(-1)).toBe(first.pipeline.at(-1));
  });
});

describe('on a server', () => {
  const { client, raw, users } = twoWorlds();

  /** The operand of the last stage with this name. */
  function operandOf(stages: readonly object[], name: string): unknown {
    const stage = stages.findLast((each) => name in each) as Record<string, unknown> | undefined;
    if (stage === undefined) throw new Error(`There is no ${name}.`);
    return stage[name];
  }

  it.each<[what: string, pipeline: object[], widen: (stages: readonly object[]) => unknown]>([
    [
      'a projection',
      [{ $project: { username: 1 } }, { $limit: 9 }],
      (stages) => Object.assign(operandOf(stages, '$project') as object, { password_hash: 1 }),
    ],
    [
      'a computed value',
      [{ $project: { n: { $add: ['$age', 1] } } }, { $limit: 9 }],
      (stages) => (operandOf(stages, '$project') as { n: { $add: unknown[] } }).n.$add.push(5),
    ],
    [
      'the value that stands for a drifted one',
      [{ $group: { _id: '$age' } }, { $sort: { _id: 1 } }],
      (stages) => {
        const codes: Code[] = [];
        JSON.stringify(operandOf(stages, '$addFields'), function (this: object, key) {
          const value: unknown = Reflect.get(this, key);
          if (value instanceof Code) codes.push(value);
          return value;
        });
        expect(codes).not.toEqual([]);
        for (const each of codes) each.code = 'changed';
      },
    ],
    [
      'a sort',
      [{ $group: { _id: '$username' } }, { $sort: { _id: 1 } }],
      (stages) => (operandOf(stages, '$sort') as Map<string, number>).set('_id', -1),
    ],
    [
      'the sort of a window',
      [
        { $setWindowFields: { sortBy: { age: 1 }, output: { rank: { $documentNumber: {} } } } },
        { $project: { username: 1, rank: 1 } },
        { $sort: { rank: 1 } },
      ],
      (stages) => (operandOf(stages, '$setWindowFields') as { sortBy: Map<string, number> }).sortBy.set('age', -1),
    ],
  ])('a listener of commands can not change what a later call sends: %s', async (_what, pipeline, widen) => {
    const read = async (): Promise<unknown> =>
      await users()
        .aggregate(pipeline as never)
        .toArray();
    const faults: unknown[] = [];
    const listener = ({ command }: CommandStartedEvent): void => {
      try {
        widen(operandOf([command], 'pipeline') as object[]);
      } catch (fault) {
        faults.push(fault);
      }
    };
    const before = await read();
    client.on('commandStarted', listener);
    await read();
    client.off('commandStarted', listener);
    expect(faults.every((fault) => fault instanceof TypeError)).toBe(true);
    expect(await read()).toEqual(before);
  });

  it('the rows of a join are those of each call’s own scope', async () => {
    const db = client.db(raw().dbName);
    await db.collection('teams').insertOne({ name: 'x' });
    await db.collection('notes').insertMany([
      { tenant: 'a', team: 'x', text: 'of a' },
      { tenant: 'b', team: 'x', text: 'of b' },
    ]);
    const teamView = defineView<{ name: string }>()({ public: { name: 1 }, scope: 'shared' });
    const noteView = defineView<{ tenant: string; team: string; text: string }>()({
      public: { team: 1, text: 1 },
      scope: { tenant: 1 },
    });
    const shop = createSafeDb(db, { teams: teamView, notes: noteView });
    const notesOf = async (tenant: string): Promise<unknown> =>
      await shop
        .scoped({ tenant })
        .teams.aggregate([
          { $project: { name: 1 } },
          { $lookup: { from: 'notes', localField: 'name', foreignField: 'team', as: 'notes' } },
          { $project: { 'notes.text': 1 } },
        ])
        .toArray();
    for (const tenant of ['a', 'b', 'a', 'b'])
      expect(await notesOf(tenant)).toEqual([{ notes: [{ text: `of ${tenant}` }] }]);
  });

  it('a join by a private id is checked again with another collation', async () => {
    const db = client.db(raw().dbName);
    const pens = defineView<{ box: string }>()({ public: { box: 1 } });
    const boxes = defineView<{ _id: string; size: number }>()({ public: { size: 1 }, joinable: { _id: 1 } });
    await db.collection('pens').insertOne({ box: 'b' });
    await db.collection<{ _id: string; size: number }>('boxes').insertOne({ _id: 'b', size: 2 });
    const shop = createSafeDb(db, { pens, boxes });
    const stages = [
      { $project: { box: 1 } },
      { $lookup: { from: 'boxes', localField: 'box', foreignField: '_id', as: 'boxes' } },
      { $project: { 'boxes.size': 1 } },
    ] as never;
    const loose = { collation: { locale: 'en', strength: 1 } } as never;
    for (let round = 0; round < 2; round += 1) {
      expect(await shop.pens.aggregate(stages).toArray()).toEqual([{ boxes: [{ size: 2 }] }]);
      expect(() => shop.pens.aggregate(stages, loose)).toThrow('collation');
    }
  });

  it('a join shows what the view of its own SafeDb makes public, with the conditions of its own call', async () => {
    const db = client.db(raw().dbName);
    await db.collection('shelves').insertOne({ name: 's' });
    await db.collection('books').insertMany([
      { shelf: 's', title: 'one', price: 1 },
      { shelf: 's', title: 'two', price: 2 },
    ]);
    type Book = { shelf: string; title: string; price: number };
    const shelves = defineView<{ name: string }>()({ public: { name: 1 } });
    const wide = createSafeDb(db, { shelves, books: defineView<Book>()({ public: { shelf: 1, title: 1, price: 1 } }) });
    const narrow = createSafeDb(db, { shelves, books: defineView<Book>()({ public: { shelf: 1, title: 1 } }) });
    const withBooks = (path: 'title' | 'price') =>
      [
        { $project: { name: 1 } },
        { $lookup: { from: 'books', localField: 'name', foreignField: 'shelf', as: 'books' } },
        { $project: { [`books.${path}`]: 1 } },
      ] as never;
    const all = [{ books: [{ title: 'one' }, { title: 'two' }] }];
    const cheap = { trusted: trusted({ filter: {}, joins: { books: { price: 1 } } }) } as never;
    for (let round = 0; round < 2; round += 1) {
      expect(await wide.shelves.aggregate(withBooks('price')).toArray()).toEqual([
        { books: [{ price: 1 }, { price: 2 }] },
      ]);
      expect(() => narrow.shelves.aggregate(withBooks('price'))).toThrow('price');
      expect(await narrow.shelves.aggregate(withBooks('title')).toArray()).toEqual(all);
      expect(await narrow.shelves.aggregate(withBooks('title'), cheap).toArray()).toEqual([
        { books: [{ title: 'one' }] },
      ]);
    }
  });

  it('an opaque id is opened with the keys of each collection', async () => {
    const rows = client.db(raw().dbName).collection<{ _id: ObjectId; username: string }>('sealed');
    await rows.insertOne({ _id: new ObjectId(), username: 'ada' });
    const view = defineView<{ _id: ObjectId; username: string }>()({
      name: 'sealed',
      public: { id: opaqueId('_id'), username: 1 },
    });
    const [own, other] = [1, 2].map((byte) => new SafeCollection(rows, view, { sealKeys: [Buffer.alloc(32, byte)] }));
    const found = await own?.findOne({}, { projection: ['id'] });
    const withId = (id: unknown) => [{ $project: { id: 1 } }, { $match: { id } }, { $project: { id: 1 } }] as never;
    expect(await own?.aggregate(withId(found?.id)).toArray()).toEqual([found]);
    expect(() => other?.aggregate(withId(found?.id))).toThrow('id');
  });
});
