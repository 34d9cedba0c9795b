import {
  BSONSymbol,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
  type Db,
} from 'mongodb';
import { createSafeDb, defineView, opaqueId, SafeCollection, subtree } from 'safe-collection';
import { createMongoView, PrivilegedCollection } from 'safe-collection/privileged';

import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

const SEAL = { sealKeys: [Buffer.alloc(32, 7)] };

const define = (spec: unknown): never => defineView<object>()(spec as never) as never;

const rowView = define({
  name: 'row',
  public: { n: 1, v: 1, w: 1, 'in.x': 1, tags: 1, 'lines.t': 1 },
  writable: { n: 1, v: 1 },
  arrays: { tags: 1, lines: 1 },
  filterable: { p: 1 },
  sortable: { p: 1, 'in.p': 1 },
});

const noteView = define({
  name: 'note',
  public: { id: opaqueId('_id'), text: 1, n: 1 },
  writable: { text: 1, n: 1 },
  search: ['text'],
  scope: { tenant: 1 },
  shardKey: { tenant: 1, n: 1 },
});

const sharedView = define({
  name: 'shared',
  public: { text: 1, n: 1, 'in.k': 1 },
  writable: { text: 1, n: 1 },
  scope: 'shared',
  shardKey: { n: 'hashed', 'in.k': 1 },
});

const ownedView = define({
  name: 'owned',
  public: { text: 1, n: 1 },
  writable: { text: 1, n: 1 },
  scope: { tenant: 1, owner: 1 },
});

/** Values in the order in which the server sorts them. */
const MIXED: readonly unknown[] = [
  new MinKey(),
  undefined,
  null,
  new Double(NaN),
  -Infinity,
  -5.5,
  new Int32(3),
  Long.fromString('9007199254740993'),
  Decimal128.fromString('1e30'),
  Infinity,
  '',
  'a',
  new BSONSymbol('b'),
  'c',
  Buffer.from([1, 2]),
  new UUID('00000000-0000-4000-8000-000000000001'),
  idOf(7),
  false,
  true,
  new Date(0),
  new Timestamp(5n),
  /a/i,
  /b/,
  new MaxKey(),
];

function rows(): readonly object[] {
  return MIXED.map((v, at) => ({
    _id: idOf(at),
    n: at % 3,
    ...(v !== undefined && { v }),
    w: at % 2 === 0 ? 'x' : null,
    p: at % 4,
    in: { x: at % 5, p: 9 - (at % 2) },
    tags: ['t'],
  }));
}

/** Values of other kinds than the view of the rows declares. */
const DRIFTED: readonly object[] = [
  { n: { x: 1 } },
  { n: [1] },
  { tags: 't' },
  { tags: [['t']] },
  { tags: [{ t: 1 }] },
  { lines: { t: 1 } },
  { lines: [[{ t: 1 }]] },
  { lines: [{ t: [1] }, 5, { t: 2, s: 3 }] },
  { in: 5 },
  { in: [{ x: 1 }] },
  { in: { x: null } },
  { p: [1], n: null },
];

interface Paged {
  readonly items: readonly unknown[];
  readonly hasNext: boolean;
  readonly next: string | null;
  readonly previous: string | null;
}

/** Walks to the end and back again. */
async function walk(read: (from: object) => Promise<Paged>): Promise<unknown> {
  const pages: unknown[] = [];
  const note = ({ items, hasNext, next, previous }: Paged): void => {
    pages.push([items, hasNext, next !== null, previous !== null]);
  };
  let page = await read({});
  note(page);
  while (page.next !== null && pages.length < 40) note((page = await read({ after: page.next })));
  while (page.previous !== null && pages.length < 80) note((page = await read({ before: page.previous })));
  return pages;
}

/** Rows of several tenants, of a sharded collection, and with values of all types. */
export const TENANTS: AnswerWorld = {
  async store(db) {
    const [mixed, notes] = [db.collection('rows'), db.collection('notes')];
    const drifted = db.collection('drifted');
    await Promise.all([
      drifted.deleteMany({}),
      mixed.deleteMany({}),
      notes.deleteMany({}),
      db.dropCollection('shown').catch(() => undefined),
    ]);
    await mixed.insertMany(rows().map((row) => ({ ...row })));
    await drifted.insertMany(DRIFTED.map((row, at) => ({ _id: idOf(80 + at), w: `w${at}`, ...row })));
    await notes.createIndex({ text: 'text' });
    await notes.insertMany(
      ['acme', 'acme', 'globex', 'Acme'].map((tenant, n) => ({
        _id: idOf(50 + n),
        tenant,
        owner: n,
        n,
        text: `some text ${n}`,
        in: { k: n },
      })),
    );
  },
  names: namesOf,
};

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const told: unknown[] = [];
  const hooks = { ...SEAL, onBroadcast: (broadcast: object) => told.push({ ...broadcast }) } as never;
  const notes = db.collection<object>('notes');
  return {
    rows: new SafeCollection(db.collection<object>('rows'), rowView, SEAL as never),
    drifted: new SafeCollection(db.collection<object>('drifted'), rowView, SEAL as never),
    opened: new PrivilegedCollection(db.collection<object>('drifted'), rowView, {
      reason: 'test',
    } as never),
    unsealed: new SafeCollection(db.collection<object>('rows'), rowView),
    notes: new SafeCollection(notes, noteView, hooks),
    shared: new SafeCollection(notes, sharedView, hooks),
    owned: new SafeCollection(notes, ownedView, hooks),
    shop: createSafeDb(db, { notes: noteView } as never, hooks),
    several: createSafeDb(db, { notes: noteView, rows: sharedView } as never, hooks),
    privileged: new PrivilegedCollection(notes, noteView, { reason: 'test', ...(hooks as object) } as never),
    ROW: rowView,
    NOTE: noteView,
    SHARED: sharedView,
    OWNED: ownedView,
    PrivilegedCollection,
    createMongoView,
    Buffer,
    createSafeDb,
    opaqueId,
    subtree,
    define,
    told,
    walk,
    idOf,
    db,
    Long,
    Decimal128,
    ObjectId,
    UUID,
  };
}
