import type { Part, Parts } from './callers.ts';
import { type Kind, lastName } from './kinds.ts';
import { EXPRESSIONS, STAGES } from './pipeline-forms.ts';

/** The places of the matrix. */
export type Place =
  | 'projection'
  | 'filter'
  | 'sort'
  | 'distinct'
  | 'update'
  | 'arrayFilter'
  | 'upsert'
  | 'insert'
  | 'replace'
  | 'stage'
  | 'expression'
  | 'join key'
  | 'populate'
  | 'no path';

/** A way to write a path at a place. */
export interface Form {
  readonly place: Place;
  readonly name: string;
  /** The row of the table of rules. */
  readonly rule: string;
  readonly part: Part;
  write(kind: Kind): Parts;
}

type Write = (kind: Kind) => string;

/** Forms of one part. An entry is the text, or the text with the name of its row. */
function forms(place: Place, part: Part, rule: string, texts: Readonly<Record<string, Write>>): Form[] {
  return Object.entries(texts).map(([name, write]) => ({
    place,
    name,
    rule,
    part,
    write: (kind) => ({ [part]: write(kind) }),
  }));
}

const PROJECTIONS: readonly Form[] = [
  ...forms('projection', 'projection', 'projected', {
    '{ path: 1 }': ({ path }) => `{ '${path}': 1 }`,
    '{ path: true }, beside another': ({ path }) => `{ age: 1, '${path}': true }`,
    '[path]': ({ path }) => `['${path}']`,
  }),
  ...forms('projection', 'projection', 'excluded', {
    '{ path: 0 }': ({ path }) => `{ '${path}': 0 }`,
  }),
  ...forms('projection', 'projection', 'projected by an expression', {
    '{ username: $path }': ({ path }) => `{ username: '$${path}' }`,
    '{ path: $meta }': () => `{ username: { $meta: 'sortKey' } }`,
  }),
];

const FILTERS: readonly Form[] = [
  ...forms('filter', 'filter', 'compared with a value', {
    equality: ({ path, value }) => `{ '${path}': ${value} }`,
    '$and in $or': ({ path, value }) => `{ $or: [{ $and: [{ '${path}': ${value} }] }, { username: 'bob' }] }`,
    $nor: ({ path, value }) => `{ $nor: [{ '${path}': ${value} }] }`,
  }),
  ...forms('filter', 'filter', 'matched by $eq', {
    $eq: ({ path, value }) => `{ '${path}': op({ $eq: ${value} }) }`,
  }),
  ...forms('filter', 'filter', 'matched by $in', {
    $in: ({ path, value }) => `{ '${path}': op({ $in: [${value}] }) }`,
  }),
  ...forms('filter', 'filter', 'searched', {
    $gt: ({ path, value }) => `{ '${path}': op({ $gt: ${value} }) }`,
    $nin: ({ path, value }) => `{ '${path}': op({ $nin: [${value}] }) }`,
    '$not of $lte': ({ path, value }) => `{ '${path}': op({ $not: { $lte: ${value} } }) }`,
  }),
  ...forms('filter', 'filter', 'matched by a RegExp', { RegExp: ({ path }) => `{ '${path}': /a/i }` }),
  ...forms('filter', 'filter', 'matched by $regex', {
    $regex: ({ path }) => `{ '${path}': op({ $regex: '^a' }) }`,
  }),
  ...forms('filter', 'filter', 'asked for presence or size', {
    $exists: ({ path }) => `{ '${path}': op({ $exists: false }) }`,
    $size: ({ path }) => `{ '${path}': op({ $size: 1 }) }`,
  }),
  ...forms('filter', 'filter', 'compared with null', { null: ({ path }) => `{ '${path}': null }` }),
  ...forms('filter', 'filter', 'asked for its type', { $type: ({ path }) => `{ '${path}': op({ $type: 'string' }) }` }),
  ...forms('filter', 'filter', 'compared by a plain operator', {
    '$ne without op()': ({ path }) => `{ '${path}': { $ne: 'zebra-1' } }`,
  }),
  ...forms('filter', 'filter', 'compared in $elemMatch', {
    $elemMatch: ({ path, value }) => `{ addresses: op({ $elemMatch: { ${lastName(path)}: ${value} } }) }`,
  }),
  ...forms('filter', 'filter', 'compared by $expr', {
    $expr: ({ path, value }) => `{ $expr: { $eq: ['$${path}', ${value}] } }`,
  }),
  ...forms('filter', 'filter', 'compared by code', {
    $where: ({ path }) => `{ $where: 'this["${path}"] != null' }`,
    $jsonSchema: ({ path }) => `{ $jsonSchema: { required: ['${path}'] } }`,
  }),
];

const SORTS: readonly Form[] = forms('sort', 'sort', 'sorted', {
  '{ path: 1 }': ({ path }) => `{ '${path}': 1 }`,
  '[[path, -1]]': ({ path }) => `[['${path}', -1]]`,
  'after another path': ({ path }) => `{ age: -1, '${path}': 1 }`,
});

const KEYS: readonly Form[] = forms('distinct', 'key', 'listed by distinct', { key: ({ path }) => `'${path}'` });

const UPDATES: readonly Form[] = [
  ...forms('update', 'update', 'set', {
    $set: ({ at, value }) => `{ $set: { '${at}': ${value} } }`,
    $setOnInsert: ({ at, value }) => `{ $setOnInsert: { '${at}': ${value} } }`,
  }),
  ...forms('update', 'update', 'unset', { $unset: ({ at }) => `{ $unset: { '${at}': '' } }` }),
  ...forms('update', 'update', 'compared by an update', {
    $min: ({ at, value }) => `{ $min: { '${at}': ${value} } }`,
    $max: ({ at, value }) => `{ $max: { '${at}': ${value} } }`,
  }),
  ...forms('update', 'update', 'counted up', {
    $inc: ({ at }) => `{ $inc: { '${at}': 1 } }`,
    $mul: ({ at }) => `{ $mul: { '${at}': 2 } }`,
  }),
  ...forms('update', 'update', 'dated', { $currentDate: ({ at }) => `{ $currentDate: { '${at}': true } }` }),
  ...forms('update', 'update', 'pushed to', { $push: ({ at, value }) => `{ $push: { '${at}': ${value} } }` }),
  ...forms('update', 'update', 'changed as an array', {
    $addToSet: ({ at, value }) => `{ $addToSet: { '${at}': ${value} } }`,
    $pull: ({ at, value }) => `{ $pull: { '${at}': ${value} } }`,
    $pullAll: ({ at, value }) => `{ $pullAll: { '${at}': [${value}] } }`,
    $pop: ({ at }) => `{ $pop: { '${at}': 1 } }`,
  }),
  ...forms('update', 'update', 'renamed', {
    '$rename from': ({ path }) => `{ $rename: { '${path}': 'username' } }`,
    '$rename to': ({ path }) => `{ $rename: { username: '${path}' } }`,
    $bit: ({ path }) => `{ $bit: { '${path}': { and: 1 } } }`,
  }),
  ...forms('update', 'update', 'copied by a pipeline', {
    pipeline: ({ path }) => `[{ $set: { username: '$${path}' } }]`,
  }),
];

const ARRAY_FILTERS: readonly Form[] = [
  ['equality', ({ path, value }: Kind) => `[{ 'a.${inElement(path)}': ${value} }]`] as const,
  ['$exists', ({ path }: Kind) => `[{ 'a.${inElement(path)}': op({ $exists: true }) }]`] as const,
].map(([name, write]) => ({
  place: 'arrayFilter' as const,
  name,
  rule: 'compared in arrayFilters',
  part: 'arrayFilters' as const,
  write: (kind: Kind) => ({ update: `{ $set: { 'addresses.$[a].city': 'Rome' } }`, arrayFilters: write(kind) }),
}));

/** The path below an element of `addresses`. */
function inElement(path: string): string {
  return path.replace(/^addresses\./, '');
}

const UPSERTS: readonly Form[] = [
  ...forms('upsert', 'upsert', 'copied by an upsert', {
    equality: ({ path, value }) => `{ '${path}': ${value}, age: 77 }`,
  }),
  ...forms('upsert', 'upsert', 'copied by an upsert, from $eq', {
    '$eq in $and': ({ path, value }) => `{ $and: [{ '${path}': op({ $eq: ${value} }) }, { age: 77 }] }`,
  }),
];

const DOCUMENTS: readonly Form[] = [
  ...forms('insert', 'document', 'inserted', {
    document: ({ nested, path }) => `{ ${withRest(path)}${nested} }`,
  }),
  ...forms('replace', 'replacement', 'replaced', {
    document: ({ nested, path }) => `{ ${withRest(path)}${nested} }`,
  }),
];

/** The other fields that a new document needs. */
function withRest(path: string): string {
  const fields: Readonly<Record<string, string>> = {
    username: `username: 'eve'`,
    age: 'age: 29',
    tags: `tags: ['new']`,
    settings: `settings: { theme: 'new' }`,
    scores: `scores: { '2024': 1 }`,
  };
  const [first] = path.split('.');
  return Object.entries(fields)
    .filter(([name]) => name !== first)
    .map(([, text]) => `${text}, `)
    .join('');
}

const ON_TEAMS = `from: 'teams', projection: ['title'], justOne: true`;
const OWN = `from: 'accounts', localField: 'username', foreignField: 'username'`;

const POPULATES: readonly Form[] = [
  ...forms('join key', 'populate', 'joined by populate', {
    'populate, localField': ({ path }) => `{ crew: { ${ON_TEAMS}, localField: '${path}', foreignField: 'number' } }`,
    'populate, foreignField': ({ path }) =>
      `{ twin: { from: 'accounts', localField: 'username', foreignField: '${path}', projection: ['username'] } }`,
  }),
  ...forms('populate', 'populate', 'projected by populate', {
    projection: ({ path }) => `{ twin: { ${OWN}, projection: ['${path}'] } }`,
  }),
  ...forms('populate', 'populate', 'filtered by populate', {
    filter: ({ path, value }) => `{ twin: { ${OWN}, projection: ['username'], filter: { '${path}': ${value} } } }`,
  }),
  ...forms('populate', 'populate', 'sorted by populate', {
    sort: ({ path }) => `{ twin: { ${OWN}, projection: ['username'], sort: { '${path}': 1 } } }`,
  }),
];

const stageForm = (place: Place, rule: string, name: string, write: Write): Form => ({
  place,
  name,
  rule,
  part: 'stages',
  write: (kind) => ({ stages: write(kind) }),
});

export const FORMS: readonly Form[] = [
  ...PROJECTIONS,
  ...FILTERS,
  ...SORTS,
  ...KEYS,
  ...UPDATES,
  ...ARRAY_FILTERS,
  ...UPSERTS,
  ...DOCUMENTS,
  ...POPULATES,
  { place: 'no path', name: 'no argument', rule: 'names no path', part: 'nothing', write: () => ({}) },
  ...STAGES.map(([place, rule, name, write]) => stageForm(place, rule, name, write)),
  ...EXPRESSIONS.map(([rule, name, write]) => stageForm('expression', rule, name, write)),
];
