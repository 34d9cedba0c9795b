import type { AnswerList } from '../support/answer-list.ts';
import { TENANTS } from '../support/tenants.ts';
import { distinct, listed } from '../support/tables.ts';

/** Values of a scope. */
const VALUES = `
  {} | undefined | null | 'acme' | [] | { tenant: undefined } | { tenant: null } | { tenant: 'acme' } | { tenant: '' } | { tenant: 1 } | { tenant: NaN } | { tenant: true } | { tenant: 1n } | { tenant: new Date(0) } | { tenant: ObjectId.createFromTime(0) } | { tenant: new Long(5) } | { tenant: Decimal128.fromString('1') } | { tenant: Buffer.from([1]) } | { tenant: new UUID('00000000-0000-4000-8000-000000000001') }
  { tenant: { $ne: 1 } } | { tenant: op({ $ne: 1 }) } | { tenant: ['acme'] } | { tenant: /a/ } | { tenant: {} } | { tenant: () => 1 } | { tenant: Symbol('x') } | { tenant: 'acme', other: 1 } | { other: 'acme' } | new Map() | { tenant: trusted({}) }
`;

/** Calls of a bound collection. */
const CALLS = `
  find({}, { projection: ['n'] }).toArray() | find({ n: 1 }, { projection: ['n'] }).toArray() | find({ tenant: 'x' }, { projection: ['n'] }) | find({ n: 1 }, { projection: ['n'], collation: { locale: 'en' } }) | find({ n: 1 }, { projection: ['n'], collation: { locale: 'simple' } }).toArray() | findOne({}, { projection: ['n'], trusted: trusted({ filter: { tenant: 'globex' } }) }) | countDocuments({}) | estimatedDocumentCount() | estimatedDocumentCount({ comment: 'x' }) | exists({ n: 2 }) | distinct('n') | distinct('tenant')
  aggregate([{ $match: { n: 1 } }, { $project: { n: 1 } }]).toArray() | aggregate([{ $group: { _id: '$n' } }, { $project: { n: '$_id' } }, { $sort: { n: 1 } }]).toArray() | insertOne({ n: 9, text: 'x' }) | insertOne({ n: 9, text: 'x', tenant: 'acme' }) | insertOne({ n: 9 }, { trusted: trusted({ set: { tenant: 'acme' } }) }) | insertOne({ n: 9 }, { trusted: trusted({ set: { tenant: 'globex' } }) }) | insertMany([{ n: 8 }, { n: 9 }]) | updateOne({ n: 1 }, { $set: { text: 'y' } }) | updateOne({ text: 'x' }, { $set: { text: 'y' } })
  updateOne({ n: 1 }, { $set: { tenant: 'acme' } }) | updateOne({ n: 1 }, { $set: { text: 'y' } }, { trusted: trusted({ update: { $set: { tenant: 'acme' } } }) }) | updateOne({ n: 1 }, trusted({ $set: { tenant: 'globex' } })) | updateOne({ n: 1 }, trusted({ $unset: { tenant: '' } })) | updateOne({ n: 1 }, trusted({ $set: { 'tenant.x': 1 } })) | updateOne({ n: 1 }, trusted({ $setOnInsert: { tenant: 'acme' } }), { upsert: true }) | updateOne({ n: 7 }, { $set: { text: 'y' } }, { upsert: true }) | updateOne({ n: 1 }, trusted({ $set: { text: 'q' }, $inc: { tenant: 1 } }))
  updateOne({ n: 7 }, { $set: { text: 'y' } }, { upsert: true, trusted: trusted({ filter: { tenant: 'acme' } }) }) | updateOne({ text: 'zz' }, { $set: { n: 7 } }, { upsert: true }) | updateMany({ text: op({ $ne: 'x' }) }, { $set: { text: 'y' } }) | updateMany({ text: 'zz' }, { $set: { text: 'y' } }, { upsert: true }) | updateMany(everything, { $set: { text: 'y' } }) | replaceOne({ n: 1 }, { text: 'r', n: 1 }) | replaceOne({ n: 1 }, trusted({ text: 'r', n: 1, tenant: 'globex' })) | replaceOne({ n: 1 }, trusted({ text: 'r', n: 1, tenant: 'acme' }))
  deleteOne({ n: 1 }) | deleteOne({ text: 'x' }) | deleteMany(everything) | deleteMany({ text: 'x' }) | findOneAndDelete({ n: 1 }, { projection: ['n'] }) | findOneAndDelete({ text: 'x' }, { projection: ['n'] }) | findOneAndUpdate({ n: 0 }, { $set: { text: 'z' } }, { projection: ['text'] }) | bulkWrite([{ updateOne: { filter: { n: 1 }, update: { $set: { text: 'b' } } } }, { insertOne: { document: { n: 9 } } }]) | bulkWrite([{ updateOne: { filter: { text: 'x' }, update: { $set: { text: 'b' } } } }]) | bulkWrite([{ deleteMany: { filter: { text: 'x' } } }])
  find({ $text: { $search: 'text' } }, { projection: ['n'] }).toArray() | find({ n: op({ $in: [1] }) }, { projection: ['n'] }).toArray() | watch({}, { projection: ['n'] }).then((stream) => stream.close()) | find({ id: 'AAAAAAAAAAAAAAAAAAAAAA' }, { projection: ['id'] }) | find({}, { projection: ['id'] }).toArray()
`;

const SHARED_CALLS = `
  find({}, { projection: ['n'] }).toArray() | find({ n: 1 }, { projection: ['n'] }).toArray() | find({ n: op({ $in: [1, 2] }) }, { projection: ['n'] }).toArray() | find({ n: op({ $gt: 1 }) }, { projection: ['n'] }).toArray() | find({ $and: [{ n: 1 }] }, { projection: ['n'] }).toArray() | find({ $or: [{ n: 1 }] }, { projection: ['n'] }).toArray() | find({ n: null }, { projection: ['n'] }).toArray() | find({ n: op({ $eq: 1 }) }, { projection: ['n'] }).toArray() | find({ n: /x/ }, { projection: ['n'] }).toArray()
  find({ n: 'x' }, { projection: ['n'], collation: { locale: 'en' } }).toArray() | find({ n: 1 }, { projection: ['n'], collation: { locale: 'en' } }).toArray() | find({ n: 'x' }, { projection: ['n'] }).toArray() | find({ n: op({ $in: [] }) }, { projection: ['n'] }).toArray() | find({ n: op({ $in: [1, null] }) }, { projection: ['n'] }).toArray() | find({ n: op({ $in: [/x/] }) }, { projection: ['n'] }).toArray() | find({ text: 'x' }, { projection: ['n'], trusted: trusted({ filter: { n: 1 } }) }).toArray() | find({ n: [1] }, { projection: ['n'] })
  countDocuments({ text: 'x' }) | distinct('n', { text: 'x' }) | exists({ text: 'x' }) | estimatedDocumentCount() | aggregate([{ $match: { n: 1 } }, { $project: { n: 1 } }]).toArray() | aggregate([{ $match: { text: 'x' } }, { $project: { n: 1 } }]).toArray() | aggregate([{ $project: { n: 1 } }, { $match: { n: 1 } }]).toArray() | updateMany({ text: 'x' }, { $set: { text: 'y' } }) | deleteMany({ n: 1 }) | deleteMany({ text: 'q' })
  updateOne({ n: 1 }, { $set: { text: 'y' } }) | updateOne({ n: 1, 'in.k': 1 }, { $set: { text: 'y' } }) | updateOne({ n: 1, 'in.k': op({ $in: [1] }) }, { $set: { text: 'y' } }) | updateOne({ n: 1, 'in.k': op({ $in: [1, 2] }) }, { $set: { text: 'y' } }) | updateOne({ n: 1, 'in.k': op({ $gt: 1 }) }, { $set: { text: 'y' } }) | updateOne({ n: 1, 'in.k': null }, { $set: { text: 'y' } }) | updateOne({ n: 1, 'in.k': op({ $eq: 1 }) }, { $set: { text: 'y' } }) | updateOne({ $and: [{ n: 1 }, { 'in.k': 1 }] }, { $set: { text: 'y' } }) | updateOne({ $or: [{ n: 1, 'in.k': 1 }] }, { $set: { text: 'y' } })
  updateOne({ n: 'x', 'in.k': 1 }, { $set: { text: 'y' } }, { collation: { locale: 'en' } }) | updateOne({ n: 1, 'in.k': 1 }, { $set: { text: 'y' } }, { collation: { locale: 'en' } }) | updateOne({ n: 'x', 'in.k': 1 }, { $set: { text: 'y' } }, { collation: { locale: 'simple' } }) | updateOne({ $and: [{ n: op({ $in: [1, 2] }) }, { n: 1 }], 'in.k': 1 }, { $set: { text: 'y' } }) | updateOne({ n: 1, $and: [{ n: op({ $in: [1, 2] }) }], 'in.k': 1 }, { $set: { text: 'y' } }) | updateOne({ n: op({ $in: [1, 2], $eq: 1 }), 'in.k': 1 }, { $set: { text: 'y' } })
  updateOne({ n: /x/, 'in.k': 1 }, { $set: { text: 'y' } }) | updateMany({ n: 1 }, { $set: { text: 'y' } }, { upsert: true }) | updateMany({ n: 1, 'in.k': 1 }, { $set: { text: 'y' } }) | deleteOne({ n: 1 }) | deleteOne({ n: 1, 'in.k': 1 }) | findOneAndDelete({ n: 1 }, { projection: ['n'] }) | findOneAndUpdate({ n: 1 }, { $set: { text: 'y' } }, { projection: ['n'] }) | replaceOne({ 'in.k': 1 }, { text: 'x', n: 1 }) | bulkWrite([{ deleteOne: { filter: { n: 1 } } }]) | insertOne({ n: 5 }) | updateOne({ n: 1, 'in.k': true }, { $set: { text: 'y' } }) | updateOne({ n: 1 }, { $set: { text: 'y' } }, { trusted: trusted({ filter: { 'in.k': 1 } }) })
`;

/** Commands that make a MongoDB view. */
const MONGO_VIEWS = `
  db, 'shown', ROW, { viewOn: 'rows' } | db, 'shown', NOTE, { viewOn: 'notes' } | db, 'shown', SHARED, { viewOn: 'notes', role: 'reader' } | db, 'shown', OWNED, { viewOn: 'notes', dryRun: true } | db, 'shown', ROW, { viewOn: 'rows', dryRun: false } | db, 'shown', ROW, { viewOn: 'rows', dryRun: 1 } | db, 'rows', ROW, { viewOn: 'notes' } | db, 'rows', ROW, { viewOn: 'rows' } | db, '', ROW, { viewOn: 'rows' } | db, 1, ROW, { viewOn: 'rows' } | db, 'shown', ROW, {} | db, 'shown', ROW, { viewOn: '' }
  db, 'shown', ROW, { viewOn: 1 } | db, 'shown', ROW, { viewOn: 'rows', role: '' } | db, 'shown', ROW, { viewOn: 'rows', role: 1 } | db, 'shown', ROW, { viewOn: 'rows', role: undefined, dryRun: undefined } | db, 'shown', ROW, { viewOn: 'rows', other: 1 } | db, 'shown', ROW, undefined | db, 'shown', ROW, null | {}, 'shown', ROW, { viewOn: 'rows' } | null, 'shown', ROW, { viewOn: 'rows' } | db, 'shown', {}, { viewOn: 'rows' } | db, '$x', ROW, { viewOn: 'rows' }
`;

/** Views that are only printed. */
const PRINTED = `
  { public: { a: 1 } } | { public: { _id: 1, a: 1 } } | { public: { '_id.k': 1 } } | { public: { a: 1 }, filterable: { _id: 0 } } | { public: { a: 1 }, filterable: { _id: 0, q: 1 }, sortable: { r: 1 }, joinable: { s: 1 } } | { public: { a: 1 }, writable: { w: 1 } } | { public: { a: 1 }, geo: { loc: 1 } } | { public: { a: 1, 'loc.name': 1 }, geo: { loc: 1 } } | { public: { loc: 1 }, geo: { loc: 1 } } | { public: { a: 1 }, scope: { t: 1 } } | { public: { a: 1, v: 1 }, version: 'v' }
  { public: { a: 1 }, filterable: { v: 1 }, version: 'v' } | { name: 'x', public: { id: opaqueId('_id') } } | { name: 'x', public: { 'n.ref': opaqueId('n.ref_id') }, filterable: { _id: 0 } } | { public: { a: 1 }, filterable: { q: 1 }, search: ['a', 'q'] } | { public: { a: 1 }, geo: { 'loc.at': 1, 'loc.b': 1 } } | { public: { a: 1, locs: 1 }, geo: { loc: 1 } } | { public: { z: 1, a: 1, m: 1 } } | { public: { 'loc.type': 1 }, geo: { loc: 1, 'loc.x': 1 } } | { public: { a: 1, free: subtree }, filterable: { 'free.x': 1 } } | { public: { '_id.k': 1 }, filterable: { _id: 1 } } | { public: { a: 1, b: 1 }, geo: { a: 1, 'b.c': 1 } }
`;

const bound = (call: string): string => `return await notes.scoped({ tenant: 'acme' }).${call};`;

export const SCOPES: AnswerList = {
  name: 'scopes',
  world: TENANTS,
  calls: distinct(
    listed(VALUES).flatMap((values) => [
      `return await notes.scoped(${values}).countDocuments({});`,
      `return await shop.scoped(${values}).notes.find({}, { projection: ['n'], collation: { locale: 'en' } }).toArray();`,
    ]),
    listed(CALLS).map(bound),
    listed(CALLS).flatMap((call, at) =>
      at % 4 === 0 ? [`return await owned.scoped({ tenant: 'acme', owner: 1 }).${call};`] : [],
    ),
    listed(SHARED_CALLS).map((call) => `return [await shared.${call}, told];`),
    listed(MONGO_VIEWS).map((given) => `return await createMongoView(${given});`),
    listed(PRINTED).map(
      (spec) =>
        `return (await createMongoView(db, 'shown', define(${spec}), { viewOn: 'rows', dryRun: true })).create;`,
    ),
    [
      `await createMongoView(db, 'shown', ROW, { viewOn: 'rows' }); return await createMongoView(db, 'shown', SHARED, { viewOn: 'rows' });`,
      `return notes.find;`,
      `return await notes.find({}, { projection: ['n'] });`,
      `return await rows.scoped({ tenant: 'acme' });`,
      `return await shared.scoped({});`,
      `return await notes.scoped({ tenant: 'acme' }).scoped({ tenant: 'acme' });`,
      `return await owned.scoped({ tenant: 'acme' });`,
      `return await owned.scoped({ tenant: 'acme', owner: 5 }).insertOne({ n: 1 });`,
      `return [await notes.scoped({ tenant: 'acme' }).find({}, { projection: ['n'] }).toArray(), told];`,
      `return await privileged.scoped({ tenant: 'acme' }).find({ owner: 1 }, { projection: ['n', 'owner'] }).toArray();`,
      `return await privileged.scoped({ tenant: 'acme' }).countDocuments({});`,
      `return await privileged.find({}, { projection: ['n'] });`,
      `return await several.scoped({ tenant: 'acme' }).notes.aggregate([{ $lookup: { from: 'rows', localField: 'n', foreignField: 'n', as: 'r' } }, { $project: { n: 1, 'r.text': 1 } }]).toArray();`,
      `return await several.scoped({ tenant: 'acme' }).rows.aggregate([{ $lookup: { from: 'notes', localField: 'n', foreignField: 'n', as: 'r' } }, { $project: { n: 1, 'r.text': 1 } }]).toArray();`,
    ],
  ),
};
