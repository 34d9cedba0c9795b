import type { Part, Parts } from './callers.ts';

/** The kinds of places, as columns of the table of values. */
export const PLACE_KINDS = [
  'compared',
  'exact _id',
  'operand',
  'listed operand',
  'stored leaf',
  'compared and moved by $max',
  'copied from a filter',
  'stored array',
  'stored element',
  'stored subtree',
  'trusted leaf',
  'trusted filter',
  'literal',
  'operand of an expression',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** A place where a value can be: the parts of a call with `V` in them. */
export interface ValuePlace {
  readonly name: string;
  readonly kind: PlaceKind;
  readonly part: Part;
  readonly parts: Parts;
}

function place(kind: PlaceKind, part: Part, text: string, more: Parts = {}): ValuePlace {
  return { name: text, kind, part, parts: { ...more, [part]: text } };
}

const REST = `age: 29, settings: { theme: 'new' }, scores: { '2024': 1 }`;
const OWN = `from: 'accounts', localField: 'username', foreignField: 'username', projection: ['username']`;

export const VALUE_PLACES: readonly ValuePlace[] = [
  place('compared', 'filter', `{ username: V }`),
  place('compared', 'filter', `{ 'addresses.city': V }`),
  place('compared', 'filter', `{ $or: [{ 'scores.2024': V }, { $nor: [{ 'profile.bio': V }] }] }`),
  place('exact _id', 'filter', `{ _id: V }`),
  place('operand', 'filter', `{ username: op({ $gt: V }) }`),
  place('operand', 'filter', `{ username: op({ $not: { $eq: V } }) }`),
  place('operand', 'filter', `{ tags: op({ $elemMatch: { $lt: V } }) }`),
  place('listed operand', 'filter', `{ username: op({ $in: ['ada', V] }) }`),
  place('listed operand', 'filter', `{ tags: op({ $all: [V] }) }`),
  place('compared', 'arrayFilters', `[{ 'a.city': V }]`, { update: `{ $set: { 'addresses.$[a].city': 'Rome' } }` }),
  place('stored leaf', 'update', `{ $set: { username: V } }`),
  place('stored leaf', 'update', `{ $setOnInsert: { 'profile.bio': V } }`),
  place('compared and moved by $max', 'update', `{ $max: { username: V } }`),
  place('stored array', 'update', `{ $set: { tags: V } }`),
  place('stored element', 'update', `{ $push: { tags: V } }`),
  place('stored element', 'update', `{ $addToSet: { tags: op({ $each: [V] }) } }`),
  place('stored element', 'update', `{ $pullAll: { tags: [V] } }`),
  place('stored subtree', 'update', `{ $set: { 'settings.theme': V } }`),
  place('trusted leaf', 'update', `trusted({ $set: { username: V } })`),
  place('stored leaf', 'document', `{ username: V, tags: ['new'], ${REST} }`),
  place('stored element', 'document', `{ username: 'eve', tags: ['new', V], ${REST} }`),
  place(
    'stored subtree',
    'document',
    `{ username: 'eve', tags: [], age: 29, settings: { theme: V }, scores: { '2024': 1 } }`,
  ),
  place('stored leaf', 'replacement', `{ username: V, tags: ['new'], ${REST} }`),
  place('copied from a filter', 'upsert', `{ username: V, age: 77 }`),
  place('trusted filter', 'filter', `trusted({ username: V })`),
  place('compared', 'populate', `{ twin: { ${OWN}, filter: { username: V } } }`),
  place('literal', 'stages', `{ $project: { x: { $literal: V } } }`),
  place('operand of an expression', 'stages', `{ $project: { x: { $ifNull: ['$username', V] } } }`),
  place(
    'operand of an expression',
    'stages',
    `{ $group: { _id: null, n: { $sum: { $cond: [{ $gt: ['$username', V] }, 1, 0] } } } }`,
  ),
  place('compared', 'stages', `{ $match: { username: V } }, { $project: { username: 1 } }`),
];
