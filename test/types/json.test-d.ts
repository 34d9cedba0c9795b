// JSON of reads: the same checks as the reads of objects.
import type { Collection, ObjectId } from 'mongodb';

import { defineView, SafeCollection, type JsonStream, type ProvedJson } from '../../src/index.ts';
import { PrivilegedCollection } from '../../src/privileged.ts';
import { compiles, type } from './assert.ts';

interface User {
  _id: ObjectId;
  username: string;
  age: number;
  password_hash: string;
}

declare const raw: Collection<User>;
const userView = defineView<User>()({ public: { username: 1, age: 1 } });
const users = new SafeCollection(raw, userView);
const logins = new PrivilegedCollection(raw, userView, { reason: 'login' });

compiles(async () => {
  type(await users.findJson({}, { projection: ['username'], limit: 10, ejson: 'relaxed' })).is<ProvedJson>();
  type(await users.findOneJson({ username: 'ada' }, { projection: userView })).is<ProvedJson | null>();
  type(await users.find({}, { projection: ['age'] }).sort({ age: 1 }).json({ ejson: 'canonical' })).is<ProvedJson>();
  type(users.find({}, { projection: ['age'] }).jsonStream({ format: 'ndjson' })).is<JsonStream>();
  type(users.aggregate([{ $group: { _id: '$age' } }]).jsonStream()).is<JsonStream>();
});

compiles(async () => {
  // @ts-expect-error -- no projection
  await users.findJson({}, {});
  // @ts-expect-error -- forgotten options
  await users.findJson({});
  // @ts-expect-error -- a private field
  await users.findJson({}, { projection: ['password_hash'] });
  // @ts-expect-error -- a private field in a filter
  await users.findOneJson({ password_hash: 'x' }, { projection: ['age'] });
  // @ts-expect-error -- another mode
  await users.findJson({}, { projection: ['age'], ejson: 'loose' });
  // @ts-expect-error -- objects have no mode
  await users.find({}, { projection: ['age'], ejson: 'relaxed' }).toArray();
  // @ts-expect-error -- one document has no limit
  await users.findOneJson({}, { projection: ['age'], limit: 1 });
  // @ts-expect-error -- another format
  users.find({}, { projection: ['age'] }).jsonStream({ format: 'csv' });
  // @ts-expect-error -- json() is one array
  await users.find({}, { projection: ['age'] }).json({ format: 'ndjson' });
  // @ts-expect-error -- what map() makes is not checked
  await users.find({}, { projection: ['age'] }).map(({ age }) => ({ age })).json();
  // @ts-expect-error -- in a stream
  users.find({}, { projection: ['age'] }).map(({ age }) => ({ age })).jsonStream();
  // @ts-expect-error -- a privileged read
  await logins.find({}, { projection: ['password_hash'] }).json();
});
