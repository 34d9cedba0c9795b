import { createSecretKey } from 'node:crypto';

import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Db,
} from 'mongodb';
import { createSafeDb, defined, defineView, opaqueId, SafeCollection, subtree } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { IdSealer } from '../../../src/seal/id-sealer.ts';
import { idTagOf } from '../../../src/seal/id-tag.ts';
import { policyIn } from '../../../src/view/policies.ts';
import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

type Spec = Readonly<Record<string, unknown>>;

const KEY = Buffer.alloc(32, 4);
const SEAL = { sealKeys: [KEY] };

const define = (spec: unknown): never => defineView<object>()(spec as never) as never;

/** Paths of every kind: arrays in arrays, in one field or several, branches in branches, ids, and subtrees. */
const SHOWN = {
  title: 1,
  n: 1,
  'cells.v': 1,
  'cells.w': 1,
  'rows.t': 1,
  'rows.tags': 1,
  'rows.cols.v': 1,
  'rows.cols.tags': 1,
  'rows.in.x': 1,
  'rows.in.y': 1,
  'either.v': 1,
  'either.w': 1,
  flex: 1,
  deep: 1,
  nums: 1,
  grid: 1,
  'box.a': 1,
  'box.b': 1,
  'box.in.x': 1,
  'box.in.y': 1,
  'box.list': 1,
  'nest.a': 1,
  'nest.items.x': 1,
  'kept.a': 1,
  'kept.known.x': 1,
  'known.k': 1,
  'known.more.m': 1,
  ref: opaqueId('ref_id'),
  refs: opaqueId('ref_ids'),
  same: opaqueId('same'),
  'lines.text': 1,
  'lines.owner': opaqueId('lines.owner_id'),
  'held.by': opaqueId('held.by_id'),
  'held.at': 1,
  free: subtree,
  'in.free': subtree,
  'in.a': 1,
  'm.2024': 1,
  'half.a': 1,
} as const;

/** Writable paths that nobody sees: a leaf, a list, a branch, and an array of documents. */
const UNSEEN = {
  hidden: 1,
  secretList: 1,
  'shut.a': 1,
  'shut.deep.c': 1,
  'gone.x': 1,
  'half.s': 1,
  'part.w': 1,
  open: subtree,
} as const;

const BENCH = {
  name: 'bench',
  public: SHOWN,
  writable: { ...SHOWN, ref: 1, refs: 1, same: 1, 'lines.owner': 1, 'held.by': 1, ...UNSEEN },
  filterable: { pf: 1, 'half.f': 1, 'part.f': 1, 'list.f': 1 },
  arrays: {
    cells: 2,
    rows: 1,
    'rows.tags': 1,
    'rows.cols': 1,
    'rows.cols.tags': 1,
    either: [0, 1],
    flex: [0, 1],
    deep: [0, 2],
    nums: 1,
    grid: 2,
    'box.list': 1,
    'nest.items': 1,
    'kept.known': 1,
    known: 1,
    'known.more': 1,
    refs: 1,
    lines: 1,
    secretList: 1,
    gone: 1,
    list: 1,
  },
  whole: { known: 1, 'kept.known': 1 },
  geo: { place: 1, 'spots.at': 1 },
};

/** Few paths, all of which a caller may write. */
const SMALL = {
  name: 'small',
  public: {
    title: 1,
    n: 1,
    'box.a': 1,
    'box.b': 1,
    'box.in.x': 1,
    'known.k': 1,
    nums: 1,
    ref: opaqueId('ref_id'),
    'held.by': opaqueId('held.by_id'),
    'held.at': 1,
  },
  writable: {
    title: 1,
    'box.a': 1,
    'box.b': 1,
    'box.in.x': 1,
    'known.k': 1,
    nums: 1,
    ref: 1,
    'held.by': 1,
    'held.at': 1,
    hidden: 1,
  },
  arrays: { known: 1, nums: 1 },
  whole: { known: 1 },
};

const benchView = define(BENCH);

const smallView = define(SMALL);

const storedOf = (number: number): object => ({
  _id: idOf(number),
  title: `t${number}`,
  n: number,
  pf: number,
  cells: [[{ v: number, w: 1, secret: 's' }, { v: 2 }], [{ v: 3 }]],
  rows: [
    {
      t: `r${number}`,
      tags: ['a', 'b'],
      cols: [{ v: 1, tags: ['x'] }, { v: 2 }],
      in: { x: 1, y: 2, z: 3 },
      secret: 's',
    },
    { t: 'end', tags: [], cols: [] },
  ],
  either: number % 2 === 0 ? { v: 1 } : [{ v: 1 }, { v: 2, secret: 's' }],
  flex: number % 2 === 0 ? 'one' : ['one', 'two'],
  deep: number % 2 === 0 ? 5 : [[5, 6], [7]],
  nums: [1, 2, number],
  grid: [[1, number], [2]],
  box: { a: number, b: 2, in: { x: 1, y: 2, z: 3 }, list: [1, 2], c: 'private' },
  nest: { a: 1, items: [{ x: 1, y: 'private' }] },
  kept: { a: 1, known: [{ x: 1 }] },
  known: [{ k: number, more: [{ m: 1 }] }, { k: 9 }],
  ref_id: idOf(number + 1),
  ref_ids: [idOf(number), null],
  same: idOf(3),
  lines: [{ text: 'l', owner_id: idOf(number), secret: 's' }, { text: 'm' }],
  held: { by_id: idOf(2), at: 1, secret: 's' },
  free: { a: 1, list: [{ x: 1 }, { x: 2 }] },
  in: { free: { x: 1 }, a: 2, b: 'private' },
  m: { '2024': number, '2025': 1 },
  half: { a: 1, f: 2, s: 3 },
  part: { f: 1, w: 2 },
  hidden: 'h',
  secretList: [1, 2],
  shut: { a: 1, deep: { c: 2 }, z: 3 },
  gone: [{ x: 1 }],
  list: [{ f: 1, s: 2 }],
  place: { type: 'Point', coordinates: [number, 50] },
  spots: [{ at: [number, 50] }],
});

/** Documents of a deep form, and views that a call makes of them. */
export const BENCH_WORLD: AnswerWorld = {
  async store(db, only) {
    const docs = db.collection('docs');
    if (only === undefined) {
      await docs.createIndex({ title: 'text', 'rows.t': 'text' });
      await docs.createIndex({ place: '2dsphere' });
    }
    await docs.deleteMany({});
    await docs.insertMany([0, 1, 2].map(storedOf));
  },
  names: (db) => namesOf(db),
};

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const docs = db.collection<object>('docs');
  const sealer = new IdSealer([createSecretKey(KEY)]);
  const open = (view: never): object => new SafeCollection(docs, view, SEAL as never);
  const own = idOf(1);
  return {
    B: open(benchView),
    S: open(smallView),
    /** A collection with a view of these parts. */
    on: (spec: Spec): object => open(define(spec)),
    open,
    define,
    BENCH_VIEW: benchView,
    BENCH,
    SMALL,
    shop: (views: Spec): object => createSafeDb(db, views as never, SEAL as never),
    privileged: (spec: Spec): object =>
      new PrivilegedCollection(docs, define(spec), { reason: 'test', ...SEAL } as never),
    /** A validator of this function. */
    schema: (validate: unknown): object => ({ '~standard': { version: 1, vendor: 'own', validate } }),
    /** The opaque id of a document. */
    sealed: (number: number, name = 'bench'): string => sealer.seal(idOf(number).id, idTagOf(name)),
    /** Whether a view has the tree of a projection from an earlier call. */
    remembers: (view: object, projection: unknown): boolean =>
      policyIn(view)?.projections.find(projection) !== undefined,
    /** So many fields. */
    fields: (count: number, prefix: string, value: unknown = 1): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, value])),
    ID: own,
    idOf,
    SEAL,
    db,
    docs,
    subtree,
    opaqueId,
    defined,
    SafeCollection,
    PrivilegedCollection,
    Binary,
    BSONRegExp,
    Decimal128,
    Double,
    Int32,
    Long,
    MaxKey,
    MinKey,
    ObjectId,
    Timestamp,
  };
}
