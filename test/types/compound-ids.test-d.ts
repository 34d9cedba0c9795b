// A compound `_id`: compared as a whole, inserted, and copied by an upsert.
import type { Collection } from 'mongodb';
import { defineView, op, SafeCollection, trusted, type SafeFilter } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles } from './assert.ts';

interface Seat {
  _id: { hall: string; seat: number };
  price: number;
}

const raw = a<Collection<Seat>>();
const hidden = new SafeCollection(raw, defineView<Seat>()({ public: { price: 1 } }));
const paths = { '_id.hall': 1, '_id.seat': 1, price: 1 } as const;
const seatView = defineView<Seat>()({ public: paths, writable: paths });
const seats = new SafeCollection(raw, seatView);
const partly = new SafeCollection(raw, defineView<Seat>()({ public: { '_id.hall': 1, price: 1 }, writable: { price: 1 } }));
const _id = { hall: 'a', seat: 1 };
const p = { projection: ['price'] } as const;

compiles(() => hidden.findOne({ _id: { hall: 'a', seat: 1 } }, p));
compiles(() => hidden.findOne({ _id }, p));
compiles(() => hidden.findOne({ _id: op({ $in: [_id, { hall: 'b', seat: 2 }] }) }, p));
compiles(() => hidden.deleteMany({ _id }));
compiles(() => seats.findOne({ _id }, { projection: { _id: 1 } }));
compiles(() => seats.exists({ _id: op({ $eq: _id }) }));
compiles(() => seats.updateOne({ _id }, { $set: { price: 1 } }, { upsert: true }));
compiles(() => hidden.findOne(trusted({ _id }), p));
compiles(() => hidden.findOne({}, { ...p, trusted: trusted({ filter: { _id: op({ $in: [_id] }) } }) }));
compiles(() => seats.insertOne({ _id, price: 1 }));
compiles(() => hidden.insertOne({}, { trusted: trusted({ set: { _id, price: 1 } }) }));
compiles(() => new PrivilegedCollection(raw, seatView, { reason: 'x' }).findOne({ _id }, p));
compiles(() => {
  const filter: SafeFilter<typeof seatView> = {};
  filter._id = _id;
  return seats.countDocuments(filter);
});

// refused: '_id' is compared with a value of another type
hidden.findOne({ _id: { hall: 'a' } }, p);
// refused: '_id' is compared with a value of another type
hidden.findOne({ _id: { hall: 'a', seat: '1' } }, p);
// refused: '_id' is not public: it is matched exactly, by a value, $eq or $in
hidden.findOne({ _id: op({ $gt: _id }) }, p);
// refused: '_id' is a branch: name a leaf below it, or use $elemMatch
partly.findOne({ _id }, p);
// refused at _id: an upsert copies '_id' into the new document, but it is not writable in this view
hidden.updateOne({ _id }, trusted({ $set: { price: 1 } }), { upsert: true });
// refused at _id: 'seat' is missing
seats.insertOne({ _id: { hall: 'a' }, price: 1 });
