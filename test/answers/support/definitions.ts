import { ObjectId, type Db } from 'mongodb';
import {
  createSafeDb,
  defineAudiences,
  defineView,
  everything,
  op,
  opaqueId,
  SafeCollection,
  subtree,
  type Capabilities,
  type View,
} from 'safe-collection';
import { createMongoView } from 'safe-collection/privileged';

import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

type Spec = Readonly<Record<string, unknown>>;
type AnyView = View<object, object, Capabilities>;
type Call = () => unknown;

/** A view to extend. */
const BASE = {
  name: 'base',
  public: { a: 1, b: 1, 'n.x': 1, tags: 1 },
  writable: { a: 1, tags: 1 },
  filterable: { b: 1, p: 1, v: 1 },
  sortable: { a: 1 },
  joinable: { 'n.x': 1 },
  arrays: { tags: 1 },
  timestamps: { createdAt: 'made' },
  version: 'v',
  defaults: { d: 1 },
};

const SEAL = { sealKeys: [Buffer.alloc(32, 7)] };

const define = (spec: unknown): AnyView => defineView<object>()(spec as never) as never;

/** Views to refer to. */
const VIEWS = {
  OTHER: define({ name: 'other', public: { a: 1, b: 1 } }),
  CLOSED: define({ name: 'closed', public: { id: opaqueId('_id'), a: 1 } }),
};

/** Values that a path may be set to, if arrays and documents are allowed there. */
const VALUES: readonly (readonly [sign: string, value: unknown])[] = [
  ['1', 'x'],
  ['[1]', ['x']],
  ['[[1]]', [['x']]],
];

const GEO = { $geometry: { type: 'Point', coordinates: [1, 2] } };

/** Whether a call is not refused. Nobody reads the errors, so they need no stack. */
function allowed(call: Call): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    call();
    return true;
  } catch {
    return false;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The paths that a specification names, and those around them. */
function pathsIn(specs: readonly Spec[]): readonly string[] {
  const named = specs.flatMap((spec) =>
    Object.values(spec).flatMap((part) => (typeof part === 'object' && part !== null ? Object.keys(part) : [])),
  );
  const around = named.flatMap((path) => path.split('.').map((_, at, all) => all.slice(0, at + 1).join('.')));
  return [...new Set([...around, '_id'])].toSorted();
}

/** What each path of a view may be used for, one line each. */
function usesOf(view: AnyView, paths: readonly string[], db: Db): Readonly<Record<string, string>> {
  const alone = new SafeCollection(db.collection<object>('docs'), view as never, SEAL as never) as never as Methods;
  const scope = Object.fromEntries(paths.map((path) => [path, 'acme']));
  const shop = createSafeDb(db, { docs: view, others: VIEWS.OTHER } as never, SEAL as never) as never as {
    readonly docs: Methods;
  };
  const bind = (docs: Methods): Methods => {
    if (docs.find !== undefined) return docs;
    const bound = paths.find((path) => allowed(() => docs.scoped?.({ [path]: 'acme' })));
    return (docs.scoped?.(bound === undefined ? scope : { [bound]: 'acme' }) ?? docs) as Methods;
  };
  const [own, joined] = [bind(alone), bind(shop.docs)];
  const below = (path: string): string | undefined =>
    paths.find((other) => other.startsWith(`${path}.`))?.slice(path.length + 1);
  return Object.fromEntries(paths.map((path) => [path, useOf(path, below(path), { view, own, joined })] as const));
}

interface Probed {
  readonly view: AnyView;
  readonly own: Methods;
  readonly joined: Methods;
}

interface Methods {
  readonly find?: (filter: unknown, options: unknown) => unknown;
  readonly aggregate: (pipeline: unknown, options?: unknown) => unknown;
  readonly initializeOrderedBulkOp: () => { find: (filter: unknown) => { update: (update: unknown) => unknown } };
  readonly scoped?: (values: unknown) => unknown;
}

interface Writes {
  readonly insertOne: (document: Spec) => Promise<unknown>;
  readonly updateOne: (filter: Spec, update: Spec) => Promise<unknown>;
  readonly scoped?: (values: Spec) => Writes;
}

/** @param below - a field below the path. */
function useOf(path: string, below: string | undefined, { view, own: docs, joined }: Probed): string {
  const found = (filter: unknown, more: Spec): boolean =>
    allowed(() => docs.find?.(filter, { projection: view, ...more }));
  const join = { from: 'others', localField: path, foreignField: 'a', as: 'joined' };
  const element = { [below ?? 'q']: 'x' };
  const set = (value: unknown): boolean =>
    allowed(() =>
      docs
        .initializeOrderedBulkOp()
        .find(everything)
        .update({ $set: { [path]: value } }),
    );
  const uses: readonly (readonly [sign: string, isAllowed: boolean])[] = [
    ['project', allowed(() => docs.find?.({}, { projection: { [path]: 1 } }))],
    ['=', found({ [path]: 'x' }, {}) || found({ [path]: new ObjectId() }, {})],
    ['plain', found({ [path]: { $gt: 'x' } }, {})],
    ['>', found({ [path]: op({ $gt: 'x' }) }, {})],
    ['near', found({ [path]: op({ $geoWithin: GEO } as never) }, {})],
    ['sort', found({}, { sort: { [path]: 1 } })],
    ['join', allowed(() => joined.aggregate([{ $lookup: join }, { $project: { 'joined.a': 1 } }]))],
    ...VALUES.map(([sign, value]) => [sign, set(value)] as const),
    ['{}', set(element)],
    ['[{}]', set([element])],
    ['[[{}]]', set([[element]])],
  ];
  return uses.flatMap(([sign, isAllowed]) => (isAllowed ? [sign] : [])).join(' ');
}

/** Views that a call defines, and what they mean. */
export const DEFINITIONS: AnswerWorld = {
  async store(db) {
    const docs = db.collection('docs');
    await docs.deleteMany({});
    await docs.insertOne({ _id: idOf(1), a: 'x', b: 2, n: { x: 1, y: 2 }, items: [{ sku: 's', count: 1 }] });
  },
  names: (db) => ({
    defineView: define,
    defineAudiences,
    createMongoView,
    createSafeDb,
    SafeCollection,
    subtree,
    opaqueId,
    db,
    BASE,
    ...VIEWS,
    shown: (view: AnyView, ...specs: readonly Spec[]): unknown => [
      view.toJSONSchema(),
      usesOf(view, pathsIn(specs), db),
    ],
    /** Writes through a view. */
    written: async (spec: Spec, ...documents: readonly Spec[]): Promise<unknown> => {
      const docs = new SafeCollection(
        db.collection<object>('docs'),
        define(spec) as never,
        SEAL as never,
      ) as never as Writes;
      const bound = docs.scoped?.({ t: 'acme' }) ?? docs;
      for (const document of documents) await bound.insertOne(document);
      await bound.updateOne({ a: 'x' }, { $set: { a: 'z' } });
      return documents;
    },
    /** Defines a view, extends it by each of the others, and says what it means. */
    shownView: (spec: Spec, ...extensions: readonly Spec[]): unknown => {
      const view = extensions.reduce(
        (base: AnyView, extension) => base.extend(extension as never) as never,
        define(spec),
      );
      return [view.toJSONSchema(), usesOf(view, pathsIn([spec, ...extensions]), db)];
    },
  }),
};
