import { expect, it } from 'vitest';
import { createSafeDb, defineView, RefusedCallError } from 'safe-collection';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Note {
  tenant: string;
  title: string;
}

const noteView = defineView<Note>()({ public: { title: 1 }, writable: { title: 1 }, scope: 'shared' });
const tenantView = defineView<Note>()({ public: { title: 1 }, writable: { title: 1 }, scope: { tenant: 1 } });

const server = testServer();
const opened = () =>
  createSafeDb(server.db, { notes: noteView, owned: tenantView }, { sealKeys: [Buffer.alloc(32, 7)] });

/** More than the buffer of the `bson` package. */
const LARGE = 'x'.repeat(18_000_000);
/** Fits once. A stream sends its filter twice. */
const HALF = 'x'.repeat(10_000_000);

type Calls = Loose & Readonly<Record<'paginate' | 'watch' | 'consume', (...args: readonly unknown[]) => unknown>>;
const calls = (collection: object): Calls => loose(collection as never) as unknown as Calls;

const CALLS: Readonly<Record<string, () => unknown>> = {
  'watch()': () => calls(opened().notes).watch({ title: HALF }, { projection: ['title'] }),
  'consume()': () =>
    calls(opened().notes).consume({ title: HALF }, { projection: ['title'], group: 'g' }, () => undefined),
  'paginate()': () => calls(opened().notes).paginate({ title: LARGE }, { projection: ['title'], limit: 1 }),
  'insertOne() with a value of the scope': () =>
    calls(opened().scoped({ tenant: 'acme' }).owned).insertOne({ tenant: LARGE, title: 'a' }),
};

it.each(Object.entries(CALLS))('an input that no server takes is refused before it is sent: %s', async (_, call) => {
  server.forget();
  const error = await (async () => await call())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RefusedCallError);
  expect(server.sent).toEqual([]);
});
