// Replacements: the caller's document, what the program sets, and what would be lost.
import type { Collection } from 'mongodb';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { members, notes } from './write-fixtures.ts';

interface Person {
  _id: string;
  name: string;
  mail?: string;
  home: { city: string; gate_code?: string } | null;
  work?: { city: string; badge: string };
  tags: string[];
  hash: string;
  plan: 'free' | 'paid';
}

const personView = defineView<Person>()({
  public: { name: 1, mail: 1, tags: 1, plan: 1, 'home.city': 1, 'work.city': 1 },
  writable: { name: 1, mail: 1, tags: 1, plan: 1, 'home.city': 1, 'work.city': 1 },
  arrays: { tags: 1 },
  defaults: { plan: 'free' },
});
const people = new SafeCollection(a<Collection<Person>>(), personView);
const one = { name: 'ada' };
const ada = { name: 'ada', tags: ['x'], home: { city: 'Rome' } } as const;
const p = { projection: ['name'] } as const;

compiles(() => people.replaceOne(one, { name: 'ada', tags: [], home: { city: 'Rome' } }));
compiles(() => people.replaceOne(one, { ...ada, mail: 'm', plan: 'paid', work: { city: 'Oslo' } }, { keep: 'private', comment: 'c' }));
compiles(() => people.replaceOne(one, ada, { trusted: trusted({ set: { hash: 'h', work: { badge: 'b' } }, filter: { hash: 'old' } }) }));
compiles(() => people.replaceOne(one, ada, { upsert: true }));
compiles(() => people.replaceOne({ hash: 'h' } as never, ada));
compiles(() => people.replaceOne(trusted({ hash: 'h' }), trusted({ ...ada, tags: [], hash: 'x', plan: 'free', home: null })));
compiles(() => people.replaceOne({ _id: 'k' }, ada, { upsert: true, trusted: trusted({ set: { _id: 'k' } }) }));
compiles(() => people.findOneAndReplace(one, ada, { ...p, returnDocument: 'after', sort: { name: 1 } }));
compiles(() => people.bulkWrite([{ replaceOne: { filter: one, replacement: ada, upsert: true, trusted: trusted({ set: { hash: 'h' } }) } }]));

// refused at {: 'home' is missing
people.replaceOne(one, { name: 'ada', tags: [] });
// refused: 'hash' is not writable in this view
people.replaceOne(one, { ...ada, hash: 'x' });
// refused at badge: 'work.badge' is not writable in this view
people.findOneAndReplace(one, { ...ada, work: { city: 'x', badge: 'b' } }, p);
// refused at {: 'home' is a branch: null would delete its other fields. Leave it out
people.replaceOne(one, { name: 'ada', tags: [], home: null });
// refused: 'name' takes a value of another type
people.replaceOne(one, { ...ada, name: 1 });
// refused: 'nothing' is not a path of this document
people.replaceOne(one, { ...ada, nothing: 1 });
// refused at people: the argument 'replacement' is any
people.replaceOne(one, a<any>());
// refused at [: a replacement must be an object of fields
people.replaceOne(one, [ada]);
// refused: 'hash' is not filterable in this view
people.replaceOne({ hash: 'h' }, ada);
// refused at keep: is not assignable
people.replaceOne(one, ada, { keep: 'nothing' });
// refused at trusted: 'update' is not used by this method
people.replaceOne(one, ada, { trusted: trusted({ update: { $set: { hash: 'h' } } }) });
// refused at trusted: 'nothing' does not belong in trusted.set: it is writable, written by the view, or not a field of this document
people.replaceOne(one, ada, { comment: 'c', trusted: trusted({ set: { nothing: 1 } }) });
// refused at trusted: 'hash' in trusted.set is of another type
people.replaceOne(one, ada, { trusted: trusted({ set: { hash: 1 } }) });
// refused: 'name' is in the input and in `trusted`
people.replaceOne(one, { ...ada, name: 'x' }, { trusted: trusted({ set: { name: 'y' } }) });
// refused at trusted: a trusted document lacks 'hash'
people.replaceOne(one, trusted({ ...ada, tags: [], plan: 'free' as const }));
// refused: an upsert copies '_id' into the new document, but it is not writable in this view
people.replaceOne({ _id: 'k' }, ada, { upsert: true });
// refused at ada: findOneAndReplace() needs a projection
people.findOneAndReplace(one, ada);
// refused: 'hash' is not public in this view
people.findOneAndReplace(one, ada, { projection: { hash: 1 } });
// refused at replacement: is not assignable
people.bulkWrite([{ replaceOne: { filter: one, replacement: { name: 'ada' } } }]);
// refused at replaceOne: 'replacement' is missing
people.bulkWrite([{ replaceOne: { filter: one } }]);

// Arrays of subdocuments with writable fields are set by the program.
const body = { username: 'u', email: 'e', credits: 1, tags: [], code: 'c', home: { city: 'Rome' } };
compiles(() => members.replaceOne({ username: 'u' }, body, { trusted: trusted({ set: { addresses: [], notes: [] } }) }));
// refused at {: `trusted` must set 'addresses': its elements may have fields that a replacement would delete
members.replaceOne({ username: 'u' }, { ...body }, { trusted: trusted({ set: { notes: [] } }) });
// refused at addresses: 'addresses' is an array of subdocuments: set it in `trusted`
members.replaceOne({ username: 'u' }, { ...body, addresses: [] }, { trusted: trusted({ set: { notes: [] } }) });

// Results: `modifiedCount` exists if every writable path is filterable.
type(people.replaceOne(one, ada).then(({ modifiedCount }) => modifiedCount)).is<Promise<number>>();
type(people.replaceOne(one, ada, { trusted: trusted({ set: { hash: 'h' } }) }).then(({ modifiedCount }) => modifiedCount)).is<Promise<number | undefined>>();
type(people.replaceOne(one, ada).then(({ upsertedId }) => upsertedId)).is<Promise<string | null>>();
type(people.findOneAndReplace(one, ada, p).then((person) => person?.name)).is<Promise<string | undefined>>();
type(people.findOneAndReplace(one, ada, { ...p, includeUpserted: true }).then(({ upserted }) => upserted)).is<Promise<boolean>>();
// refused at modifiedCount: Property 'modifiedCount' does not exist
members.replaceOne({ username: 'u' }, body, { trusted: trusted({ set: { addresses: [], notes: [] } }) }).then(({ modifiedCount }) => modifiedCount);
compiles(() => notes.replaceOne({ text: op({ $eq: 't' }) }, { text: 'u' }, { version: 1 }));
// refused at version: an upsert takes no `version`
notes.replaceOne({ text: 't' }, { text: 'u' }, { version: 1, upsert: true });
