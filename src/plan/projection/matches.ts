import { BSONRegExp } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { UNMATCHED_OPERATORS, type MatchedOperator } from '../../grammar/projection-operators.ts';
import { LOGICAL_OPERATORS } from '../../grammar/query-operators.ts';
import { MOST_STEPS } from '../../grammar/size-limits.ts';
import { branchesOf } from '../../view/path.ts';
import type { StoredTree } from '../../view/stored-tree.ts';
import { emit, isDocument, type Emitted } from '../emit.ts';
import { ifArray, literal, mapped, not } from '../expressions.ts';
import { isWholeValue } from '../filter/filter-paths.ts';
import { anyAtPath, documentsIn, subdocumentsIn, type PathOfValues } from './any-at-path.ts';
import { equals, equalsOrMatches, matchesPattern, isBeyond, isOfType } from './compare.ts';

/** What the expressions of a condition need to know. `level` counts the surrounding `$map`. */
interface Around {
  readonly stored: StoredTree;
  readonly call: CallContext;
  readonly level: number;
  /** Where the condition is, for error messages. */
  readonly place: string;
  /** Whether an array may be stored where the view declares none: a query compares its elements, and so does the expression. */
  readonly mayDrift: boolean;
}

/** A subdocument in an array, or a whole document. */
interface Element extends Around {
  readonly element: string;
  /** The path of the array; empty for a whole document. */
  readonly array: string;
}

/** The values at a path that operators compare. */
interface Compared extends Around, PathOfValues {
  readonly path: string;
  /** Whether an array may be stored there. A filter compares with its elements too. */
  readonly isList: boolean;
}

type Match = (operand: never, compared: Compared, operators: Emitted) => unknown;

/**
 * Makes expressions that do what a parsed filter does. The server has `$elemMatch` only as a query, and in a projection, where it returns
 * whole elements.
 */
const MATCHES = {
  $eq: (operand: unknown, compared) => some(compared, (value) => equals(value, operand)),
  $ne: (operand: unknown, compared) => not(some(compared, (value) => equals(value, operand))),
  $gt: (operand: unknown, compared) => some(compared, (value) => isBeyond('$gt', value, operand, compared)),
  $gte: (operand: unknown, compared) => some(compared, (value) => isBeyond('$gte', value, operand, compared)),
  $lt: (operand: unknown, compared) => some(compared, (value) => isBeyond('$lt', value, operand, compared)),
  $lte: (operand: unknown, compared) => some(compared, (value) => isBeyond('$lte', value, operand, compared)),
  $in: isIn,
  $nin: (operand: readonly unknown[], compared) => not(isIn(operand, compared)),
  $all: (operand: readonly unknown[], compared) =>
    operand.length === 0
      ? false
      : emit(
          '$and',
          operand.map((each) => some(compared, (value) => equalsOrMatches(value, each))),
        ),
  $exists: (operand: boolean, compared) => {
    const isThere = anyAtPath(compared, (value) => emit('$ne', [emit('$type', value), 'missing']));
    return operand ? isThere : not(isThere);
  },
  $type: (operand: string | readonly string[], compared) => some(compared, (value) => isOfType(value, operand)),
  $not: (operand: unknown, compared) => not(matchesValue(operand, compared)),
  $size: (operand: number, compared) =>
    anyAtPath(compared, (value) => ifArray(value, emit('$eq', [emit('$size', value), operand]), false)),
  $regex: (operand: string | BSONRegExp, compared, { $options }: Emitted) =>
    some(compared, (value) => matchesPattern(value, operand, $options as string | undefined)),
  $options: () => true,
  $elemMatch: (operand: Emitted, compared) => hasElement(operand, compared),
} satisfies Record<MatchedOperator, Match>;

const OPERATORS: ReadonlyMap<string, Match> = new Map<string, Match>(Object.entries(MATCHES));

/** Whether a subdocument matches a filter on its fields. */
export function matchesElement(filter: Emitted, at: Element): unknown {
  return emit(
    '$and',
    Object.entries(filter).map(([key, value]) =>
      key.startsWith('$') ? logical(key, value as readonly Emitted[], at) : matchesField(key, value, at),
    ),
  );
}

const LOGICAL: ReadonlySet<string> = new Set(LOGICAL_OPERATORS);

function logical(name: string, filters: readonly Emitted[], at: Element): unknown {
  if (!LOGICAL.has(name)) return at.call.refuse('filter_operator', `${name} is not allowed in ${at.place}.`, name);
  const each = filters.map((filter) => matchesElement(filter, at));
  return name === '$nor' ? not(emit('$or', each)) : emit(name, each);
}

/** A field of a subdocument, which the filter names by a dotted path. */
function matchesField(field: string, condition: unknown, { element, array, ...around }: Element): unknown {
  const path = joined(array, field);
  const between = branchesOf(field);
  refuseInnerArray(path, between, array, around);
  const ends = [...between.filter((branch) => mayBeArray(joined(array, branch), around)), field];
  if (ends.length > MOST_STEPS) return refuseDeep(path, around);
  const [first, ...below] = ends.map((end, index) => end.slice(index === 0 ? 0 : (ends[index - 1]?.length ?? 0) + 1));
  const isList = mayBeArray(path, around);
  return matchesValue(condition, { ...around, value: `${element}.${first}`, below, path, isList });
}

/** An array that the view declares takes an `$elemMatch`, which says whether several conditions are for the same element. */
function refuseInnerArray(path: string, between: readonly string[], array: string, around: Around): void {
  const { stored, call, place } = around;
  const inner = between.find((branch) => stored.at(joined(array, branch))?.depths?.some((depth) => depth > 0));
  if (inner === undefined) return;
  call.refuse(
    'filter_value',
    `In ${place}, ${quote(path)} can't be compared by its path, because ${quote(joined(array, inner))} is an array${array === '' ? '' : ' too'}: write ${quote(inner)}: op({ $elemMatch: … }).`,
    path,
  );
}

function refuseDeep(path: string, { call, place }: Around): never {
  return call.refuse(
    'filter_size',
    `In ${place}, ${quote(path)} is too deep: a path goes through at most ${MOST_STEPS} fields in which arrays may be stored.`,
    path,
  );
}

/** Whether an array may be stored at a path, or one in as many others: the view declares it, or does not know the path. */
function mayBeArray(path: string, { stored, mayDrift }: Around, others = 0): boolean {
  return mayDrift || (stored.at(path)?.depths?.some((depth) => depth > others) ?? true);
}

function joined(array: string, field: string): string {
  return array === '' ? field : `${array}.${field}`;
}

/** Whether a value matches operators, or what it is compared with. */
export function matchesValue(condition: unknown, compared: Compared): unknown {
  if (!isDocument(condition) || isWholeValue(condition))
    return some(compared, (value) => equalsOrMatches(value, condition));
  return emit(
    '$and',
    Object.entries(condition).map(([name, operand]) => {
      const match = OPERATORS.get(name);
      if (match !== undefined) return match(operand as never, compared, condition);
      const { call, path, place } = compared;
      const others = UNMATCHED_OPERATORS.filter((other) => other !== name);
      return call.refuse(
        'filter_operator',
        `${[name, ...others].join(', ')} are not allowed in ${place} (at ${quote(path)}).`,
        path,
      );
    }),
  );
}

/** Whether a test is true of a value at the path or, if an array may be there, of one of its elements. */
function some(compared: Compared, test: (value: string) => unknown): unknown {
  return anyAtPath(compared, (value, level, isElement) => {
    if (isElement || !compared.isList) return test(value);
    const each = `v${level}`;
    const anyElement = emit('$anyElementTrue', [mapped(value, each, test(`$$${each}`))]);
    return ifArray(value, emit('$or', [anyElement, test(value)]), test(value));
  });
}

/** Plain values are sent as one list, which takes as much room as in the filter. A pattern matches, and null equals a missing value. */
function isIn(operand: readonly unknown[], compared: Compared): unknown {
  const patterns = operand.filter((each) => each instanceof BSONRegExp);
  const plain = operand.filter((each) => !(each instanceof BSONRegExp) && each !== null);
  return some(compared, (value) => {
    const tests = patterns.map((pattern) => matchesPattern(value, pattern));
    if (operand.includes(null)) tests.push(equals(value, null));
    return emit('$or', [emit('$in', [value, literal(plain)]), ...tests]);
  });
}

/** An `$elemMatch` inside the condition: of subdocuments, or of single values. */
function hasElement(condition: Emitted, { path, ...compared }: Compared): unknown {
  return anyAtPath(compared, (value, level) => {
    const each = `v${level}`;
    const element = `$$${each}`;
    const inside = { ...compared, level: level + 1 };
    const documents = mayBeArray(path, inside, 1) ? documentsIn(value, each) : subdocumentsIn(value, each);
    const found = comparesValues(condition)
      ? mapped(value, each, matchesValue(condition, { ...inside, value: element, below: [], path, isList: false }))
      : mapped(documents, each, matchesElement(condition, { ...inside, element, array: path }));
    return ifArray(value, emit('$anyElementTrue', [found]), false);
  });
}

/** Whether the condition of an `$elemMatch` has operators for the elements themselves, and no filter of subdocuments. */
function comparesValues(condition: Emitted): boolean {
  return Object.keys(condition).every((key) => key.startsWith('$') && !LOGICAL.has(key));
}
