import type { AnswerList } from '../support/answer-list.ts';
import { TENANTS } from '../support/tenants.ts';
import { distinct, listed } from '../support/tables.ts';

/** Values of a scope, some of them alike. */
const VALUES = listed(
  `1 | '1' | true | new Date(1) | idOf(1) | new Long(1) | Decimal128.fromString('1') | Buffer.from([1]) | 1n | ''`,
);

/** Updates that name the scope. */
const UPDATES = `
  { $set: { tenant: 'acme' } } | { $set: { tenant: 'globex' } } | { $setOnInsert: { tenant: 'acme' } } | { $setOnInsert: { tenant: 'globex' } } | { $unset: { tenant: '' } } | { $push: { tenant: 'acme' } } | { $min: { tenant: 'acme' } } | { $set: { 'tenant.x': 'acme' } } | { $set: { 'tenant.$[].x': 1 } } | { $set: { tenants: 'acme' } } | { $set: { tenant: ['acme'] } } | { $set: { tenant: null } } | { $set: { tenant: { x: 1 } } } | { $set: { text: 'y' } } | { $set: { text: 'y', tenant: 'acme' } } | { $set: { text: 'y' }, $setOnInsert: { tenant: 'acme' } } | { $inc: { owner: 1 } } | { $set: { owner: 1 } } | { $set: { owner: 2, tenant: 'acme' } }
`;

const FILTERS = `
  { text: 'none' } | { n: 1, text: 'none' } | trusted({ tenant: 'acme', n: 99 }) | trusted({ tenant: 'globex', n: 99 }) | trusted({ tenant: op({ $in: ['acme'] }), n: 99 }) | trusted({ tenant: op({ $in: ['acme', 'globex'] }), n: 99 }) | trusted({ $and: [{ tenant: 'acme' }], n: 99 }) | trusted({ $or: [{ tenant: 'acme' }], n: 99 }) | trusted({ 'tenant.x': 1, n: 99 }) | trusted({ tenants: 1, n: 99 }) | trusted({ owner: 1, n: 99 }) | trusted({ $nor: [{ tenant: 'acme' }], n: 99 }) | trusted({ tenant: op({ $gt: 'a' }), n: 99 })
`;

const bound = `owned.scoped({ tenant: 'acme', owner: 1 })`;

/** Collations beside scopes of each kind. */
const COLLATED = `
  find({ n: 1 }, { projection: ['n'], ...X }).toArray() | findOne({ n: 1 }, { projection: ['n'], ...X }) | countDocuments({ n: 1 }, X) | exists({ n: 1 }, X) | distinct('n', {}, X) | aggregate([{ $match: { n: 1 } }, { $project: { n: 1 } }], X).toArray() | updateOne({ n: 1 }, { $set: { text: 'x' } }, X) | updateMany({ n: 1 }, { $set: { text: 'x' } }, X) | deleteOne({ n: 1 }, X) | deleteMany({ n: 1 }, X) | replaceOne({ n: 1 }, { text: 'x', n: 1 }, X) | insertOne({ n: 9 }) | insertMany([{ n: 8 }]) | findOneAndUpdate({ n: 1 }, { $set: { text: 'x' } }, { projection: ['n'], ...X }) | findOneAndDelete({ n: 1 }, { projection: ['n'], ...X })
  bulkWrite([{ updateOne: { filter: { n: 1 }, update: { $set: { text: 'x' } }, ...X } }]) | bulkWrite([{ deleteMany: { filter: { n: 1 }, ...X } }, { insertOne: { document: { n: 9 } } }]) | paginate({}, { projection: ['n'], limit: 1, ...X }).then(({ items }) => items) | initializeOrderedBulkOp().find({ n: 1 }).deleteOne().execute()
`;

export const SCOPED_WRITES: AnswerList = {
  name: 'scoped-writes',
  world: TENANTS,
  calls: distinct(
    VALUES.flatMap((value, number) =>
      VALUES.filter((_, at) => at === number || (at + number) % 3 === 0).flatMap((other) => [
        `return await owned.scoped({ tenant: 'acme', owner: ${value} }).insertOne({ n: 1 }, { trusted: trusted({ set: { owner: ${other} } }) });`,
        `return await owned.scoped({ tenant: 'acme', owner: ${value} }).updateOne({ n: 1 }, { $set: { text: 'x' } }, { trusted: trusted({ update: { $set: { owner: ${other} } } }) });`,
      ]),
    ),
    listed(UPDATES).flatMap((update) => [
      `return await ${bound}.updateOne({ n: 1 }, trusted(${update}));`,
      `return await ${bound}.updateOne({ n: 99 }, { $set: { n: 3 } }, { upsert: true, trusted: trusted({ update: ${update} }) });`,
      `return await ${bound}.updateOne({ n: 1 }, ${update});`,
      `return await notes.scoped({ tenant: 'acme' }).updateMany({ n: 1 }, trusted(${update}));`,
    ]),
    listed(FILTERS).flatMap((filter) => [
      `return await ${bound}.updateOne(${filter}, { $set: { text: 'x' } }, { upsert: true });`,
      `return await ${bound}.updateOne({ text: 'none' }, trusted({ $set: { text: 'x' } }), { upsert: true, trusted: trusted({ filter: ${filter} }) });`,
      `return await ${bound}.replaceOne(${filter}, { text: 'x' }, { upsert: true });`,
      `return await ${bound}.find(${filter}, { projection: ['n'] }).toArray();`,
    ]),
    listed(COLLATED).flatMap((call, number) =>
      [`{}`, `{ collation: { locale: 'en' } }`, `{ collation: { locale: 'simple' } }`].flatMap((options) => [
        `const X = ${options}; return await owned.scoped({ tenant: 'acme', owner: 1 }).${call};`,
        number % 2 === 0
          ? `const X = ${options}; return await owned.scoped({ tenant: 7, owner: 1 }).${call};`
          : `const X = ${options}; return await owned.scoped({ tenant: 7, owner: 'x' }).${call};`,
      ]),
    ),
  ),
};
