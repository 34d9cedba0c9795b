// Whole branches in an update, and keys that are computed.
import type { Collection } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

import { a, compiles } from './assert.ts';

interface Person {
  name: string;
  views: number;
  likes: number;
  tags: string[];
  home?: { city: string; zip?: string; geo?: { lat: number; lon: number } } | null;
  work?: { city: string; gate_code?: string };
  pets: { name: string; age?: number }[];
  box?: { lines: { sku: string }[]; note: string };
}

const personView = defineView<Person>()({
  public: { name: 1, views: 1, likes: 1, tags: 1, 'home.city': 1, 'home.zip': 1, 'home.geo.lat': 1, 'home.geo.lon': 1, 'work.city': 1, 'pets.name': 1, 'pets.age': 1, 'box.note': 1, 'box.lines.sku': 1 },
  writable: { name: 1, views: 1, likes: 1, tags: 1, 'home.city': 1, 'home.zip': 1, 'home.geo.lat': 1, 'home.geo.lon': 1, 'work.city': 1, 'pets.name': 1, 'pets.age': 1, 'box.note': 1, 'box.lines.sku': 1 },
  arrays: { tags: 1, pets: 1, 'box.lines': 1 },
});
const people = new SafeCollection(a<Collection<Person>>(), personView);
const one = { name: 'ada' };

compiles(() => people.updateOne(one, { $set: { home: { city: 'Rome', zip: '1', geo: { lat: 1, lon: 2 } } } }));
compiles(() => people.updateOne(one, { $set: { home: { city: 'Rome' } } }));
compiles(() => people.updateOne(one, { $set: { 'home.geo': { lat: 1, lon: 2 } } }));
compiles(() => people.updateOne(one, { $setOnInsert: { home: { city: 'Rome' } } }, { upsert: true }));
compiles(() => people.findOneAndUpdate(one, { $set: { home: { city: 'Rome' } } }, { projection: ['name'] }));
compiles(() => people.updateOne(one, { $set: { 'pets.$[p]': { name: 'x' } } }, { arrayFilters: [{ 'p.name': 'y' }] }));
// refused: 'home' takes a value of another type
people.updateOne(one, { $set: { home: { zip: '1' } } });
// refused: 'home' takes a value of another type
people.updateOne(one, { $set: { home: { city: 1 } } });
// refused: 'work' is a branch: name the leaves below it, as 'work.gate_code' is not writable
people.updateOne(one, { $set: { work: { city: 'Rome' } } });
// refused: 'pets' is a branch: name the leaves below it, as 'pets.$[]' is not writable
people.updateOne(one, { $set: { pets: [{ name: 'x' }] } });
// refused: 'box' is a branch: name the leaves below it, as 'box.lines.$[]' is not writable
people.updateOne(one, { $set: { box: { note: 'n', lines: [] } } });
// refused at home: null
people.updateOne(one, { $set: { home: null } });

compiles(() => people.updateOne(one, { $pullAll: { tags: ['a', 'b'] } }));
// refused at tags: is not assignable
people.updateOne(one, { $pullAll: { tags: 'a' } });
// refused: 'pets' is a branch
people.updateOne(one, { $pullAll: { pets: [{ name: 'x' }] } });

// TypeScript makes any string of a computed key, whatever the type of the key. An object of a type of its own is checked key by key.
const key = a<'views' | 'likes'>();
const counted: { views?: number; likes?: number } = { [key]: 1 };
compiles(() => people.updateOne(one, { $inc: counted }));
compiles(() => people.find({}, { projection: ['name'], sort: [[key, -1]] }));
const secret: { gate_code?: number } = { [a<'gate_code'>()]: 1 };
// refused at $inc: 'gate_code' is not writable in this view
people.updateOne(one, { $inc: secret });
// refused at $inc: to TypeScript a computed key is any string
people.updateOne(one, { $inc: { [key]: 1 } });
// refused at $set: to TypeScript a computed key is any string
people.updateOne(one, { $set: { [`home.${a<string>()}`]: 'x' } });
// refused at sort: write the path as a literal, or pairs: [[key, 1]]
people.find({}, { projection: ['name'], sort: { [key]: 1 } });
