import { BSONRegExp, Decimal128, Double } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import type { InputClass } from '../../grammar/bson-classes.ts';
import { bsonTypeOf } from '../../input/copy-scalar.ts';
import { bare, emit } from '../emit.ts';
import { cond, isKind, literal } from '../expressions.ts';

const NUMBERS = ['int', 'long', 'double', 'decimal'];

/** The stored types that a range compares with an operand of this class. A filter compares only values of one kind. */
const KINDS = {
  ObjectId: ['objectId'],
  Decimal128: NUMBERS,
  Long: NUMBERS,
  Int32: NUMBERS,
  Double: NUMBERS,
  Timestamp: ['timestamp'],
  Binary: ['binData'],
  BSONRegExp: undefined,
} satisfies Record<InputClass, readonly string[] | undefined>;

const CLASSES: ReadonlyMap<string, readonly string[] | undefined> = new Map(Object.entries(KINDS));

/** Whether a value equals another. For a filter, a missing value equals null. */
export function equals(value: string, operand: unknown): unknown {
  return operand === null
    ? emit('$eq', [emit('$ifNull', [value, null]), null])
    : emit('$eq', [value, literal(operand)]);
}

/** Whether a value is what a filter asks for without an operator: a pattern matches. */
export function equalsOrMatches(value: string, operand: unknown): unknown {
  return operand instanceof BSONRegExp ? matchesPattern(value, operand) : equals(value, operand);
}

/** Whether a value is a string that matches, or the same pattern. */
export function matchesPattern(value: string, pattern: string | BSONRegExp, ownOptions?: string): unknown {
  const [source, given] = pattern instanceof BSONRegExp ? [pattern.pattern, pattern.options] : [pattern, ''];
  const options = ownOptions ?? given;
  const operands = bare({ input: value, regex: literal(source), options: literal(options) });
  const matches = cond(isKind(value, ['string']), emit('$regexMatch', operands), false);
  return emit('$or', [matches, equals(value, new BSONRegExp(source, options))]);
}

/** Whether a value has one of these types, by the names that a filter takes. */
export function isOfType(value: string, types: string | readonly string[]): unknown {
  const names = typeof types === 'string' ? [types] : types;
  return isKind(
    value,
    names.flatMap((name) => (name === 'number' ? NUMBERS : name)),
  );
}

/** Whether a value is greater or less than another of the same kind. */
export function isBeyond(
  operator: '$gt' | '$gte' | '$lt' | '$lte',
  value: string,
  operand: unknown,
  { call, path, place }: { readonly call: CallContext; readonly path: string; readonly place: string },
): unknown {
  if (operand === null || isNotANumber(operand)) return operator.endsWith('e') && equals(value, operand);
  const kinds = kindsOf(operand);
  if (kinds === undefined)
    return call.refuse('filter_value', `${operator} at ${quote(path)} takes no value of this type in ${place}.`, path);
  const compares = [isKind(value, kinds), emit(operator, [value, literal(operand)])];
  // In the order of expressions NaN is less than every number; a filter compares it with none.
  return emit('$and', kinds === NUMBERS ? [...compares, emit('$ne', [value, NaN])] : compares);
}

function isNotANumber(operand: unknown): boolean {
  return operand instanceof Double || operand instanceof Decimal128
    ? operand.toString() === 'NaN'
    : Number.isNaN(operand);
}

function kindsOf(operand: unknown): readonly string[] | undefined {
  if (typeof operand === 'number' || typeof operand === 'bigint') return NUMBERS;
  if (typeof operand === 'string') return ['string'];
  if (typeof operand === 'boolean') return ['bool'];
  if (operand instanceof Date) return ['date'];
  return typeof operand === 'object' && operand !== null ? CLASSES.get(bsonTypeOf(operand) ?? '') : undefined;
}
