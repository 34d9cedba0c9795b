import type { AnswerList } from '../support/answer-list.ts';
import { DRAFTS } from '../support/drafts.ts';
import { distinct, listed } from '../support/tables.ts';

const DOCUMENTS = `
  { title: 'n' } | { title: 'bad' } | { title: 'later' } | { title: 'bad later' } | { title: 'other' } | { title: 'n', state: 'own', words: 1, parts: [{ text: 'x' }], meta: { a: 1 } } | { title: 'n', silent: 1 } | { title: 'n', version: 5 } | { title: 'n', changed_at: new Date(0) }
  trusted({ title: 'bad' }) | trusted({ title: 'n', version: 5 }) | trusted({ title: 'n', made_at: new Date(0) }) | trusted({ title: 'n', kind: 'own', state: null }) | { title: 'n', notes: [{ text: 'x' }] } | { title: 'n', parts: null } | { title: 'n', seat: ['q'] } | { title: 'n', seat: 'q' }
`;

const UPDATES = `
  { $set: { title: 'n' } } | { $set: { title: 'bad' } } | { $set: { title: 'later' } } | { $set: { title: 'bad later' } } | { $set: { title: 'other' } } | { $set: { silent: 1 } } | { $unset: { silent: '' } } | { $inc: { silent: 1 } } | { $set: { silent: 1, title: 'n' } } | { $set: { version: 9 } }
  { $set: { changed_at: new Date(0) } } | { $set: { parts: [{ text: 'a' }] } } | { $set: { parts: [{ text: 'a', x: 1 }] } } | { $push: { parts: { text: 'z' } } } | { $pull: { parts: { text: 'end' } } } | { $pop: { parts: 1 } } | { $pop: { notes: 1 } } | { $push: { parts: op({ $each: [{ text: 'z' }], $slice: 1 }) } }
  { $push: { notes: op({ $each: [{ text: 'z' }], $slice: 1 }) } } | { $set: { notes: [{ text: 'a' }] } } | { $set: { meta: { a: 1 } } } | { $set: { meta: {} } } | { $set: { meta: null } } | { $set: { meta: { a: 1, c: 1 } } } | { $set: { owner: 'wrong' } } | { $unset: { owner: '' } } | { $set: { 'free.y': 1, 'free.x': 2 } } | { $set: { 'parts.$.text': 'q' } }
  { $set: { 'notes.$[].text': 'q' } } | { $set: { 'parts.$[].text': 'q' } } | { $push: { seat: 'c' } } | { $set: { seat: 'c' } } | { $inc: { seat: 1 } } | { $addToSet: { parts: { text: 'end' } } } | { $pullAll: { parts: [{ text: 'end' }] } } | trusted({ $set: { title: 'bad' } }) | trusted({ $set: { version: 3 } }) | trusted({ $inc: { version: 1 } }) | trusted({ $set: { changed_at: 1 } })
  { $setOnInsert: { title: 'bad' } } | { $unset: { parts: '' } } | { $unset: { notes: '' } } | { $unset: { meta: '' } } | { $push: { parts: op({ $each: [{ text: 'z' }], $sort: { text: -1 } }) } } | {}
`;

const OPTIONS = `version: 2 | version: 9 | version: -1 | version: 'x' | version: null | version: 1.5 | upsert: true | version: 2, upsert: true | trusted: trusted({ update: { $set: { kind: 'k' } } }) | trusted: trusted({ update: { $set: { title: 'own' } } })`;

const FILTERS = `{ title: 't1' } | { title: 't1', 'parts.text': 'p1' } | { parts: op({ $elemMatch: { text: 'p1' } }) } | { 'notes.text': 'n1', 'parts.text': 'p1' } | { title: 'none' } | trusted({ silent: 1 })`;

const REPLACED = `trusted({ set: { notes: [] } }) | trusted({ set: { kind: 'k', notes: [{ text: 'a', by: 'b' }] } }) | trusted({ set: { 'box': { a: 1 }, notes: [] } }) | trusted({ set: { meta: { c: 1 }, notes: [] } }) | trusted({ set: { owner_id: ID, notes: [] } }) | trusted({ set: {} })`;

/** What a view adds to a write, and whom it asks. */
export const CONVENTIONS: AnswerList = {
  name: 'conventions',
  world: DRAFTS,
  calls: distinct(
    listed(DOCUMENTS).flatMap((document) => [
      `return await C.insertOne(${document});`,
      `return await C.insertMany([{ title: 'first' }, ${document}], { projection: ['title', 'state'] });`,
      `return await C.bulkWrite([{ insertOne: { document: ${document} } }]);`,
      `return await C.replaceOne({ title: 't1' }, ${document}, { trusted: trusted({ set: { notes: [] } }) });`,
      `return await bare.insertOne(${document});`,
      `return await bare.replaceOne({ title: 't1' }, ${document}, { trusted: trusted({ set: { notes: [], parts: [] } }) });`,
    ]),
    listed(UPDATES).flatMap((update) => [
      `return await C.updateOne({ title: 't1', parts: op({ $exists: true }) }, ${update});`,
      `return await C.updateMany({ words: op({ $gt: 5 }) }, ${update}, { upsert: true });`,
      `return await C.findOneAndUpdate({ title: 't1' }, ${update}, { projection: ['title', 'version'], version: 2, returnDocument: 'after' });`,
      `return await bare.updateOne({ title: 't1' }, ${update});`,
    ]),
    listed(OPTIONS).flatMap((option) => [
      `return await C.updateOne({ title: 't1' }, { $set: { words: 1 } }, { ${option} });`,
      `return await C.updateMany({ title: 't1' }, { $set: { words: 1 } }, { ${option} });`,
      `return await C.replaceOne({ title: 't1' }, { title: 'n' }, { ${option} });`,
      `return await C.deleteOne({ title: 't1' }, { ${option} });`,
      `return await C.deleteMany({ title: 't1' }, { ${option} });`,
      `return await C.findOneAndDelete({ title: 't1' }, { projection: ['title'], ${option} });`,
      `return await C.bulkWrite([{ updateOne: { filter: { title: 't1' }, update: { $set: { words: 1 } }, ${option} } }, { deleteOne: { filter: { title: 't2' } } }]);`,
      `return await bare.updateOne({ title: 't1' }, { $set: { title: 'n' } }, { ${option} });`,
    ]),
    listed(FILTERS).flatMap((filter) => [
      `return await C.updateOne(${filter}, { $set: { 'parts.$.text': 'q' } });`,
      `return await C.updateOne(${filter}, {}, { trusted: trusted({ update: { $set: { 'notes.$.by': 'q' } } }) });`,
      `return await C.updateOne(${filter}, { $set: { 'parts.$[a].text': 'q', words: 1 } }, { arrayFilters: [{ 'a.text': 'p1' }], upsert: true });`,
      `return await bare.updateOne({ title: 't1' }, { $set: { 'parts.$.text': 'q' } }, { trusted: trusted({ filter: ${filter.startsWith('trusted') ? '{ silent: 1 }' : filter} }) });`,
    ]),
    listed(REPLACED).flatMap((set) => [
      `return await C.replaceOne({ title: 't2' }, { title: 'n', meta: { a: 1 } }, { trusted: ${set} });`,
      `return await C.replaceOne({ title: 't2' }, trusted({ title: 'n', notes: [] }), { trusted: ${set} });`,
      `return await C.findOneAndReplace({ title: 'none' }, { title: 'n' }, { trusted: ${set}, upsert: true, projection: ['title'], includeUpserted: true });`,
      `return await bare.replaceOne({ title: 't2' }, { title: 'n', box: { a: 5 } }, { trusted: ${set} });`,
    ]),
  ),
};
