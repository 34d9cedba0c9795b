// Where a view says that arrays are: exactly at the array paths at or above its leaves.
import { defineView, everything, op, subtree, trusted, type SafeFilter } from 'safe-collection';

import { a, compiles } from './assert.ts';
import { members, memberView } from './write-fixtures.ts';

interface Doc {
  name: string;
  bytes: Uint8Array;
  tags: string[];
  either: string | string[];
  three: number | number[] | number[][];
  matrix: number[][];
  maybe?: string[] | null;
  holes: (string | null)[];
  fixed: readonly string[];
  pair: [string, number];
  nothing: null[];
  branch: { one: string; many: string[]; deep: { list: number[] }[] };
  items: { city: string; codes: number[]; meta: Record<string, string[]> }[];
  grid: { x: number }[][];
  home: { city: string } | { city: string }[] | null;
  settings: Record<string, string[]>;
  open: unknown;
}

const view = defineView<Doc>();

compiles(() => view({ public: { name: 1, bytes: 1, 'branch.one': 1 } }));
compiles(() => view({ public: { name: 1 }, arrays: {} }));
compiles(() =>
  view({
    public: { tags: 1, either: 1, three: 1, matrix: 1, maybe: 1, holes: 1, fixed: 1, pair: 1, nothing: 1, 'branch.many': 1, 'branch.deep.list': 1, 'items.codes': 1, 'grid.x': 1, 'home.city': 1 },
    arrays: {
      tags: 1, either: [0, 1], three: [0, 1, 2], matrix: 2, maybe: 1, holes: 1, fixed: 1, pair: 1, nothing: 1,
      'branch.many': 1, 'branch.deep': 1, 'branch.deep.list': 1, items: 1, 'items.codes': 1, grid: 2, home: [0, 1],
    },
  }),
);
compiles(() => view({ public: { name: 1 }, writable: { tags: 1 }, filterable: { matrix: 1 }, sortable: { fixed: 1 }, joinable: { maybe: 1 }, arrays: { tags: 1, matrix: 2, fixed: 1, maybe: 1 } }));
compiles(() => view({ public: { name: 1 }, filterable: { tags: 0 } }));
compiles(() => view({ public: { settings: subtree, open: subtree } }));
compiles(() => view({ public: { 'items.meta': subtree }, arrays: { items: 1 } }));
compiles(() => view({ public: { settings: subtree }, writable: { 'settings.theme': 1 } }));
compiles(() => view({ public: { 'settings.theme': 1 }, arrays: { 'settings.theme': 1 } }));
compiles(() => view({ public: { name: 1 }, filterable: { open: 1 } }));
compiles(() => view({ public: { name: 1 }, filterable: { open: 1 }, arrays: { open: [0, 1] } }));

// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
view({ public: { name: 1, tags: 1 } });
// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
view({ public: { name: 1, tags: 1 }, arrays: {} });
// refused: 'matrix' is an array in this document: add 'matrix': 2 to `arrays`
view({ public: { tags: 1, matrix: 1 }, arrays: { tags: 1 } });
// refused: 'either' is an array in this document: add 'either': [0, 1] to `arrays`
view({ public: { either: 1 } });
// refused: 'three' is an array in this document: add 'three': [0, 1, 2] to `arrays`
view({ public: { three: 1 } });
// refused: 'maybe' is an array in this document: add 'maybe': 1 to `arrays`
view({ public: { maybe: 1 } });
// refused: 'pair' is an array in this document: add 'pair': 1 to `arrays`
view({ public: { pair: 1 } });
// refused at items.city: 'items' is an array in this document: add 'items': 1 to `arrays`
view({ public: { 'items.city': 1 } });
// refused at items.codes: 'items.codes' is an array in this document: add 'items.codes': 1 to `arrays`
view({ public: { 'items.codes': 1 }, arrays: { items: 1 } });
// refused at items.meta: 'items' is an array in this document: add 'items': 1 to `arrays`
view({ public: { 'items.meta': subtree } });
// refused at branch.deep.list: 'branch.deep' is an array in this document: add 'branch.deep': 1 to `arrays`
view({ public: { 'branch.deep.list': 1 }, arrays: { 'branch.deep.list': 1 } });
// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
view({ public: { name: 1 }, writable: { tags: 1 } });
// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
view({ public: { name: 1 }, filterable: { tags: 1 } });
// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
view({ public: { name: 1 }, sortable: { tags: 1 } });
// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
view({ public: { name: 1 }, joinable: { tags: 1 } });
// refused at items.meta: 'items' is an array in this document: add 'items': 1 to `arrays`
view({ public: { name: 1 }, writable: { 'items.meta': subtree } });

// refused at tags: 'tags' is an array in this document: write 1
view({ public: { tags: 1 }, arrays: { tags: 2 } });
// refused at tags: 'tags' is an array in this document: write 1
view({ public: { tags: 1 }, arrays: { tags: [0, 1] } });
// refused at either: 'either' is an array in this document: write [0, 1]
view({ public: { either: 1 }, arrays: { either: 1 } });
// refused at either: 'either' is an array in this document: write [0, 1]
view({ public: { either: 1 }, arrays: { either: [1, 0] } });
// refused at tags: 'tags' is an array in this document: write 1
view({ public: { tags: 1 }, arrays: { tags: true } });
// refused at tags: 'tags' is an array in this document: write 1
view({ public: { tags: 1 }, arrays: { tags: a<number>() } });
// refused at tags: 'tags' is an array in this document: write 1
view({ public: { tags: 1 }, arrays: { tags: a<1 | 2>() } });
// refused at tags: 'never'
view({ public: { tags: 1 }, arrays: { tags: a<any>() } });
// refused at name: 'name' is not an array in this document: leave it out
view({ public: { name: 1 }, arrays: { name: 1 } });
// refused at bytes: 'bytes' is not an array in this document: leave it out
view({ public: { bytes: 1 }, arrays: { bytes: 1 } });
// refused at branch: 'branch' is not an array in this document: leave it out
view({ public: { 'branch.one': 1 }, arrays: { branch: 1 } });
// refused at tags: 'tags' is not a path that this view names elsewhere: leave it out
view({ public: { name: 1 }, arrays: { tags: 1 } });
// refused at settings: 'settings' is a subtree or below one, where arrays may have any depth: leave it out
view({ public: { settings: subtree }, arrays: { settings: 1 } });
// refused at settings.theme: 'settings.theme' is a subtree or below one, where arrays may have any depth: leave it out
view({ public: { settings: subtree }, arrays: { 'settings.theme': 1 } });
// refused at open: write the depth of the arrays, 1 to 4, or an ascending list such as [0, 1]
view({ public: { name: 1 }, filterable: { open: 1 }, arrays: { open: 5 } });
// refused at arrays: 'never'
view({ public: { name: 1 }, arrays: a<any>() });
// refused at arrays: write the path as a literal
view({ public: { name: 1 }, arrays: a<Record<string, 1>>() });

// An update says at each array which elements it means.
const one = { username: 'ada' };
// refused: 'addresses.city' goes through the array 'addresses' and does not say which elements are meant: write 'addresses.$[]' or 'addresses.$[id]'
members.updateOne(one, { $set: { 'addresses.city': 'x' } });
// refused: 'addresses.street' goes through the array 'addresses' and does not say
members.updateMany(one, { $unset: { 'addresses.street': 1 } });
// refused: 'notes.text' goes through the array 'notes' and does not say
members.findOneAndUpdate(one, { $setOnInsert: { 'notes.text': 'x' } }, { projection: ['email'] });
// refused: 'notes.text' goes through the array 'notes' and does not say
members.bulkWrite([{ updateOne: { filter: one, update: { $set: { 'notes.text': 'x' } } } }]);
// refused: 'notes.text' goes through the array 'notes' and does not say
members.initializeOrderedBulkOp().find(one).updateOne({ $set: { 'notes.text': 'x' } });
// refused at trusted: 'addresses.access_code' goes through an array and does not say which elements are meant
members.updateOne(one, { $set: { email: 'e' } }, { trusted: trusted({ update: { $set: { 'addresses.access_code': 'x' } } }) });
compiles(() => members.updateOne(one, { $set: { email: 'e' } }, { trusted: trusted({ update: { $set: { 'addresses.$[].access_code': 'x' } } }) }));

// An upsert copies what its filter equals.
// refused: an upsert copies 'tags' into the new document as a single value, but 'tags' is an array: set it in $setOnInsert, or filter by $elemMatch
members.updateOne({ tags: 'x' }, { $set: { email: 'e' } }, { upsert: true });
// refused: an upsert copies 'addresses.city' into the new document as a single value, but 'addresses' is an array
members.updateOne({ 'addresses.city': 'x' }, { $set: { email: 'e' } }, { upsert: true });
// refused: an upsert copies 'tags' into the new document as a single value
members.bulkWrite([{ updateOne: { filter: { $and: [{ tags: 'x' }] }, update: { $set: { email: 'e' } }, upsert: true } }]);
// refused at { $set: or is a single value for an array
members.initializeOrderedBulkOp().find({ tags: 'x' }).upsert().updateOne({ $set: { email: 'e' } });
compiles(() => members.updateOne({ tags: 'x' }, { $setOnInsert: { tags: ['x'] } }, { upsert: true }));
compiles(() => members.updateOne({ tags: 'x' }, { $set: { email: 'e' } }));
compiles(() => members.updateOne({ tags: /x/ }, { $set: { email: 'e' } }, { upsert: true }));
compiles(() => members.updateOne({ addresses: op({ $elemMatch: { city: 'x' } }) }, { $set: { email: 'e' } }, { upsert: true }));

// The position $ is placed by the array that the caller's filter names, and by no other.
compiles(() => members.updateOne({ 'addresses.city': 'x', username: 'ada' }, { $set: { 'addresses.$.city': 'y' } }));
compiles(() => members.updateOne({ $and: [{ addresses: op({ $elemMatch: { city: 'x' } }) }] }, { $set: { 'addresses.$.city': 'y' } }));
compiles(() => members.updateOne({ tags: 'x' }, { $set: { 'tags.$': 'y' } }));
compiles(() => members.updateOne(a<SafeFilter<typeof memberView>>(), { $set: { 'tags.$': 'y' } }));
compiles(() => members.updateOne({ tags: 'x' }, { $set: { 'tags.$': 'y' } }, { trusted: trusted({ filter: { username: 'ada' } }) }));
// refused at addresses.$.city: 'addresses.$.city' needs a condition on 'addresses' in the filter, or 'addresses.$[id]' with arrayFilters
members.updateOne(one, { $set: { 'addresses.$.city': 'y' } });
// refused at tags.$: 'tags.$' needs a condition on 'tags' in the filter
members.updateMany(everything, { $set: { 'tags.$': 'y' } });
// refused at addresses.$.city: 'addresses.$.city' could take its position from 'tags', which is filtered too: write 'addresses.$[id]' with arrayFilters
members.updateOne({ 'addresses.city': 'x', tags: 'x' }, { $set: { 'addresses.$.city': 'y' } });
// refused at tags.$: 'tags.$' could take its position from 'scores', which is filtered too
members.updateOne({ tags: 'x' }, { $set: { 'tags.$': 'y' } }, { trusted: trusted({ filter: { scores: 1 } }) });
// refused at tags.$: 'tags.$' could take its position from 'internal_role', which is filtered too
members.updateOne({ tags: 'x' }, { $set: { 'tags.$': 'y' } }, { trusted: trusted({ filter: { internal_role: 'user' } }) });
// refused at tags.$: 'tags.$' needs a condition on 'tags' in the filter
members.findOneAndUpdate(one, { $set: { 'tags.$': 'y' } }, { projection: ['email'] });
// refused at tags.$: 'tags.$' needs a condition on 'tags' in the filter
members.bulkWrite([{ updateOne: { filter: one, update: { $set: { 'tags.$': 'y' } } } }]);
// refused at tags.$: 'tags.$' needs a condition on 'tags' in the filter
members.initializeOrderedBulkOp().find(one).updateOne({ $set: { 'tags.$': 'y' } });
