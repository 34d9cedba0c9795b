// What `trusted()` made may stand in the place of a filter, an update or a document: then the whole of it is the program's.
import { ObjectId } from 'mongodb';
import { op, trusted, type Exposed } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { carts, members, notes } from './write-fixtures.ts';

const live = trusted({ internal_role: 'user', 'profile.ssn': op({ $exists: false }) });
const whole = {
  username: 'ada',
  email: 'a@example.org',
  credits: 1,
  tags: ['x'],
  code: 'c',
  home: { city: 'London', gate_code: 'g' },
  addresses: [],
  password_hash: 'h',
  internal_role: 'user' as const,
};

// A filter: any path of the document, in every method that takes one.
compiles(() => members.find(live, { projection: ['username'] }));
compiles(() => members.findOne(live, { projection: ['username'] }));
compiles(() => members.exists(live));
compiles(() => members.countDocuments(live, { limit: 1 }));
compiles(() => members.distinct('username', live));
compiles(() => members.updateOne(live, { $set: { age: 1 } }));
compiles(() => members.updateMany(live, { $set: { age: 1 } }, { upsert: true }));
compiles(() => members.deleteOne(live));
compiles(() => members.deleteMany(live));
compiles(() => members.findOneAndUpdate(live, { $set: { age: 1 } }, { projection: ['age'] }));
compiles(() => members.findOneAndDelete(live, { projection: ['age'] }));
compiles(() => members.find(live, { projection: ['username'], trusted: trusted({ filter: { password_hash: 'h' } }) }));
compiles(() => members.find({ username: 'ada' }, { projection: ['username'], trusted: trusted({ filter: live }) }));
type(await members.findOne(live, { projection: ['username'] })).is<Exposed<{ username: string }> | null>();

// refused at trusted: 'nothing' is not a path of this document
members.find(trusted({ nothing: 1 }), { projection: ['username'] });
// refused at trusted: 'internal_role' is compared with a value of another type
members.deleteMany(trusted({ internal_role: 1 }));
// refused at trusted: 'filter' is not a path of this document
members.countDocuments(trusted({ filter: { internal_role: 'user' } }));
// refused at {}: trusted() takes at least one key
members.deleteMany(trusted({}));
// refused at trusted: 'internal_role' is any in a trusted filter
members.exists(trusted({ internal_role: a<any>() }));
// A union is not taken for its trusted member.
// refused at a<: is not assignable
members.exists(a<typeof live | { password_hash: string }>());
// refused at live: use options.trusted here
members.exists({ $and: [live, { username: 'ada' }] });
// refused at $match: use options.trusted here
members.aggregate([{ $match: live }, { $project: { username: 1 } }]);

// Several filters make one.
compiles(() => members.find(trusted.and(live, trusted({ password_hash: 'h' })), { projection: ['username'] }));
compiles(() => members.find({}, { projection: ['username'], trusted: trusted({ filter: trusted.and(live, live) }) }));
// refused at trusted: 'nothing' is not a path of this document
members.exists(trusted.and(live, trusted({ nothing: 1 })));
// refused: 'username' does not exist in type 'Trusted
trusted.and(live, { username: 'ada' });
// refused at and: Expected at least 1
trusted.and();

// An update: any path, by the operators of the grammar.
compiles(() => members.updateOne({ username: 'ada' }, trusted({ $set: { internal_role: 'admin' }, $inc: { credits: 1 } })));
compiles(() => members.updateMany({ username: 'ada' }, trusted({ $push: { addresses: { city: 'c', access_code: 'x' } } })));
compiles(() => members.findOneAndUpdate({ username: 'ada' }, trusted({ $unset: { profile: 1 } }), { projection: ['age'] }));
compiles(() => members.updateOne(live, trusted({ $set: { 'addresses.$[a].access_code': 'x' } }), { arrayFilters: [{ 'a.city': 'c' }] }));
compiles(() => members.updateOne({ username: 'ada' }, trusted({ $set: { age: 1 } }), { trusted: trusted({ filter: { internal_role: 'user' } }) }));
compiles(() => members.updateOne({ username: 'ada', age: 3 }, trusted({ $setOnInsert: { age: 1 } }), { upsert: true }));
// refused at trusted: 'internal_role' in trusted.update is of another type
members.updateOne({ username: 'ada' }, trusted({ $set: { internal_role: 'root' } }));
// refused at trusted: '$rename' is not a supported update operator
members.updateOne({ username: 'ada' }, trusted({ $rename: { password_hash: 'username' } }));
// refused at trusted: 'update' is not a supported update operator
members.updateOne({ username: 'ada' }, trusted({ update: { $set: { internal_role: 'admin' } } }));
// refused at trusted: the whole update was made by trusted()
members.updateOne({ username: 'ada' }, trusted({ $set: { age: 1 } }), { trusted: trusted({ update: { $set: { credits: 1 } } }) });
// refused at addresses.$[a].access_code: 'addresses.access_code' is not writable
members.updateOne(live, { $set: { 'addresses.$[a].access_code': 'x' } }, { arrayFilters: [{ 'a.city': 'c' }] });
// refused at a.access_code: 'addresses.access_code' is not filterable in this view
members.updateOne(live, trusted({ $set: { 'addresses.$[a].access_code': 'x' } }), { arrayFilters: [{ 'a.access_code': 'c' }] });
type((await members.updateOne({ username: 'ada' }, trusted({ $set: { age: 1 } }))).modifiedCount).is<number>();

// A document: every field that it requires.
compiles(() => members.insertOne(trusted(whole)));
compiles(() => members.insertOne(trusted({ ...whole, _id: new ObjectId() }), { projection: ['username'] }));
compiles(() => members.insertMany([trusted(whole), trusted(whole)]));
compiles(() => members.insertMany(trusted([whole, whole]), { ordered: false }));
compiles(() => carts.insertOne(trusted({ lines: [{ product: 'lamp', quantity: 1 }] })));
compiles(() => notes.insertOne(trusted({ text: 't' })));
// refused at trusted: a trusted document lacks 'password_hash'
members.insertOne(trusted({ ...a<Omit<typeof whole, 'password_hash'>>() }));
// refused at trusted: 'rev' is written by the view, or not a field of this document
notes.insertOne(trusted({ text: 't', rev: 1 }));
// refused at trusted: 'text' in a trusted document is of another type
notes.insertOne(trusted({ text: 1 }));
// refused at trusted: a document must be an object of fields
notes.insertOne(trusted([{ text: 't' }]));
// refused at trusted: insertMany() takes an array of documents
notes.insertMany(trusted({ text: 't' }));
// refused at trusted: a trusted document lacks 'text'
notes.insertMany(trusted([{ pinned: true }]));
// refused at trusted: the whole document was made by trusted()
members.insertOne(trusted(whole), { trusted: trusted({ set: { password_hash: 'h', internal_role: 'user', home: { gate_code: 'g' }, addresses: [] } }) });
// refused at trusted: 'set' is written by the view, or not a field of this document
notes.insertOne(trusted({ set: { text: 't' } }));

// Models of a bulk, and calls on one.
compiles(() => members.bulkWrite([
  { insertOne: { document: trusted(whole) } },
  { updateOne: { filter: live, update: trusted({ $set: { internal_role: 'admin' } }) } },
  { updateMany: { filter: live, update: { $set: { age: 1 } } } },
  { deleteMany: { filter: trusted.and(live, live) } },
]));
// refused at filter: 'nothing' is not a path of this document
members.bulkWrite([{ deleteOne: { filter: trusted({ nothing: 1 }) } }]);
// refused at update: 'nothing' is not a path of this document
members.bulkWrite([{ updateOne: { filter: live, update: trusted({ $set: { nothing: 1 } }) } }]);
// refused at document: a trusted document lacks 'addresses'
members.bulkWrite([{ insertOne: { document: trusted({ credits: 1 }) } }]);
const bulk = members.initializeOrderedBulkOp();
compiles(() => bulk.insert(trusted(whole)));
compiles(() => bulk.find(live).updateOne(trusted({ $set: { internal_role: 'admin' } })));
compiles(() => bulk.find(live).arrayFilters([{ 'a.city': 'c' }]).update(trusted({ $set: { 'addresses.$[a].access_code': 'x' } })));
compiles(() => bulk.find(trusted.and(live, live)).delete());
// refused at trusted: 'nothing' is not a path of this document
bulk.find(trusted({ nothing: 1 }));
// refused at trusted: 'nothing' is not a path of this document
bulk.find(live).updateOne(trusted({ $set: { nothing: 1 } }));
