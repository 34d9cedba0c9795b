// New documents: what a caller may give, and what the program has to.
import { ObjectId } from 'mongodb';
import { trusted } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { members, notes } from './write-fixtures.ts';

const body = { username: 'ada', email: 'a@example.org', credits: 1, tags: ['x'], code: 'c', home: { city: 'London' } };
const rest = trusted({ set: { password_hash: 'h', internal_role: 'user', home: { gate_code: 'g' }, addresses: [] } });

compiles(() => members.insertOne({ ...body }, { trusted: rest }));
compiles(() => members.insertOne({ ...body, age: 3, big: 1n, grid: [[1]], seen_at: null, plan: 'paid', profile: { bio: 'x' }, notes: [{ text: 't', at: new Date() }] }, { trusted: rest }));
compiles(() => members.insertOne({ ...body, profile: {} }, { trusted: rest }));
compiles(() => notes.insertOne({ text: 't' }));
compiles(() => notes.insertOne({ text: 't', pinned: true }, { comment: 'x', writeConcern: { w: 'majority' } }));
compiles(() => notes.insertMany([{ text: 't' }, { text: 'u', pinned: false }], { ordered: false }));
compiles(() => notes.insertMany(a<{ text: string }[]>()));
compiles(() => notes.insertOne(a<{ readonly text: string }>()));

// A caller can't set paths that the view does not name.
// refused: 'internal_role' is not writable in this view
members.insertOne({ ...body, internal_role: 'admin' }, { trusted: rest });
// refused: 'password_hash' is not writable in this view
members.insertOne({ ...body, password_hash: 'x' }, { trusted: rest });
// refused: 'joined_at' is not writable in this view
members.insertOne({ ...body, joined_at: new Date() }, { trusted: rest });
// refused: '_id' is not writable in this view
members.insertOne({ ...body, _id: new ObjectId() }, { trusted: rest });
// refused at ssn: 'profile.ssn' is not writable in this view
members.insertOne({ ...body, profile: { bio: 'x', ssn: '1' } }, { trusted: rest });
// refused at ssn: 'profile.ssn' is not writable in this view
members.insertOne({ ...body, profile: { ssn: '1' } }, { trusted: rest });
// refused at gate_code: 'home.gate_code' is not writable in this view
members.insertOne({ ...body, home: { city: 'x', gate_code: '1' } }, { trusted: rest });
// refused at access_code: 'addresses.access_code' is not writable in this view
members.insertOne({ ...body, addresses: [{ city: 'x', access_code: '1' }] }, { trusted: rest });
// refused: 'nothing' is not a path of this document
members.insertOne({ ...body, nothing: 1 }, { trusted: rest });
// refused: 'profile.bio' is not a path of this document
members.insertOne({ ...body, 'profile.bio': 'x' }, { trusted: rest });
// refused: '$set' is not a path of this document
members.insertOne({ ...body, $set: { internal_role: 'admin' } }, { trusted: rest });
// refused: 'rev' is not writable in this view
notes.insertOne({ text: 't', rev: 5 });
// refused: 'made_at' is not writable in this view
notes.insertOne({ text: 't', made_at: new Date() });
// refused: 'rev' is not writable in this view
notes.insertMany([{ text: 't' }, { text: 'u', rev: 5 }]);

// Of its own type, whole, and known to the compiler.
// refused: 'username' takes a value of another type
members.insertOne({ ...body, username: 1 }, { trusted: rest });
// refused: 'plan' takes a value of another type
members.insertOne({ ...body, plan: 'gold' }, { trusted: rest });
// refused: 'tags' takes a value of another type
members.insertOne({ ...body, tags: [1] }, { trusted: rest });
// refused: 'age' takes a value of another type
members.insertOne({ ...body, age: '3' }, { trusted: rest });
// refused: 'profile' is a branch: it takes an object
members.insertOne({ ...body, profile: 'x' }, { trusted: rest });
// refused at { pinned: 'text' is missing
notes.insertOne({ pinned: true });
// refused at { email: 'home' is missing
members.insertOne({ email: 'e', username: 'ada', credits: 1, tags: [], code: 'c' }, { trusted: rest });
// refused at home: 'city' is missing
members.insertOne({ ...body, home: {} }, { trusted: rest });
// refused: 'profile' is a branch: it takes an object
members.insertOne({ ...body, profile: null }, { trusted: rest });
// refused: 'profile' is a branch: it takes an object
members.insertOne({ ...body, profile: [{ bio: 'x' }] }, { trusted: rest });
// refused: 'notes' is an array: it takes an array of objects
members.insertOne({ ...body, notes: { text: 't' } }, { trusted: rest });
// refused at {}]: 'text' is missing
members.insertOne({ ...body, notes: [{}] }, { trusted: rest });
// refused at [{ ...body }]: a document must be an object of fields
members.insertOne([{ ...body }], { trusted: rest });
// refused at notes: the argument 'input' is any
notes.insertOne(a<any>());
// refused at a<unknown: 'unknown' is not assignable
notes.insertOne(a<unknown>());
// refused at text: 'never'
notes.insertOne({ text: a<any>() });
// refused: 'text' may be undefined: leave the key out instead
notes.insertOne({ text: a<unknown>() });
// refused at a<Record: is not a path of this document
notes.insertOne(a<Record<string, string>>());
// refused at text: 'never'
notes.insertMany([{ text: a<any>() }]);
// refused at notes: the argument 'inputs' is any
notes.insertMany(a<any>());
// refused at { text: insertMany() takes an array of documents
notes.insertMany({ text: 't' });

// Options: each insert takes those that are listed for it.
// refused: 'hint' is not an option of insertOne()
notes.insertOne({ text: 't' }, { comment: 'x', hint: 'x' });
// refused: 'bypassDocumentValidation' is not an option of insertOne()
notes.insertOne({ text: 't' }, { comment: 'x', bypassDocumentValidation: true });
// refused: 'ignoreUndefined' is not an option of insertOne()
notes.insertOne({ text: 't' }, { comment: 'x', ignoreUndefined: true });
// refused: 'serializeFunctions' is not an option of insertOne()
notes.insertOne({ text: 't' }, { comment: 'x', serializeFunctions: true });
// refused: 'checkKeys' is not an option of insertOne()
notes.insertOne({ text: 't' }, { comment: 'x', checkKeys: false });
// refused: 'forceServerObjectId' is not an option of insertMany()
notes.insertMany([{ text: 't' }], { comment: 'x', forceServerObjectId: true });
// refused: 'raw' is not an option of insertMany()
notes.insertMany([{ text: 't' }], { comment: 'x', raw: true });
// refused: 'password_hash' is not public in this view
members.insertOne({ ...body }, { trusted: rest, projection: { password_hash: 1 } });
// refused at w: is not assignable
notes.insertOne({ text: 't' }, { writeConcern: { w: 'some' } });

// Results.
type(notes.insertOne({ text: 't' })).is<Promise<{ readonly acknowledged: boolean; readonly insertedId: ObjectId } & unknown>>();
type(notes.insertOne({ text: 't' }).then(({ insertedId }) => insertedId)).is<Promise<ObjectId>>();
type(notes.insertMany([{ text: 't' }]).then(({ insertedIds }) => insertedIds)).is<Promise<Readonly<Record<number, ObjectId>>>>();
compiles(async () => {
  const { document } = await notes.insertOne({ text: 't' }, { projection: { text: 1, pinned: 1 } });
  const text: string = document.text;
  const pinned: boolean | undefined = document.pinned;
  return [text, pinned];
});
compiles(async () => {
  const { documents } = await notes.insertMany([{ text: 't' }], { projection: ['text'] });
  return documents.map((document): string => document.text);
});
// refused at document: Property 'document' does not exist
notes.insertOne({ text: 't' }).then(({ document }) => document);
// refused at rev: Property 'rev' does not exist
notes.insertOne({ text: 't' }, { projection: { text: 1 } }).then(({ document }) => document.rev);
