import { BSONRegExp, BSONSymbol, Code, DBRef, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';

import type { World } from './world.ts';

/** A stored value that a view may not allow at its path. Its private content differs between the worlds. */
export interface Drift {
  readonly name: string;
  readonly holds: 'scalar' | 'array of scalars' | 'array of arrays' | 'document';
  make(world: World): unknown;
}

/** A text of the world: another value, and another length. */
const secret = (world: World): string => (world === 0 ? 'zebra' : 'zebra of the other world');

const document = (world: World): object =>
  world === 0 ? { secret: secret(world), deep: { more: 1 } } : { secret: secret(world) };

function inArrays(depth: number, inner: unknown): unknown {
  return depth === 0 ? inner : [inArrays(depth - 1, inner)];
}

const ID = new ObjectId('65d000000000000000000001');

/** What a scalar leaf may hold has no private content, so it is the same in both worlds. */
const SCALARS: readonly Drift[] = [
  ['a string', 'bob'],
  ['a number', 7],
  ['null', null],
  ['a boolean', true],
  ['a date', new Date(0)],
  ['an ObjectId', ID],
  ['bytes', Buffer.from('abc')],
  ['a pattern', new BSONRegExp('^a', 'i')],
  ['a timestamp', new Timestamp({ t: 1, i: 2 })],
  ['MinKey', new MinKey()],
  ['MaxKey', new MaxKey()],
  ['a symbol', new BSONSymbol('bob')],
].map(([name, value]) => ({ name: name as string, holds: 'scalar', make: () => value }));

const ARRAYS: readonly Drift[] = [
  { name: 'an array', holds: 'array of scalars', make: () => ['bob', 7] },
  { name: 'an empty array', holds: 'array of scalars', make: () => [] },
  ...[2, 3, 4, 5, 6].map((depth) => ({
    name: `arrays ${depth} deep`,
    holds: 'array of arrays' as const,
    make: () => inArrays(depth, 'bob'),
  })),
];

const DOCUMENTS: readonly Drift[] = [
  { name: 'a document', holds: 'document', make: document },
  { name: 'an array of documents', holds: 'document', make: (world) => [document(world)] },
  { name: 'a scalar and a document', holds: 'document', make: (world) => ['bob', document(world)] },
  ...[2, 4, 6].map((depth) => ({
    name: `a document in arrays ${depth} deep`,
    holds: 'document' as const,
    make: (world: World) => inArrays(depth, document(world)),
  })),
  { name: 'a DBRef', holds: 'document', make: (world) => new DBRef('teams', ID, secret(world)) },
  { name: 'a Code', holds: 'document', make: (world) => new Code(secret(world)) },
  { name: 'a Code with a scope', holds: 'document', make: (world) => new Code('x', document(world)) },
];

export const DRIFTS: readonly Drift[] = [...SCALARS, ...ARRAYS, ...DOCUMENTS];

/** A path of the view, with the kinds that it may hold, and how a drifted document looks. */
export interface DriftPlace {
  readonly path: string;
  readonly kind: string;
  readonly allows: readonly Drift['holds'][];
  set(value: unknown): object;
}

/** Where a value may drift. `kind` is the column of the matrix whose forms name the path. */
export const DRIFT_PLACES: readonly DriftPlace[] = [
  { path: 'username', kind: 'public', allows: ['scalar'], set: (value) => ({ username: value }) },
  { path: 'addresses.city', kind: 'element', allows: ['scalar'], set: (value) => ({ 'addresses.0.city': value }) },
  { path: 'scores.2024', kind: 'digit', allows: ['scalar'], set: (value) => ({ 'scores.2024': value }) },
  { path: 'profile', kind: 'branch', allows: [], set: (value) => ({ profile: value }) },
];
