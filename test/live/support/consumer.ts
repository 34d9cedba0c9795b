import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient, type ObjectId } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

/*
 * A process that handles events until it is killed. For each event it writes when it began and when it ended, so that a test can see that each
 * was handled, and never by two processes at once.
 */

interface Order {
  _id: ObjectId;
  number: number;
}

interface Handling {
  readonly number: number;
  readonly pid: number;
  readonly at: 'begin' | 'end';
  readonly time: number;
}

const [uri = '', name = ''] = process.argv.slice(2);
const client = await new MongoClient(uri).connect();
const db = client.db(name);
const orderView = defineView<Order>()({ public: { number: 1 } });
const orders = new SafeCollection(db.collection<Order>('orders'), orderView, { sealKeys: [Buffer.alloc(32, 7)] });
const handlings = db.collection<Handling>('handlings');

const write = async (number: number, at: Handling['at']): Promise<void> => {
  await handlings.insertOne({ number, pid: process.pid, at, time: Date.now() });
};

await orders.consume({}, { group: 'mails', projection: ['number'], lease: 1_000 }, async (event) => {
  if (event.type !== 'enter') throw new Error(`There should be no ${event.type}.`);
  await write(event.document.number, 'begin');
  await pause(Math.random() * 20);
  await write(event.document.number, 'end');
});
