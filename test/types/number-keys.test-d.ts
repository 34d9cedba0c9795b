// Numbers in paths: keys where the type has no array, elements where it has one.
import type { Collection, ObjectId } from 'mongodb';
import { defineView, op, SafeCollection, subtree, trusted, type Exposed } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';

interface Stats {
  _id: ObjectId;
  name: string;
  perYear: Record<string, number>;
  perId: Record<number, string>;
  modes?: Record<`${number}`, { wpm: number }[]>;
  best: { '15': number; '60'?: { wpm: number } };
  items: { '7': string; sku: string }[];
  scores: Record<string, number>[];
  hidden: Record<string, number>;
}

const view = defineView<Stats>()({
  public: { name: 1, perYear: subtree, perId: subtree, modes: subtree, 'best.15': 1, 'best.60.wpm': 1, 'items.sku': 1 },
  writable: { name: 1, perYear: 1, perId: 1, modes: 1, 'best.15': 1, 'best.60.wpm': 1 },
  arrays: { items: 1 },
});
const raw = a<Collection<Stats>>();
const stats = new SafeCollection(raw, view);
const one = { name: 'ada' };

const paths = { 'best.15': 1, 'best.60': 1, 'perYear.2024': 1, 'perId.7': 1, 'modes.30': 1 } as const;
type(await stats.findOne({ 'best.15': op({ $gt: 3 }), 'perYear.2024': 5, 'perId.7': 'x' }, { projection: paths, sort: { 'best.15': -1, 'perYear.2024': 1 } })).is<Exposed<{
  best: { '15': number; '60'?: { wpm: number } };
  perYear: { '2024'?: number };
  perId: { '7'?: string };
  modes?: { '30'?: { wpm: number }[] };
}> | null>();
type(await stats.distinct('best.15', {})).is<number[]>();
type(await stats.aggregate([{ $match: { 'best.15': op({ $gt: 1 }) } }, { $limit: 3 }, { $match: { 'perId.7': 'x' } }, { $sort: { 'best.15': 1 } }, { $project: { top: '$best.15', year: '$perYear.2024', id: '$perId.7', 'best.15': 1 } }]).toArray()).is<
  Exposed<{ best: { '15': number }; top: number; year?: number; id?: string }>[]
>();
compiles(() => stats.updateOne(one, { $set: { 'best.15': 3, 'best.60.wpm': 4, 'perYear.2024': 3, 'perId.7': 'x', 'modes.15': [{ wpm: 3 }] }, $inc: { 'perYear.2025': 1 }, $unset: { 'perYear.2020': 1, 'perId.8': '', 'modes.30': 1 } }));
compiles(() => stats.updateOne(one, trusted({ $inc: { 'perYear.2025': 1, 'hidden.2024': 1 }, $set: { 'perId.9': 'x', 'items.$[].7': 'y' } })));
compiles(() => stats.findOne(trusted({ 'hidden.2024': 3, 'perId.7': 'x' }), { projection: ['name'] }));
compiles(() => stats.insertOne({ name: 'b', perYear: { 2024: 1 }, best: { '15': 1 }, perId: { 7: 'x' }, modes: { '15': [{ wpm: 1 }] } }, { trusted: trusted({ set: { items: [], scores: [], hidden: {} } }) }));
compiles(() => defineView<Stats>()({ public: { 'perYear.2024': 1, 'perId.7': 1 } }));
compiles(() => new PrivilegedCollection(raw, view, { reason: 'x' }).findOne({ 'hidden.2024': 1 }, { projection: { 'hidden.2024': 1, 'perId.7': 1 } }));

// refused: 'best.17' is not filterable in this view
stats.findOne({ 'best.17': 1 }, { projection: ['name'] });
// refused: 'perYear.2024' is compared with a value of another type
stats.findOne({ 'perYear.2024': 'x' }, { projection: ['name'] });
// refused: 'perId.7' takes a value of another type
stats.updateOne(one, { $set: { 'perId.7': 1 } });
// refused: 'items.0.sku' is not filterable in this view
stats.findOne({ 'items.0.sku': 'a' }, { projection: ['name'] });
// refused: 'items.0.sku' is not public in this view
stats.findOne(one, { projection: ['items.0.sku'] });
// refused: 'items.0.sku' is not sortable in this view
stats.findOne(one, { projection: ['name'], sort: { 'items.0.sku': 1 } });
// refused: 'modes.15.0.wpm' is compared with a value of another type
stats.findOne({ 'modes.15.0.wpm': 3 }, { projection: ['name'] });
// refused at trusted: 'items.0.sku' is not a path of this document
stats.findOne(trusted({ 'items.0.sku': 'x' }), { projection: ['name'] });
// refused at trusted: 'items.0.sku' is not a path of this document
stats.updateOne(one, trusted({ $set: { 'items.0.sku': 'x' } }));
// refused: 'items.7' is not a path of this document
defineView<Stats>()({ public: { 'items.7': 1 } });
// refused: 'scores.7' is not a path of this document
defineView<Stats>()({ public: { 'scores.7': 1 } });
// refused: 'items.0.sku' is not filterable in this view
stats.aggregate([{ $limit: 1 }, { $match: { 'items.0.sku': 'a' } }, { $project: { name: 1 } }]);
// refused: 'items.0.sku' does not exist at this point of the pipeline
stats.aggregate([{ $set: { x: 1 } }, { $match: { 'items.0.sku': 'a' } }, { $project: { name: 1 } }]);
