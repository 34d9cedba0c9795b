// Bulks, as a list of models and built call by call: each model is checked against the view like the method of its name.
import type { ObjectId } from 'mongodb';
import { everything, op, trusted } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { members, notes } from './write-fixtures.ts';

const one = { username: 'ada' };

compiles(() =>
  notes.bulkWrite([
    { insertOne: { document: { text: 't' } } },
    { updateOne: { filter: { text: 't' }, update: { $set: { pinned: true } }, upsert: true } },
    { updateMany: { filter: everything, update: { $unset: { pinned: 1 } }, collation: { locale: 'en' } } },
    { deleteOne: { filter: { text: 't' } } },
    { deleteMany: { filter: { text: op({ $in: ['t'] }) }, trusted: trusted({ filter: { rev: 1 } }) } },
  ], { ordered: false }),
);
compiles(() => members.bulkWrite([{ updateOne: { filter: one, update: { $set: { 'addresses.$[a].city': 'x' } }, arrayFilters: [{ 'a.street': 's' }] } }]));

// refused: 'rev' is not writable in this view
notes.bulkWrite([{ replaceOne: { filter: { text: 't' }, replacement: { text: 'u', rev: 1 } } }]);
compiles(() => notes.bulkWrite([{ replaceOne: { filter: { text: 't' }, replacement: { text: 'u' }, upsert: true, keep: 'private' } }]));
// refused: 'replaceMany' is not an operation of a bulk
notes.bulkWrite([{ replaceMany: { filter: { text: 't' }, replacement: { text: 'u' } } }]);
// refused: 'rev' is not writable in this view
notes.bulkWrite([{ insertOne: { document: { text: 't', rev: 5 } } }]);
// refused: 'internal_role' is not writable in this view
members.bulkWrite([{ deleteOne: { filter: one } }, { updateOne: { filter: one, update: { $set: { internal_role: 'admin' } } } }]);
// refused: 'internal_role' is not filterable in this view
members.bulkWrite([{ deleteMany: { filter: { internal_role: 'user' } } }]);
// refused at filter: an empty filter matches every document
members.bulkWrite([{ deleteMany: { filter: {} } }]);
// refused at filter: an empty filter matches every document
members.bulkWrite([{ updateMany: { filter: {}, update: { $set: { age: 1 } } } }]);
// refused at document: `trusted` must set 'addresses'
members.bulkWrite([{ insertOne: { document: { username: 'x', email: 'e', credits: 1, tags: [], code: 'c', home: { city: 'x' } } } }]);
// refused at updateOne: 'update' is missing
members.bulkWrite([{ updateOne: { filter: one } }]);
// refused: 'hint' is not a field of 'updateOne' in a bulk
members.bulkWrite([{ updateOne: { filter: one, update: { $set: { age: 1 } }, hint: 'x' } }]);
// refused: 'upsert' is not a field of 'deleteOne' in a bulk
members.bulkWrite([{ deleteOne: { filter: one, upsert: true } }]);
// refused at joined_at: an upsert copies 'joined_at' into the new document
members.bulkWrite([{ updateOne: { filter: { joined_at: new Date() }, update: { $set: { age: 1 } }, upsert: true } }]);
// refused at a.access_code: 'addresses.access_code' is not filterable in this view
members.bulkWrite([{ updateOne: { filter: one, update: { $set: { 'addresses.$[a].city': 'x' } }, arrayFilters: [{ 'a.access_code': 's' }] } }]);
// refused at age: 'age' is in the input and in `trusted`
members.bulkWrite([{ updateOne: { filter: one, update: { $set: { age: 1 } }, trusted: trusted({ update: { $set: { age: 2 } } }) } }]);
// refused at update: 'never'
members.bulkWrite([{ updateOne: { filter: one, update: a<any>() } }]);
// refused at members: the argument 'models' is any
members.bulkWrite(a<any>());
// refused at a<any: 'never'
members.bulkWrite([a<any>()]);
// refused: 'hint' is not an option of bulkWrite()
members.bulkWrite([{ deleteOne: { filter: one } }], { ordered: true, hint: 'x' });
// refused: 'bypassDocumentValidation' is not an option of bulkWrite()
members.bulkWrite([{ deleteOne: { filter: one } }], { ordered: true, bypassDocumentValidation: true });
type(notes.bulkWrite([{ deleteOne: { filter: { text: 't' } } }]).then((result) => result.insertedIds)).is<Promise<Readonly<Record<number, ObjectId>>>>();
type(notes.bulkWrite([{ deleteOne: { filter: { text: 't' } } }]).then((result) => result.modifiedCount)).is<Promise<number | undefined>>();

// Built.
const bulk = members.initializeOrderedBulkOp({ comment: 'x' });
const noteBulk = notes.initializeUnorderedBulkOp();
const set = { password_hash: 'h', internal_role: 'user' as const, home: { gate_code: 'g' }, addresses: [] };
const body = { username: 'ada', email: 'a@example.org', credits: 1, tags: ['x'], code: 'c', home: { city: 'London' } };

compiles(() => noteBulk.insert({ text: 't' }).insert({ text: 'u', pinned: true }).execute());
compiles(() => bulk.insert({ ...body }, { trusted: trusted({ set }) }));
compiles(() => bulk.find(one).updateOne({ $set: { age: 1 } }).find(one).deleteOne().execute({ maxTimeMS: 5 }));
compiles(() => bulk.find({ credits: op({ $gt: 3 }) }).update({ $inc: { credits: 1 } }).find(everything).delete());
compiles(() => bulk.find(one).upsert().collation({ locale: 'en' }).updateOne({ $set: { age: 1 } }));
compiles(() => bulk.find(one).arrayFilters([{ 'a.city': 'x' }]).updateOne({ $set: { 'addresses.$[a].city': 'y' } }));
compiles(() => bulk.find({}).deleteOne({ trusted: trusted({ filter: { internal_role: 'user' } }) }));
compiles(() => bulk.find({ joined_at: new Date() }).upsert().updateOne({ $set: { age: 1 } }, { trusted: trusted({ update: { $setOnInsert: { joined_at: new Date() } } }) }));
type(bulk.length).is<number>();
type(noteBulk.execute().then(({ insertedIds }) => insertedIds)).is<Promise<Readonly<Record<number, ObjectId>>>>();

// refused: 'rev' is not writable in this view
noteBulk.insert({ text: 't', rev: 5 });
// refused at {: `trusted` must set 'addresses'
bulk.insert({ ...body });
// refused at trusted: trusted.set lacks 'password_hash'
bulk.insert({ ...body }, { trusted: trusted({ set: { internal_role: 'user', home: { gate_code: 'g' }, addresses: [] } }) });
// refused: 'internal_role' is not filterable in this view
bulk.find({ internal_role: 'user' });
// refused at a<any: 'never'
bulk.find(a<any>());
// refused: 'internal_role' is not writable in this view
bulk.find(one).updateOne({ $set: { internal_role: 'admin' } });
// refused: 'internal_role' is not writable in this view
bulk.find(one).update({ $set: { internal_role: 'admin' } });
// refused at age: 'age' is in the input and in `trusted`
bulk.find(one).updateOne({ $set: { age: 1 } }, { trusted: trusted({ update: { $set: { age: 2 } } }) });
// refused at a<any: 'never'
bulk.find(one).updateOne(a<any>());
// refused at bulk: an empty filter matches every document
bulk.find({}).update({ $set: { age: 1 } });
// refused at bulk: an empty filter matches every document
bulk.find({}).delete();
// refused at { $set: an upsert copies an equality of the filter into the new document: it is not writable in this view
bulk.find({ joined_at: new Date() }).upsert().updateOne({ $set: { age: 1 } });
// refused at { $set: an array filter names an identifier that the update does not use, or a path that is not filterable in this view
bulk.find(one).arrayFilters([{ 'a.access_code': 'x' }]).updateOne({ $set: { 'addresses.$[a].city': 'y' } });
// refused at trusted: 'set' is not used by this method
bulk.find(one).updateOne({ $set: { age: 1 } }, { trusted: trusted({ set: { password_hash: 'h' } }) });
// refused at trusted: 'update' is not used by this method
bulk.find(one).deleteOne({ trusted: trusted({ update: { $set: { internal_role: 'admin' } } }) });
// refused at hint: does not exist in type 'ModelOptions
bulk.find(one).deleteOne({ hint: 'x' });
compiles(() => noteBulk.find({ text: 't' }).upsert().replaceOne({ text: 'u' }));
// refused: 'rev' is not writable in this view
noteBulk.find({ text: 't' }).replaceOne({ text: 'u', rev: 1 });
// refused at trusted: 'update' is not used by this method
noteBulk.find({ text: 't' }).replaceOne({ text: 'u' }, { trusted: trusted({ update: { $set: { rev: 1 } } }) });
// refused at {: a replacement takes no arrayFilters
noteBulk.find({ text: 't' }).arrayFilters([{ 'a.b': 1 }]).replaceOne({ text: 'u' });
// refused at hint: Property 'hint' does not exist
bulk.find(one).hint({ password_hash: 1 });
// refused at raw: Property 'raw' does not exist
bulk.raw({});
// refused at collection: Property 'collection' does not exist
bulk.collection;
// refused: 'ordered' does not exist in type
members.initializeOrderedBulkOp({ ordered: false });
