import { Decimal128, Double } from 'mongodb';

import { BSON_TYPE } from '../../results/bson/bson-type.ts';
import type { StoredValue } from '../../results/bson/sort-position.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { typesBeyond } from './brackets.ts';

const NULL_TYPES: ReadonlySet<number> = new Set([BSON_TYPE.null, BSON_TYPE.undefined]);

/** These have one value each, so nothing of the same type is beyond it. */
const SINGLE_TYPES: ReadonlySet<number> = new Set([BSON_TYPE.minKey, BSON_TYPE.maxKey, ...NULL_TYPES]);

const NUMBER_TYPES: ReadonlySet<number> = new Set([BSON_TYPE.double, BSON_TYPE.int, BSON_TYPE.long, BSON_TYPE.decimal]);

const NAN = new Double(Number.NaN);

/** The condition that a path has the value. Missing and null are equal, as in a sort. */
export function sameAs(path: string, { type, value }: StoredValue): Emitted {
  return emit(path, emit('$eq', NULL_TYPES.has(type) ? null : value));
}

/**
 * The conditions of which one holds if a path comes after the value in a sort. An operator compares only values of one type, so the other types
 * are named. Arrays are not: for them the server would scan the whole index. The elements of an array match by themselves, and the reader
 * refuses it then; an empty array sorts below null, and is named with it.
 */
export function beyond(path: string, stored: StoredValue, direction: 1 | -1): readonly Emitted[] {
  const { named, hasNull } = typesBeyond(stored.type, direction);
  return [
    ...beyondOfType(path, stored, direction),
    ...(named.length > 0 ? [emit(path, emit('$type', named))] : []),
    ...(hasNull ? [emit(path, emit('$in', [null, []]))] : []),
  ];
}

function beyondOfType(path: string, { type, value }: StoredValue, direction: 1 | -1): readonly Emitted[] {
  if (SINGLE_TYPES.has(type)) return [];
  const operator = direction === 1 ? '$gt' : '$lt';
  if (NUMBER_TYPES.has(type)) return beyondNumber(path, value, direction);
  return [type === BSON_TYPE.regExp ? beyondRegExp(path, value, operator) : emit(path, emit(operator, value))];
}

/** NaN is the smallest number in a sort, but `$lt` and `$gt` never match it. */
function beyondNumber(path: string, value: unknown, direction: 1 | -1): readonly Emitted[] {
  if (isNaN(value)) return direction === 1 ? [emit(path, emit('$gte', new Double(-Infinity)))] : [];
  if (direction === 1) return [emit(path, emit('$gt', value))];
  return [emit(path, emit('$lt', value)), emit(path, emit('$eq', NAN))];
}

function isNaN(value: unknown): boolean {
  if (value instanceof Double) return Number.isNaN(value.value);
  return value instanceof Decimal128 && value.toString() === 'NaN';
}

/** `$gt` and `$lt` take no regular expression, but expressions compare them. */
function beyondRegExp(path: string, value: unknown, operator: '$gt' | '$lt'): Emitted {
  const condition = emptyDocument();
  condition[path] = emit('$type', 'regex');
  condition['$expr'] = emit(operator, [`$${path}`, emit('$literal', value)]);
  return condition;
}
