// Transactions: over a client, and over the collections of a SafeDb.
import type { Db, MongoClient } from 'mongodb';
import { createSafeDb, withTransaction, type SafeDbTransaction, type Transaction } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { noteView, notes } from './write-fixtures.ts';

const client = a<MongoClient>();
const shop = createSafeDb(a<Db>(), { notes: noteView });

compiles(() => withTransaction(client, async (tx) => await tx.bind(notes).insertOne({ text: 't' }), { writeConcern: { w: 'majority' } }));
compiles(() => withTransaction(shop, async ({ collections }) => await collections.notes.insertOne({ text: 't' })));
compiles(() => withTransaction(shop, async (tx) => await tx.bind(notes).exists({ text: 't' })));
compiles(() => withTransaction(client, async (tx) => {
  type(tx).is<Transaction>();
}));
compiles(() => withTransaction(shop, async (tx) => {
  type(tx).is<SafeDbTransaction<typeof shop>>();
}));

compiles(() =>
  withTransaction(shop, async ({ collections }) => {
    type(await collections.notes.exists({ text: 't' })).is<boolean>();
  }),
);

// refused at collections: Property 'collections' does not exist on type 'Transaction'
withTransaction(client, async (tx) => await tx.collections);
// refused at drafts: Property 'drafts' does not exist
withTransaction(shop, async ({ collections }) => await collections.drafts);
// refused: 'rev' is not writable in this view
withTransaction(shop, async ({ collections }) => await collections.notes.insertOne({ text: 't', rev: 3 }));
// refused at shop: No overload matches
withTransaction({ shop }, async () => {});
