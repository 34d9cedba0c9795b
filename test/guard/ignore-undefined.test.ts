import { describe, expect, it } from 'vitest';
import { createSafeDb, defineView, RefusedCallError, SafeCollection } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { methodsOfCollection } from '../support/methods.ts';
import { testServer } from '../write/support/server.ts';

interface Note {
  text: string;
  author?: string;
}

const noteView = defineView<Note>()({ public: { text: 1, author: 1 }, writable: { text: 1, author: 1 } });
const server = testServer();
const raw = () => server.db.collection<Note>('notes');

/** All calls of JavaScript that take options. */
type Loose = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const U = { ignoreUndefined: true };
const FILTER = { text: 't' };
const SET = { $set: { text: 't' } };
const CALLS: Readonly<Record<string, (notes: Loose) => unknown>> = {
  find: (notes) => notes['find']?.(FILTER, U),
  findOne: (notes) => notes['findOne']?.(FILTER, U),
  findJson: (notes) => notes['findJson']?.(FILTER, U),
  findOneJson: (notes) => notes['findOneJson']?.(FILTER, U),
  watch: (notes) => notes['watch']?.(FILTER, U),
  consume: (notes) => notes['consume']?.(FILTER, U, () => undefined),
  paginate: (notes) => notes['paginate']?.(FILTER, U),
  exists: (notes) => notes['exists']?.(FILTER, U),
  countDocuments: (notes) => notes['countDocuments']?.(FILTER, U),
  estimatedDocumentCount: (notes) => notes['estimatedDocumentCount']?.(U),
  distinct: (notes) => notes['distinct']?.('text', FILTER, U),
  aggregate: (notes) => notes['aggregate']?.([{ $project: { text: 1 } }], U),
  pipeline: (notes) => notes['pipeline']?.(U),
  findPopulated: (notes) => notes['findPopulated']?.(FILTER, U),
  insertOne: (notes) => notes['insertOne']?.(FILTER, U),
  insertMany: (notes) => notes['insertMany']?.([FILTER], U),
  updateOne: (notes) => notes['updateOne']?.(FILTER, SET, U),
  updateMany: (notes) => notes['updateMany']?.(FILTER, SET, U),
  replaceOne: (notes) => notes['replaceOne']?.(FILTER, FILTER, U),
  findOneAndReplace: (notes) => notes['findOneAndReplace']?.(FILTER, FILTER, U),
  deleteOne: (notes) => notes['deleteOne']?.(FILTER, U),
  deleteMany: (notes) => notes['deleteMany']?.(FILTER, U),
  findOneAndUpdate: (notes) => notes['findOneAndUpdate']?.(FILTER, SET, U),
  findOneAndDelete: (notes) => notes['findOneAndDelete']?.(FILTER, U),
  bulkWrite: (notes) => notes['bulkWrite']?.([{ insertOne: { document: FILTER } }], U),
  initializeOrderedBulkOp: (notes) => notes['initializeOrderedBulkOp']?.(U),
  initializeUnorderedBulkOp: (notes) => notes['initializeUnorderedBulkOp']?.(U),
  'insert of a bulk': (notes) => (notes['initializeOrderedBulkOp']?.() as Loose | undefined)?.['insert']?.(FILTER, U),
};

const PRIVILEGED = ['find', 'findOne', 'exists', 'countDocuments', 'distinct'] as const;

async function refused(call: () => unknown): Promise<void> {
  server.forget();
  const error: unknown = await (async () => await call())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RefusedCallError);
  expect((error as Error).message).toContain('to drop undefined keys, pass defined(object)');
  expect(server.sent).toEqual([]);
}

describe('ignoreUndefined is refused with a sentence that names defined()', () => {
  it('by every method that takes options', () => {
    const methods = methodsOfCollection();
    expect(methods.filter((name) => !(name in CALLS))).toEqual([]);
  });

  it.each(Object.keys(CALLS))('%s', async (name) => {
    await refused(() =>
      CALLS[name]?.(new SafeCollection(raw(), noteView, { sealKeys: [new Uint8Array(32)] }) as unknown as Loose),
    );
  });

  it.each(PRIVILEGED)('%s of a privileged collection', async (name) => {
    const reads = new PrivilegedCollection(raw(), noteView, { reason: 'test' }) as unknown as Loose;
    await refused(() => (name === 'distinct' ? reads[name]?.('text', FILTER, U) : reads[name]?.(FILTER, U)));
  });

  it('and by what makes collections', async () => {
    await refused(() => new SafeCollection(raw(), noteView, U as never));
    await refused(() => createSafeDb(server.db, { notes: noteView }, U as never));
    await refused(() => new PrivilegedCollection(raw(), noteView, { reason: 'test', ...U } as never));
  });
});

describe('ignoreUndefined of the client', () => {
  it('changes nothing: undefined is refused, and no condition is lost', async () => {
    const notes = new SafeCollection(server.db.collection<Note>('notes', U), noteView);
    await expect(notes.countDocuments({ author: undefined } as never)).rejects.toMatchObject({ code: 'input_invalid' });
  });
});
