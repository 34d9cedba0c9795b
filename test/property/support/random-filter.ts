import { Code, DBRef, ObjectId } from 'mongodb';

import type { Draw } from './draw.ts';
import type { EntryNode, FilterNode, OperandNode, OperatorNode, ValueNode } from './filter-grammar.ts';

/** The parts of a random filter. `odds` of a hundred draws are of a form that is refused. */
export interface Source {
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
  readonly branches: readonly string[];
  readonly scalars: readonly unknown[];
  readonly odds: number;
}

const TOP: readonly (readonly [string, unknown])[] = [
  ['$where', 'true'],
  ['$expr', { $eq: ['$password_hash', 'x'] }],
  ['$jsonSchema', { required: ['password_hash'] }],
  ['$text', { $search: 'x' }],
  ['$comment', 'x'],
  ['$alwaysTrue', 1],
  ['$sampleRate', 0.5],
  ['$not', { username: 'ada' }],
  ['$eq', 'x'],
  ['$in', ['x']],
];

const COMPARISONS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'];
const UNHEARD = [
  '$where',
  '$expr',
  '$geoWithin',
  '$near',
  '$bitsAllSet',
  '$text',
  '$comment',
  '$function',
  '$jsonSchema',
  '$rand',
  'username',
  '$Eq',
  '',
];

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
export function randomFilter(draw: Draw, from: Source, depth = 0): FilterNode {
  const count = draw.number(depth === 0 ? 0 : 1, 3);
  const entries = Array.from({ length: count }, () => randomEntry(draw, from, depth));
  const keyOf = (entry: EntryNode): string => (entry.kind === 'path' ? entry.path : entry.name);
  return {
    entries: entries.filter((entry, index) => entries.findIndex((other) => keyOf(other) === keyOf(entry)) === index),
  };
}

/** Whether this draw is to be one of the refused forms. */
function isOdd(draw: Draw, { odds }: Source): boolean {
  return draw.chance(odds);
}

function randomEntry(draw: Draw, from: Source, depth: number): EntryNode {
  if (isOdd(draw, from) && draw.chance(50)) {
    const [name, value] = draw.oneOf(TOP);
    return { kind: 'top', name, value };
  }
  if (depth < 3 && draw.number(1, 4) === 1) return randomLogic(draw, from, depth);
  if (from.branches.length > 0 && draw.number(1, 5) === 1) {
    const path = draw.oneOf(from.branches);
    const odd = isOdd(draw, from);
    return { kind: 'path', path, value: odd ? randomValue(draw, from, depth) : overBranch(draw, from, path, depth) };
  }
  const path = draw.oneOf(isOdd(draw, from) ? from.refused : from.allowed);
  const isExact = path === '_id' && (from.odds === 0 || draw.chance(50));
  if (path !== '_id') return { kind: 'path', path, value: randomValue(draw, from, depth) };
  return { kind: 'path', path, value: isExact ? exact(draw) : searching(draw) };
}

function randomLogic(draw: Draw, from: Source, depth: number): EntryNode {
  const name = draw.oneOf(['$and', '$or', '$nor'] as const);
  const form = isOdd(draw, from) ? draw.oneOf(['array-like', 'object'] as const) : 'array';
  const count = isOdd(draw, from) ? 0 : draw.number(1, 3);
  return {
    kind: 'logic',
    name,
    form,
    branches: Array.from({ length: count }, () => randomFilter(draw, from, depth + 1)),
  };
}

const IDS = ['000000000000000000000001', '000000000000000000000002'].map((hex) => new ObjectId(hex));

function exact(draw: Draw): ValueNode {
  const scalar: ValueNode = { kind: 'scalar', value: draw.oneOf<unknown>([...IDS, 'x', 1]) };
  const operators: readonly OperatorNode[] = [
    draw.oneOf<OperatorNode>([
      { name: '$eq', operand: scalar },
      { name: '$in', operand: { kind: 'list', elements: [scalar] } },
    ]),
  ];
  return draw.oneOf<ValueNode>([scalar, { kind: 'operators', tagged: true, operators }]);
}

/** Conditions that could find an `_id` step by step. */
function searching(draw: Draw): ValueNode {
  const name = draw.oneOf(['$gt', '$gte', '$lt', '$lte', '$ne', '$nin', '$exists', '$type', '$regex', '$not']);
  const id: ValueNode = { kind: 'scalar', value: draw.oneOf(IDS) };
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
function overBranch(draw: Draw, from: Source, path: string, depth: number): ValueNode {
  const below = (paths: readonly string[]): string[] =>
    paths.filter((each) => each.startsWith(`${path}.`)).map((each) => each.slice(path.length + 1));
  const inside = {
    ...from,
    allowed: below(from.allowed),
    refused: [...below(from.refused), 'nothing', '_id'],
    branches: below(from.branches),
  };
  const filter = randomFilter(draw, inside, Math.max(1, depth));
  return {
    kind: 'operators',
    tagged: !isOdd(draw, from),
    operators: [{ name: '$elemMatch', operand: { kind: 'filter', filter } }],
  };
}

function scalarOf(draw: Draw, { scalars }: Source): ValueNode {
  return { kind: 'scalar', value: draw.oneOf(scalars) };
}

function patternOf(draw: Draw): ValueNode {
  return { kind: 'pattern', value: draw.oneOf([/^a/, /b/i, /o n/m, /^.*$/s]) };
}

function randomValue(draw: Draw, from: Source, depth: number): ValueNode {
  if (isOdd(draw, from)) return draw.oneOf(OTHER);
  const form = draw.number(1, 10);
  if (form <= 3) return scalarOf(draw, from);
  if (form === 4) return patternOf(draw);
  return { kind: 'operators', tagged: !isOdd(draw, from), operators: randomOperators(draw, from, depth) };
}

function randomOperators(draw: Draw, from: Source, depth: number): readonly OperatorNode[] {
  const count = isOdd(draw, from) ? 0 : draw.number(1, 3);
  const operators = Array.from({ length: count }, () => randomOperator(draw, from, depth));
  return operators.filter(({ name }, index) => operators.findIndex((other) => other.name === name) === index);
}

function randomOperator(draw: Draw, from: Source, depth: number): OperatorNode {
  const list = (elements: readonly ValueNode[]): OperandNode => ({ kind: 'list', elements });
  const constant = (...values: readonly unknown[]): OperandNode => ({ kind: 'scalar', value: draw.oneOf(values) });
  const some = (): ValueNode[] =>
    Array.from({ length: draw.number(0, 3) }, () => (draw.number(1, 5) === 1 ? patternOf(draw) : scalarOf(draw, from)));
  const operands: Record<string, () => OperandNode> = {
    ...Object.fromEntries(COMPARISONS.map((name) => [name, () => scalarOf(draw, from)])),
    $in: () => list(some()),
    $nin: () => list(some()),
    $all: () => list(some()),
    $exists: () => constant(true, false),
    $type: () =>
      draw.chance(50)
        ? constant('string', 'number', 'date')
        : list([
            { kind: 'scalar', value: 'string' },
            { kind: 'scalar', value: 'null' },
          ]),
    $not: () =>
      draw.number(1, 4) === 1 || depth > 3
        ? patternOf(draw)
        : { kind: 'operators', tagged: draw.chance(50), operators: randomOperators(draw, from, depth + 1) },
    $size: () => constant(0, 1, 2),
    $mod: () => list([2, 1].map((value) => ({ kind: 'scalar', value }))),
    $regex: () => (draw.chance(50) ? constant('^a', 'b') : patternOf(draw)),
    $options: () => constant('i', 'ms', ''),
    $elemMatch: () => ({
      kind: 'operators',
      tagged: false,
      operators: depth > 3 ? [{ name: '$gt', operand: scalarOf(draw, from) }] : randomOperators(draw, from, depth + 1),
    }),
  };
  if (isOdd(draw, from)) return { name: draw.oneOf(UNHEARD), operand: constant(1, 'x', true) };
  const name = draw.oneOf(Object.keys(operands).filter((each) => each !== '$options' || isOdd(draw, from)));
  // An operand for another operator, or a form that is not an operand.
  const wrong = isOdd(draw, from) ? draw.oneOf([...Object.keys(operands), 'other']) : name;
  return { name, operand: wrong === 'other' ? draw.oneOf(OTHER) : (operands[wrong] as () => OperandNode)() };
}
