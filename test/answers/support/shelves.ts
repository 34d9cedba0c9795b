import { MongoClient, ObjectId, type Db } from 'mongodb';
import { createSafeDb, defineView, SafeCollection, withTransaction } from 'safe-collection';

import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

export interface Book {
  _id: ObjectId;
  code: string;
  shelf: number;
  title: string;
  price: number;
  barcode: string;
  lender: string;
}

const VIEW = {
  public: { code: 1, shelf: 1, title: 1, price: 1 },
  writable: { code: 1, shelf: 1, title: 1, price: 1 },
} as const;

export const bookView = defineView<Book>()({ name: 'book', ...VIEW });
export const ownView = defineView<Book>()({ name: 'own', ...VIEW, scope: { lender: 1 } });
export const targetedView = defineView<Book>()({ name: 'targeted', ...VIEW, shardKey: { shelf: 1 } });

const bookOf = (number: number): Book => ({
  _id: idOf(number),
  code: `c${number}`,
  shelf: number % 3,
  title: `title ${number}`,
  price: number,
  barcode: `b${number}`,
  lender: number % 2 === 0 ? 'ann' : 'ben',
});

/** A document that has to be valid on the server too. */
const VALIDATOR = { $jsonSchema: { properties: { price: { bsonType: 'number', maximum: 1000 } } } };

/** Books whose indexes and validator refuse some writes. */
export const SHELVES: AnswerWorld = {
  async store(db, only) {
    const books = db.collection<Book>('books');
    if (only === undefined) {
      await db.createCollection('books', { validator: VALIDATOR });
      await books.createIndex({ code: 1 }, { unique: true });
      await books.createIndex({ barcode: 1 }, { unique: true });
      await books.createIndex({ shelf: 1, title: -1 }, { unique: true });
      await books.createIndex({ title: 1, lender: 1 }, { unique: true });
      await books.createIndex({ price: 1 }, { unique: true, name: 'own name' });
    }
    await books.deleteMany({});
    await books.insertMany(Array.from({ length: 8 }, (_, number) => bookOf(number)));
  },
  names: namesOf,
};

/** No server has this address. A client that waits for it gives up at once. */
const NOWHERE = 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=10';

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const shop = createSafeDb(db, { books: bookView });
  const heard: unknown[] = [];
  const onDriverError = (error: unknown, context: unknown): void => {
    heard.push([(error as Error).name, context]);
  };
  const onBroadcast = (event: unknown): void => {
    heard.push(event);
  };
  const raw = db.collection<Book>('books');
  return {
    shop,
    heard,
    db,
    client: db.client,
    C: new SafeCollection(raw, bookView, { onDriverError }),
    own: new SafeCollection(raw, ownView).scoped({ lender: 'ann' }),
    targeted: new SafeCollection(raw, targetedView, { onBroadcast }),
    silent: new SafeCollection(db.collection<Book>('books', { writeConcern: { w: 0 } }), bookView),
    away: () => new MongoClient(NOWHERE),
    other: () => new MongoClient(NOWHERE).startSession(),
    on: (client: MongoClient) => new SafeCollection(client.db('x').collection<Book>('books'), bookView),
    NEW: { code: 'new', shelf: 9, title: 'new', price: 99 },
    SET: { barcode: 'new', lender: 'ann' },
    ID: idOf(1),
    ObjectId,
    SafeCollection,
    withTransaction,
  };
}
