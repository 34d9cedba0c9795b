import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, SafeCollection, trusted } from 'safe-collection';
import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Note {
  tenant: string;
  title: string;
  topic: string;
  deleted_at?: Date;
}

interface Topic {
  name: string;
  tenant: string;
  about: string;
}

const noteView = defineView<Note>()({ public: { tenant: 1, title: 1, topic: 1 } });
const topicView = defineView<Topic>()({ public: { about: 1, name: 1 } });

const server = testServer();
const db = () => createSafeDb(server.db, { notes: noteView, topics: topicView });
const notes = () => db().notes;

beforeAll(async () => {
  await server.db.collection<Note>('notes').insertMany([
    { tenant: 'A', title: 'mine', topic: 'tea' },
    { tenant: 'B', title: "B's plan", topic: 'tea' },
    { tenant: 'A', title: 'gone', topic: 'tea', deleted_at: new Date(0) },
  ]);
  await server.db.collection<Topic>('topics').insertMany([
    { name: 'tea', tenant: 'A', about: "A's words" },
    { name: 'tea', tenant: 'B', about: "B's words" },
  ]);
});
beforeEach(() => server.forget());

const MINE = { tenant: 'A', deleted_at: null };
const SAME = { from: 'notes', localField: 'topic', foreignField: 'topic', as: 'same' };
const TOPIC = { from: 'topics', localField: 'topic', foreignField: 'name', as: 'topics' };
const END = { $project: { 'same.title': 1 } };

type Stages = readonly object[];
const PIPELINES: Readonly<Record<string, { readonly stages: Stages; readonly joins: readonly string[] }>> = {
  'a join': { stages: [{ $lookup: TOPIC }, { $project: { topics: 1 } }], joins: ['topics'] },
  'a self-join': { stages: [{ $lookup: SAME }, END], joins: ['notes'] },
  'a self-join by a constant key': {
    stages: [{ $addFields: { k: ['A', 'B'] } }, { $lookup: { ...SAME, localField: 'k', foreignField: 'tenant' } }, END],
    joins: ['notes'],
  },
  'a join below $group': {
    stages: [{ $group: { _id: '$topic' } }, { $lookup: { ...TOPIC, localField: '_id' } }, { $project: { topics: 1 } }],
    joins: ['topics'],
  },
  'a join with a head of its own': {
    stages: [
      {
        $lookup: {
          ...SAME,
          pipeline: [{ $match: { title: op({ $ne: 'x' }) } }, { $sort: { title: 1 } }, { $limit: 5 }],
        },
      },
      END,
    ],
    joins: ['notes'],
  },
  'a join in $facet': {
    stages: [{ $facet: { all: [{ $lookup: SAME }, END] } }, { $project: { all: 1 } }],
    joins: ['notes'],
  },
  'a join in a join': {
    stages: [
      {
        $lookup: {
          ...TOPIC,
          pipeline: [{ $lookup: { ...SAME, localField: 'name' } }, { $project: { about: 1, 'same.title': 1 } }],
        },
      },
      { $project: { topics: 1 } },
    ],
    joins: ['topics', 'notes'],
  },
  'a join in $facet in a join': {
    stages: [
      {
        $lookup: {
          ...TOPIC,
          pipeline: [{ $facet: { f: [{ $lookup: { ...SAME, localField: 'name' } }, END] } }, { $project: { f: 1 } }],
        },
      },
      { $project: { topics: 1 } },
    ],
    joins: ['topics', 'notes'],
  },
};

const READS: Readonly<Record<string, (stages: Stages, demand: unknown) => Promise<unknown>>> = {
  aggregate: async (stages, demand) => await loose(notes()).aggregate(stages, { trusted: demand }).toArray(),
  pipeline: async (stages, demand) => await built(stages, demand).toArray(),
};

/** The same by steps. */
function built(stages: Stages, demand: unknown): { toArray(): Promise<unknown> } {
  return stages.reduce(
    (pipeline, stage) => {
      const [[name, operand]] = Object.entries(stage) as [[string, unknown]];
      return (pipeline as Record<string, (operand: unknown) => object>)[name.slice(1)]?.(operand) ?? pipeline;
    },
    notes().pipeline({ trusted: demand } as never) as object,
  ) as { toArray(): Promise<unknown> };
}

const demandOf = (joins: readonly string[]) =>
  trusted({
    filter: MINE,
    joins: Object.fromEntries(joins.map((name) => [name, name === 'notes' ? MINE : { tenant: 'A' }])),
  });

describe.each(Object.entries(READS))('what the program demands, and %s', (_, read) => {
  it.each(Object.entries(PIPELINES))('%s gives no row that it shuts out', async (__, { stages, joins }) => {
    const shown = JSON.stringify(await read(stages, demandOf(joins)));
    expect(shown).toMatch(/mine|A's words/);
    expect(shown).not.toMatch(/B's|gone/);
  });

  it.each(Object.entries(PIPELINES))(
    '%s is refused if nothing is said of a joined view',
    async (__, { stages, joins }) => {
      for (const missing of joins) {
        const rest = joins.filter((name) => name !== missing);
        const demands = [
          demandOf(rest),
          trusted({ joins: Object.fromEntries(rest.map((name) => [name, {}])) }),
          ...(rest.length === 0 ? [trusted({ filter: MINE }), trusted({ filter: {} })] : []),
        ];
        for (const demand of demands) {
          await expect(read(stages, demand)).rejects.toMatchObject({
            code: 'join_invalid',
            path: missing,
            message: expect.stringContaining(`joins: { ${missing}: filter }`),
          });
        }
      }
      expect(server.sent).toEqual([]);
    },
  );
});

it('a step that joins is refused at once', () => {
  expect(() =>
    notes()
      .pipeline({ trusted: trusted({ filter: MINE }) })
      .lookup(SAME as never),
  ).toThrow(expect.objectContaining({ code: 'join_invalid', path: 'notes' }));
});

describe('findPopulated()', () => {
  const populate = { all: { from: 'notes', localField: 'topic', foreignField: 'topic', projection: ['title'] } };
  const find = async (demand: unknown, more: object = {}) =>
    await notes()
      .findPopulated({}, {
        projection: ['title'],
        populate: { all: { ...populate.all, ...more } },
        trusted: demand,
      } as never)
      .toArray();

  it('returns no row that the condition excludes, also with justOne, filters and limits', async () => {
    const demand = demandOf(['notes']);
    expect(await find(demand)).toEqual([{ title: 'mine', all: [{ title: 'mine' }] }]);
    expect(await find(demand, { filter: { title: "B's plan" } })).toEqual([{ title: 'mine', all: [] }]);
    expect(await find(demand, { justOne: true, sort: { title: 1 } })).toEqual([
      { title: 'mine', all: { title: 'mine' } },
    ]);
    expect(await find(demand, { sort: { title: 1 }, skip: 0, limit: 1 })).toEqual([
      { title: 'mine', all: [{ title: 'mine' }] },
    ]);
  });

  it('is refused if nothing is said of a joined view', async () => {
    await expect(find(trusted({ filter: MINE }))).rejects.toMatchObject({ code: 'join_invalid', path: 'notes' });
    await expect(find(demandOf(['topics']))).rejects.toMatchObject({ code: 'join_invalid', path: 'notes' });
    expect(server.sent).toEqual([]);
  });
});

describe('the joins of trusted()', () => {
  const both = PIPELINES['a join in a join']?.stages ?? [];

  it('may have an empty filter for no condition', async () => {
    const shown = JSON.stringify(
      await READS['aggregate']?.(both, trusted({ filter: MINE, joins: { notes: {}, topics: {} } })),
    );
    expect(shown).toMatch(/B's plan.*B's words|B's words.*B's plan/);
  });

  it('may be used without a filter', async () => {
    const shown = JSON.stringify(
      await READS['aggregate']?.(PIPELINES['a join']?.stages ?? [], trusted({ joins: { topics: { tenant: 'A' } } })),
    );
    expect(shown).toContain("A's words");
    expect(shown).not.toContain("B's words");
  });

  it('have no effect for a view that is not joined', async () => {
    expect(
      await notes()
        .aggregate([{ $project: { title: 1 } }], {
          trusted: trusted({ filter: MINE, joins: { topics: { tenant: 'B' } } }),
        })
        .toArray(),
    ).toEqual([{ title: 'mine' }]);
  });

  it('come first in the joined pipeline, so that an index serves them', async () => {
    await READS['aggregate']?.(PIPELINES['a join with a head of its own']?.stages ?? [], demandOf(['notes']));
    const [first] = server.sent[0]?.command['pipeline'].filter((stage: object) => '$lookup' in stage) ?? [];
    expect(first.$lookup.pipeline.slice(0, 2)).toEqual([{ $match: MINE }, { $match: { title: { $ne: 'x' } } }]);
  });

  it.each<readonly [string, object, string]>([
    ['a name without a view', { secrets: {} }, 'join_invalid'],
    ['a name on the prototype', { constructor: {} }, 'join_invalid'],
    ['a filter of a wrong type', { notes: 7 }, 'argument_invalid'],
    ['a plain operator', { notes: { tenant: { $ne: 'A' } } }, 'filter_operator_untagged'],
    ['an operator that is not in the grammar', { notes: { $where: 'true' } }, 'filter_operator'],
  ])('refuse %s', (_, joins, code) => {
    for (const call of [
      () => loose(notes()).aggregate([{ $project: { title: 1 } }], { trusted: trusted({ joins }) }),
      () => notes().pipeline({ trusted: trusted({ joins }) } as never),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code }));
    }
    expect(server.sent).toEqual([]);
  });

  it('refuse values that are not plain objects', () => {
    expect(() =>
      loose(notes()).aggregate([{ $project: { title: 1 } }], { trusted: trusted({ joins: ['notes'] } as never) }),
    ).toThrow(expect.objectContaining({ code: 'argument_invalid', path: 'joins' }));
    expect(() =>
      loose(notes()).aggregate([{ $lookup: SAME }, END], { trusted: { filter: MINE, joins: { notes: {} } } }),
    ).toThrow(expect.objectContaining({ code: 'trusted_invalid' }));
  });

  it('are refused by a collection that joins nothing, and by every other method', async () => {
    const alone = loose(new SafeCollection(server.db.collection<Note>('notes'), noteView));
    expect(() => alone.aggregate([{ $project: { title: 1 } }], { trusted: trusted({ joins: { notes: {} } }) })).toThrow(
      expect.objectContaining({ code: 'join_invalid' }),
    );
    const demand = { trusted: trusted({ joins: { notes: {} } }) };
    const held = loose(notes()) as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    const calls: readonly (readonly [string, ...unknown[]])[] = [
      ['find', {}, { projection: ['title'], ...demand }],
      ['findOne', {}, { projection: ['title'], ...demand }],
      ['exists', {}, demand],
      ['countDocuments', {}, demand],
      ['distinct', 'title', {}, demand],
      ['insertOne', {}, demand],
      ['insertMany', [{}], demand],
      ['updateOne', {}, { $set: { title: 'x' } }, demand],
      ['deleteOne', {}, demand],
      ['findOneAndDelete', {}, { projection: ['title'], ...demand }],
      ['bulkWrite', [{ deleteOne: { filter: {}, ...demand } }]],
    ];
    for (const [method, ...args] of calls) {
      await expect((async () => await held[method]?.(...args))(), method).rejects.toMatchObject({
        name: 'RefusedCallError',
        code: 'argument_invalid',
        path: 'trusted',
      });
    }
    expect(server.sent).toEqual([]);
  });
});
