import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, lines } from '../../support/tables.ts';

/** What a validator may do. */
const VALIDATORS = `
  (value) => ({ value })
  async (value) => ({ value })
  () => ({ issues: [] })
  () => ({ issues: [{ message: 'x' }] })
  () => ({ issues: [{ message: 'x', path: ['title'] }] })
  () => ({ issues: [{ message: 'x', path: [] }, { message: 'y', path: [{ key: 'box' }, 'a'] }] })
  () => ({ issues: [{ message: 'x', path: ['nums', 0] }, { message: 'x', path: ['nums', 0] }, { message: 'z', path: [Symbol('s')] }] })
  () => ({ issues: [{ message: 'x', path: undefined }, { message: 'y', path: ['title'] }] })
  () => ({ issues: 'x' })
  () => ({ issues: {} })
  () => ({ issues: null })
  () => null
  () => undefined
  () => 5
  () => ({})
  () => ({ value: undefined })
  () => ({ value: null })
  () => ({ value: 1 })
  () => ({ value: [] })
  () => ({ value: {} })
  () => { throw new Error('own'); }
  async () => { throw new Error('own'); }
  (value) => ({ value: { ...value, more: 1 } })
  (value) => ({ value: { more: 1, ...value } })
  ({ title, ...value }) => ({ value })
  (value) => ({ value: { ...value, box: { a: 2 } } })
  (value) => ({ value: { ...value, nums: [1, 2] } })
  (value) => ({ value: { ...value, title: 'other' } })
  (value) => ({ value: { ...value, when: new Date(1) } })
  (value) => { value.title = 'changed'; return { value }; }
  (value) => { value.nums?.push(5); return { value }; }
  (value) => { value.nums?.push(5); return { value: { ...value, nums: value.nums?.slice(0, -1) } }; }
  (value) => ({ value: Object.fromEntries(Object.entries(value).reverse()) })
  (value) => ({ value: structuredClone(value) })
  (value) => ({ value: new Map() })
  (value) => ({ value: { ...value, title: undefined } })
  (value) => ({ issues: [{ message: JSON.stringify([Object.getPrototypeOf(value) === Object.prototype, value.when instanceof Date, Array.isArray(value.nums)]), path: [Object.keys(value).join()] }] })
  (value) => (value instanceof Object && value.constructor === Object ? { value } : { issues: [{ message: 'x' }] })
`;

const WRITES = `
  insertOne({ title: 'x', nums: [1], box: { a: 1 } }) | insertOne({ title: 'x', when: new Date(0), box: { in: { x: new Long(5) } } }) | insertOne(trusted({ title: 'own' })) | insertMany([{ title: 'x' }, { nums: [1] }]) | replaceOne({ title: 't1' }, { title: 'x', nums: [1], box: { a: 1 } }) | replaceOne({ title: 't1' }, trusted({ title: 'x' })) | bulkWrite([{ insertOne: { document: { title: 'x', box: { a: 1 } } } }, { updateOne: { filter: { title: 't1' }, update: { $set: { title: 'x' } } } }])
  updateOne({ title: 't1' }, { $set: { title: 'x', nums: [1] } }) | updateOne({ title: 't1' }, { $push: { nums: op({ $each: [1] }) } }) | updateOne({ title: 't1' }, trusted({ $set: { title: 'x' } })) | updateOne({ title: 't1' }, {}, { trusted: trusted({ update: { $set: { pf: 1 } } }) }) | updateOne({ title: 't1' }, { $set: { box: { a: 1 } } }, { trusted: trusted({ update: { $set: { pf: 1 } } }) }) | insertMany([{ title: 'x' }, trusted({ title: 'own' })])
`;

const INPUTS = `
  { title: 'x' } | { title: 'x', nums: [1], box: { a: 1, in: { x: 1 } } } | {} | { box: {} } | { nums: [] } | { when: new Date(0) } | { title: new Long(5) } | { title: ID } | { title: new Double(1.5) } | { title: null } | { known: [{ k: 1 }] } | { title: 5n }
`;

export const VALIDATED: AnswerList = {
  name: 'validated',
  world: BENCH_WORLD,
  calls: distinct(
    lines(VALIDATORS).flatMap((validator, number) =>
      listed(WRITES)
        .filter((_, index) => index === 0 || index === 7 || (index + number) % 4 === 0)
        .map(
          (write) =>
            `const V = schema(${validator}); return await on({ ...SMALL, public: { ...SMALL.public, when: 1 }, writable: { ...SMALL.writable, when: 1 }, validate: { insert: V, update: V } }).${write};`,
        ),
    ),
    listed(INPUTS).flatMap((input) => [
      `const seen = []; const V = schema((value) => { seen.push(value); return { value }; }); const C = on({ ...SMALL, public: { ...SMALL.public, when: 1 }, writable: { ...SMALL.writable, when: 1 }, validate: { insert: V, update: V } }); await C.insertOne(${input}); await C.replaceOne({ title: 't1' }, ${input}); await C.insertMany([${input}, { title: 'y' }]); return seen;`,
      `const seen = []; const I = schema((value) => { seen.push(['insert', value]); return { value }; }); const U = schema((value) => { seen.push(['update', value]); return { value }; }); const C = on({ ...SMALL, public: { ...SMALL.public, when: 1 }, writable: { ...SMALL.writable, when: 1 }, validate: { insert: I, update: U } }); await C.insertOne(${input}); await C.updateOne({ title: 't1' }, { $set: { title: 'y', ...${input} } }).catch(() => seen.push('refused')); return seen;`,
    ]),
    [
      `const seen = []; const V = schema((value) => { seen.push(value); return { issues: [] }; }); const C = on({ ...SMALL, validate: { insert: V, update: V } }); await C.insertMany([{ title: 'x' }, { n: 1 }]).catch(() => seen.push('refused')); return seen;`,
      `const seen = []; const V = schema((value) => { seen.push(value); return { value }; }); const C = on({ ...SMALL, validate: { insert: V, update: V } }); await C.bulkWrite([{ insertOne: { document: { title: 'x' } } }, { insertOne: { document: { n: 1 } } }]).catch(() => seen.push('refused')); return seen;`,
      `const V = schema(() => ({ issues: [] })); const C = on({ ...SMALL, validate: { insert: V, update: V } }); const bulk = C.initializeOrderedBulkOp(); bulk.insert({ title: 'x' }); return await bulk.execute();`,
      `const V = schema(async () => ({ issues: [] })); const C = on({ ...SMALL, validate: { insert: V, update: V } }); const bulk = C.initializeOrderedBulkOp(); bulk.find({ title: 't1' }).updateOne({ $set: { title: 'x' } }); return await bulk.execute();`,
      `const V = schema(async () => ({ issues: [] })); const C = on({ ...SMALL, validate: { insert: V, update: V } }); const bulk = C.initializeOrderedBulkOp(); bulk.find({ title: 't1' }).replaceOne({ title: 'x' }); return await bulk.execute();`,
      `const V = schema(async (value) => ({ value })); const C = on({ ...SMALL, validate: { insert: V, update: V } }); return await C.bulkWrite([{ insertOne: { document: { title: 'x' } } }, { deleteOne: { filter: { secret: 1 } } }]);`,
      `const V = schema(async () => ({ issues: [] })); const C = on({ ...SMALL, validate: { insert: V, update: V } }); return await C.bulkWrite([{ insertOne: { document: { title: 'x' } } }, { deleteOne: { filter: { secret: 1 } } }]);`,
    ],
    listed(
      `1 | 0 | -1 | 1.5 | '1' | null | undefined | 5n | NaN | Infinity | 9007199254740993 | true | new Long(1) | { $gt: 1 } | op({ $gt: 1 })`,
    ).flatMap((version, number) => [
      `return await on({ ...SMALL, version: 'n' }).updateOne({ title: 't1' }, { $set: { title: 'x' } }, { version: ${version} });`,
      `return await on({ ...SMALL, version: 'n' }).deleteOne({}, { version: ${version} });`,
      number % 2 === 0
        ? `return await on({ ...SMALL, version: 'n' }).replaceOne({ title: 't1' }, { title: 'x' }, { version: ${version}, upsert: true });`
        : `return await S.updateOne({ title: 't1' }, { $set: { title: 'x' } }, { version: ${version} });`,
    ]),
  ),
};
