import fc, { type GeneratorValue } from 'fast-check';
import { Code, DBRef, ObjectId } from 'mongodb';

import type { EntryNode, FilterNode, OperandNode, OperatorNode, ValueNode } from './filter-grammar.ts';

/** What a filter is drawn from. `odds` of a hundred draws are of a form that is refused. */
export interface Drawn {
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
  readonly branches: readonly string[];
  readonly scalars: readonly unknown[];
  readonly odds: number;
}

const TOP: readonly (readonly [string, unknown])[] = [
  ['$where', 'true'], ['$expr', { $eq: ['$password_hash', 'x'] }], ['$jsonSchema', { required: ['password_hash'] }], ['$text', { $search: 'x' }],
  ['$comment', 'x'], ['$alwaysTrue', 1], ['$sampleRate', 0.5], ['$not', { username: 'ada' }], ['$eq', 'x'], ['$in', ['x']],
];

const COMPARISONS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'];
const UNHEARD = ['$where', '$expr', '$geoWithin', '$near', '$bitsAllSet', '$text', '$comment', '$function', '$jsonSchema', '$rand', 'username', '$Eq', ''];

class Lookalike {
  readonly $gt = 1;
}

const OTHER: readonly ValueNode[] = Object.entries<() => unknown>({
  'an array': () => ['ada'],
  'an empty array': () => [],
  'a subdocument': () => ({ bio: 'x' }),
  'an empty subdocument': () => ({}),
  'a function': () => () => 'ada',
  'a symbol': () => Symbol('ada'),
  undefined: () => undefined,
  'a class instance': () => new Lookalike(),
  'a Map': () => new Map([['$gt', 1]]),
  'a proxy': () => new Proxy({ $gt: 1 }, {}),
  'an object like what op() makes': () => Object.freeze(Object.create(null) as object),
  'an object with toBSON': () => ({ toBSON: () => ({ $gt: 1 }) }),
  'a getter': () => Object.defineProperty({}, '$gt', { get: () => 1, enumerable: true }),
  'a key that is not enumerable': () => Object.defineProperty({}, '$gt', { value: 1 }),
  'a DBRef': () => new DBRef('users', new ObjectId()),
  Code: () => new Code('true'),
  'a tag written out': () => ({ _bsontype: 'ObjectId', id: 'x' }),
  NaN: () => new Date(Number.NaN),
}).map(([what, make]) => ({ kind: 'other', what, make }));

/** A random filter, up to three levels of `$and`, `$or` and `$nor` deep. */
export function randomFilter(g: GeneratorValue, drawn: Drawn, depth = 0): FilterNode {
  const count = g(fc.integer, { min: depth === 0 ? 0 : 1, max: 3 });
  const entries = Array.from({ length: count }, () => randomEntry(g, drawn, depth));
  const keyOf = (entry: EntryNode): string => (entry.kind === 'path' ? entry.path : entry.name);
  return { entries: entries.filter((entry, index) => entries.findIndex((other) => keyOf(other) === keyOf(entry)) === index) };
}

/** Whether this draw is to be one of the refused forms. */
function isOdd(g: GeneratorValue, { odds }: Drawn): boolean {
  return g(fc.integer, { min: 1, max: 1000 }) <= odds * 10;
}

function randomEntry(g: GeneratorValue, drawn: Drawn, depth: number): EntryNode {
  if (isOdd(g, drawn) && g(fc.boolean)) {
    const [name, value] = g(fc.constantFrom<(typeof TOP)[number]>, ...TOP);
    return { kind: 'top', name, value };
  }
  if (depth < 3 && g(fc.integer, { min: 1, max: 4 }) === 1) return randomLogic(g, drawn, depth);
  if (drawn.branches.length > 0 && g(fc.integer, { min: 1, max: 5 }) === 1) {
    const path = g(fc.constantFrom<string>, ...drawn.branches);
    const odd = isOdd(g, drawn);
    return { kind: 'path', path, value: odd ? randomValue(g, drawn, depth) : overBranch(g, drawn, path, depth) };
  }
  const path = g(fc.constantFrom<string>, ...(isOdd(g, drawn) ? drawn.refused : drawn.allowed));
  const isExact = path === '_id' && (drawn.odds === 0 || g(fc.boolean));
  if (path !== '_id') return { kind: 'path', path, value: randomValue(g, drawn, depth) };
  return { kind: 'path', path, value: isExact ? exact(g) : searching(g) };
}

function randomLogic(g: GeneratorValue, drawn: Drawn, depth: number): EntryNode {
  const name = g(fc.constantFrom<'$and' | '$or' | '$nor'>, '$and', '$or', '$nor');
  const form = isOdd(g, drawn) ? g(fc.constantFrom<'array-like' | 'object'>, 'array-like', 'object') : 'array';
  const count = isOdd(g, drawn) ? 0 : g(fc.integer, { min: 1, max: 3 });
  return { kind: 'logic', name, form, branches: Array.from({ length: count }, () => randomFilter(g, drawn, depth + 1)) };
}

const IDS = ['000000000000000000000001', '000000000000000000000002'].map((hex) => new ObjectId(hex));

function exact(g: GeneratorValue): ValueNode {
  const scalar: ValueNode = { kind: 'scalar', value: g(fc.constantFrom<unknown>, ...IDS, 'x', 1) };
  const operators: readonly OperatorNode[] = [g(fc.constantFrom<OperatorNode>, { name: '$eq', operand: scalar }, { name: '$in', operand: { kind: 'list', elements: [scalar] } })];
  return g(fc.constantFrom<ValueNode>, scalar, { kind: 'operators', tagged: true, operators });
}

/** What would find an `_id` out, step by step. */
function searching(g: GeneratorValue): ValueNode {
  const name = g(fc.constantFrom<string>, '$gt', '$gte', '$lt', '$lte', '$ne', '$nin', '$exists', '$type', '$regex', '$not');
  const id: ValueNode = { kind: 'scalar', value: g(fc.constantFrom<unknown>, ...IDS) };
  const operands: Record<string, OperandNode> = {
    $nin: { kind: 'list', elements: [id] },
    $exists: { kind: 'scalar', value: true },
    $type: { kind: 'scalar', value: 'objectId' },
    $regex: { kind: 'scalar', value: '^0' },
    $not: { kind: 'operators', tagged: true, operators: [{ name: '$eq', operand: id }] },
  };
  return { kind: 'operators', tagged: true, operators: [{ name, operand: operands[name] ?? id }] };
}

/** The element of a branch has the leaves below it, by their own names. */
function overBranch(g: GeneratorValue, drawn: Drawn, path: string, depth: number): ValueNode {
  const below = (paths: readonly string[]): string[] => paths.filter((each) => each.startsWith(`${path}.`)).map((each) => each.slice(path.length + 1));
  const inside = { ...drawn, allowed: below(drawn.allowed), refused: [...below(drawn.refused), 'nothing', '_id'], branches: below(drawn.branches) };
  const filter = randomFilter(g, inside, Math.max(1, depth));
  return { kind: 'operators', tagged: !isOdd(g, drawn), operators: [{ name: '$elemMatch', operand: { kind: 'filter', filter } }] };
}

function scalarOf(g: GeneratorValue, { scalars }: Drawn): ValueNode {
  return { kind: 'scalar', value: g(fc.constantFrom<unknown>, ...scalars) };
}

function patternOf(g: GeneratorValue): ValueNode {
  return { kind: 'pattern', value: g(fc.constantFrom<RegExp>, /^a/, /b/i, /o n/m, /^.*$/s) };
}

function randomValue(g: GeneratorValue, drawn: Drawn, depth: number): ValueNode {
  if (isOdd(g, drawn)) return g(fc.constantFrom<ValueNode>, ...OTHER);
  const form = g(fc.integer, { min: 1, max: 10 });
  if (form <= 3) return scalarOf(g, drawn);
  if (form === 4) return patternOf(g);
  return { kind: 'operators', tagged: !isOdd(g, drawn), operators: randomOperators(g, drawn, depth) };
}

function randomOperators(g: GeneratorValue, drawn: Drawn, depth: number): readonly OperatorNode[] {
  const count = isOdd(g, drawn) ? 0 : g(fc.integer, { min: 1, max: 3 });
  const operators = Array.from({ length: count }, () => randomOperator(g, drawn, depth));
  return operators.filter(({ name }, index) => operators.findIndex((other) => other.name === name) === index);
}

function randomOperator(g: GeneratorValue, drawn: Drawn, depth: number): OperatorNode {
  const list = (elements: readonly ValueNode[]): OperandNode => ({ kind: 'list', elements });
  const constant = (...values: readonly unknown[]): OperandNode => ({ kind: 'scalar', value: g(fc.constantFrom<unknown>, ...values) });
  const some = (): ValueNode[] => Array.from({ length: g(fc.integer, { min: 0, max: 3 }) }, () => (g(fc.integer, { min: 1, max: 5 }) === 1 ? patternOf(g) : scalarOf(g, drawn)));
  const operands: Record<string, () => OperandNode> = {
    ...Object.fromEntries(COMPARISONS.map((name) => [name, () => scalarOf(g, drawn)])),
    $in: () => list(some()),
    $nin: () => list(some()),
    $all: () => list(some()),
    $exists: () => constant(true, false),
    $type: () => (g(fc.boolean) ? constant('string', 'number', 'date') : list([{ kind: 'scalar', value: 'string' }, { kind: 'scalar', value: 'null' }])),
    $not: () => (g(fc.integer, { min: 1, max: 4 }) === 1 || depth > 3 ? patternOf(g) : { kind: 'operators', tagged: g(fc.boolean), operators: randomOperators(g, drawn, depth + 1) }),
    $size: () => constant(0, 1, 2),
    $mod: () => list([2, 1].map((value) => ({ kind: 'scalar', value }))),
    $regex: () => (g(fc.boolean) ? constant('^a', 'b') : patternOf(g)),
    $options: () => constant('i', 'ms', ''),
    $elemMatch: () => ({ kind: 'operators', tagged: false, operators: depth > 3 ? [{ name: '$gt', operand: scalarOf(g, drawn) }] : randomOperators(g, drawn, depth + 1) }),
  };
  if (isOdd(g, drawn)) return { name: g(fc.constantFrom<string>, ...UNHEARD), operand: constant(1, 'x', true) };
  const name = g(fc.constantFrom<string>, ...Object.keys(operands).filter((each) => each !== '$options' || isOdd(g, drawn)));
  // An operand that another operator would take, or a form that is no operand at all.
  const wrong = isOdd(g, drawn) ? g(fc.constantFrom<string>, ...Object.keys(operands), 'other') : name;
  return { name, operand: wrong === 'other' ? g(fc.constantFrom<ValueNode>, ...OTHER) : (operands[wrong] as () => OperandNode)() };
}
