import { createSafeDb, defineView, RefusedCallError, type SafeChangeStream } from 'safe-collection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { METHOD_OPTIONS, REFUSED_OPTIONS, type MethodName } from '../../src/grammar/method-options.ts';
import { testServer } from '../write/support/server.ts';
import { CALLS, type LooseCollection } from './calls-with-options.ts';
import { declaredSurface } from './declared-surface.ts';
import { BULK_OPERATION, FIND_OPERATORS } from './manifest/bulk.ts';
import { CHANGE_STREAM } from './manifest/change-stream.ts';
import { COLLECTION } from './manifest/collection.ts';
import { AGGREGATION_CURSOR, FIND_CURSOR } from './manifest/cursors.ts';
import { DB } from './manifest/db.ts';
import type { ClassManifest, Refused } from './manifest/manifest.ts';
import { REFUSED_HERE, UNKNOWN_EVERYWHERE } from './manifest/options.ts';
import { isOfEvents, memberNames } from './real-surface.ts';

interface Item {
  name: string;
  secret: string;
}

const view = defineView<Item>()({ public: { name: 1 }, writable: { name: 1 } });
const server = testServer();
const PROJECTION = { projection: { name: 1 } } as const;

/** One class of the driver: an object of it, and what the library has in its place. */
interface Counterpart {
  readonly driver: object;
  /** `undefined` if the library has no such class. */
  readonly library: object | undefined;
}

const MANIFESTS = {
  Collection: COLLECTION,
  Db: DB,
  FindCursor: FIND_CURSOR,
  AggregationCursor: AGGREGATION_CURSOR,
  ChangeStream: CHANGE_STREAM,
  OrderedBulkOperation: BULK_OPERATION,
  UnorderedBulkOperation: BULK_OPERATION,
  FindOperators: FIND_OPERATORS,
} as const satisfies Readonly<Record<string, ClassManifest>>;

type ClassName = keyof typeof MANIFESTS;
const CLASSES = Object.entries(MANIFESTS) as (readonly [ClassName, ClassManifest])[];

const declared = declaredSurface(CLASSES.map(([name]) => name));
let stream: SafeChangeStream<unknown> | undefined;
let counterparts: Readonly<Record<ClassName, Counterpart>>;

beforeAll(async () => {
  const { db } = server;
  await db.createCollection('items', { changeStreamPreAndPostImages: { enabled: true } });
  const raw = db.collection<Item>('items');
  const shop = createSafeDb(db, { items: view }, { sealKeys: [new Uint8Array(32)] });
  const { items } = shop;
  const ordered = raw.initializeOrderedBulkOp();
  const safeOrdered = items.initializeOrderedBulkOp();
  stream = await items.watch({}, PROJECTION);
  counterparts = {
    Collection: { driver: raw, library: items },
    Db: { driver: db, library: shop },
    FindCursor: { driver: raw.find(), library: items.find({}, PROJECTION) },
    AggregationCursor: { driver: raw.aggregate(), library: items.aggregate([{ $project: { name: 1 } }]) },
    ChangeStream: { driver: raw.watch(), library: stream },
    OrderedBulkOperation: { driver: ordered, library: safeOrdered },
    UnorderedBulkOperation: {
      driver: raw.initializeUnorderedBulkOp(),
      library: items.initializeUnorderedBulkOp(),
    },
    FindOperators: { driver: ordered.find({}), library: safeOrdered.find({ name: 'ada' }) },
  };
});

afterAll(async () => await stream?.close());

function names(refused: Refused): readonly string[] {
  return Object.values(refused).flat();
}

describe.each(CLASSES)('%s of the driver', (name, { wrapped, refused, own }) => {
  const classified = [...wrapped, ...names(refused)];

  it('has no member that the manifest does not classify', () => {
    const members = new Set([...declared[name].members, ...memberNames(counterparts[name].driver)]);
    const unclassified = [...members].filter((member) => !isOfEvents(member) && !classified.includes(member));
    expect(unclassified).toEqual([]);
  });

  it('has each member once in the manifest', () => {
    expect(classified.length).toBe(new Set(classified).size);
  });

  it('has a counterpart for each wrapped member, and the library has no other members', () => {
    const { library } = counterparts[name];
    const members = library === undefined ? [] : memberNames(library);
    expect(members.toSorted()).toEqual([...wrapped, ...own].toSorted());
  });
});

/** The option names that the driver declares for a method of a collection or of a built bulk. */
function declaredOptions(method: MethodName): readonly string[] {
  return declared.Collection.options.get(method) ?? declared.OrderedBulkOperation.options.get(method) ?? [];
}

const METHODS = (Object.keys(METHOD_OPTIONS) as MethodName[]).filter((method) => declaredOptions(method).length > 0);

/** Options that a method of the library takes, and the driver does not. */
const OWN_OPTIONS = ['trusted', 'version', 'includeUpserted', 'keep', 'projection', 'signal'];

describe.each(METHODS)('the options of %s()', (method) => {
  const taken: readonly string[] = METHOD_OPTIONS[method];
  const here = names(REFUSED_HERE[method] ?? {});
  const refused = [...Object.keys(REFUSED_OPTIONS), ...names(UNKNOWN_EVERYWHERE), ...here];

  it('are all in the manifest', () => {
    const unclassified = declaredOptions(method).filter(
      (option) => !taken.includes(option) && !refused.includes(option),
    );
    expect(unclassified).toEqual([]);
  });

  it('are taken or refused, not both', () => {
    expect(refused.filter((option) => taken.includes(option))).toEqual([]);
    expect(refused.length).toBe(new Set(refused).size);
  });

  it('that the method takes are options of the driver, or of the library', () => {
    const known = new Set([...declaredOptions(method), ...OWN_OPTIONS]);
    expect(taken.filter((option) => !known.has(option))).toEqual([]);
  });

  it('are accepted without the refused ones', async () => {
    server.forget();
    await CALLS[method](counterparts.Collection.library as LooseCollection, {});
    expect(server.sent).not.toEqual([]);
  });

  it.each(refused)('%s is refused before anything is sent', async (option) => {
    server.forget();
    const items = counterparts.Collection.library as LooseCollection;
    await expect((async () => await CALLS[method](items, { [option]: true }))()).rejects.toThrow(RefusedCallError);
    expect(server.sent).toEqual([]);
  });
});
