import type { Readable } from 'node:stream';
import { types } from 'node:util';

import type { Users } from '../../support/worlds.ts';

/** What a test asks of a read. A JavaScript caller may pass anything, so nothing here has a narrow type. */
export interface Asked {
  readonly filter?: unknown;
  readonly projection?: unknown;
  readonly options?: unknown;
}

/** A way to read, with what it takes. A new method is one entry here, and every promise below is held for it. */
export interface WayOfReading {
  readonly name: string;
  readonly filters: boolean;
  readonly projects: boolean;
  readonly sorts: boolean;
  /** Whether the result holds stored values: documents, or the values of a leaf. */
  readonly gives: 'documents' | 'values' | 'a number or a boolean';
  /** Makes the call at once; what it gives is read later, by `read`. */
  start(users: Users, asked: Asked): { read(): Promise<unknown> };
}

const USERNAME = { username: 1 };

/** A part of the read, only as an own property, because some tests put keys on Object.prototype. */
function part(asked: Asked, name: keyof Asked, otherwise?: unknown): never {
  return (Object.hasOwn(asked, name) ? asked[name] : otherwise) as never;
}

/** The options of a call including the projection. A value that is not a plain object is passed unchanged. */
function withProjection(asked: Asked): never {
  const options: unknown = part(asked, 'options', {});
  if (typeof options !== 'object' || options === null || types.isProxy(options) || Array.isArray(options))
    return options as never;
  const projection = Object.assign(Object.create(null) as PropertyDescriptor, {
    value: part(asked, 'projection', USERNAME),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return Object.defineProperties(
    Object.defineProperty({}, 'projection', projection),
    Object.getOwnPropertyDescriptors(options),
  ) as never;
}

/** The same with a `limit`, which a page needs. */
function withLimit(options: unknown): never {
  if (typeof options !== 'object' || options === null || types.isProxy(options) || Array.isArray(options))
    return options as never;
  const limit = Object.assign(Object.create(null) as PropertyDescriptor, { value: 50, enumerable: true });
  return Object.defineProperty(options, 'limit', limit) as never;
}

type Cursor = ReturnType<Users['find']>;

const CURSORS: Readonly<Record<string, (cursor: Cursor) => Promise<unknown>>> = {
  toArray: (cursor) => cursor.toArray(),
  next: async (cursor) => {
    const documents: unknown[] = [];
    for (let document: unknown = await cursor.next(); document !== null; document = await cursor.next())
      documents.push(document);
    return documents;
  },
  hasNext: async (cursor) => {
    const documents: unknown[] = [];
    while (await cursor.hasNext()) documents.push(await cursor.next());
    return documents;
  },
  forEach: async (cursor) => {
    const documents: unknown[] = [];
    await cursor.forEach((document: unknown) => {
      documents.push(document);
    });
    return documents;
  },
  'for await': (cursor) => collect(cursor),
  // By its events: Node's own iterator of a stream reads its options through the prototype.
  stream: (cursor) => collectEvents(cursor.stream()),
  map: (cursor) => cursor.map((document: unknown) => document).toArray(),
};

async function collect(documents: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

function collectEvents(stream: Readable): Promise<unknown[]> {
  const all: unknown[] = [];
  return new Promise((resolve, reject) => {
    stream
      .on('data', (document) => all.push(document))
      .on('end', () => resolve(all))
      .on('error', reject);
  });
}

function settled(
  name: string,
  gives: WayOfReading['gives'],
  start: (users: Users, asked: Asked) => Promise<unknown>,
  takes: Partial<WayOfReading> = {},
): WayOfReading {
  return {
    name,
    gives,
    filters: true,
    projects: false,
    sorts: false,
    ...takes,
    start(users, asked) {
      const answer = start(users, asked);
      // `read` handles a rejection; until then it must not be unhandled.
      answer.catch(() => undefined);
      return { read: () => answer };
    },
  };
}

/** Every way in which data comes out of a read, each style of reading a cursor by itself. */
export const WAYS_OF_READING: readonly WayOfReading[] = [
  settled('findOne', 'documents', (users, asked) => users.findOne(part(asked, 'filter', {}), withProjection(asked)), {
    projects: true,
    sorts: true,
  }),
  ...Object.entries(CURSORS).map(([style, read]): WayOfReading => ({
    name: `find, by ${style}`,
    filters: true,
    projects: true,
    sorts: true,
    gives: 'documents',
    start(users, asked) {
      const cursor = users.find(part(asked, 'filter', {}), withProjection(asked)) as Cursor;
      return { read: () => read(cursor) };
    },
  })),
  settled(
    'paginate',
    'documents',
    async (users, asked) => (await users.paginate(part(asked, 'filter', {}), withLimit(withProjection(asked)))).items,
    { projects: true, sorts: true },
  ),
  settled('distinct', 'values', (users, asked) =>
    users.distinct('username', part(asked, 'filter', {}), part(asked, 'options')),
  ),
  settled('countDocuments', 'a number or a boolean', (users, asked) =>
    users.countDocuments(part(asked, 'filter', {}), part(asked, 'options')),
  ),
  settled('exists', 'a number or a boolean', (users, asked) =>
    users.exists(part(asked, 'filter', {}), part(asked, 'options')),
  ),
  settled(
    'estimatedDocumentCount',
    'a number or a boolean',
    (users, asked) => users.estimatedDocumentCount(part(asked, 'options')),
    { filters: false },
  ),
  {
    name: 'aggregate',
    filters: true,
    projects: true,
    sorts: false,
    gives: 'documents',
    start(users, asked) {
      const pipeline = [{ $match: part(asked, 'filter', {}) }, { $project: part(asked, 'projection', USERNAME) }];
      const cursor = users.aggregate(pipeline as never, part(asked, 'options'));
      return { read: () => cursor.toArray() };
    },
  },
];
