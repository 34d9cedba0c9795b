import { op } from 'safe-collection';

import type { Draw } from '../../property/support/draw.ts';

/** A condition in both forms: as the library takes it, with `op()`, and as the server takes it. */
export interface Condition {
  readonly tagged: Readonly<Record<string, unknown>>;
  readonly plain: Readonly<Record<string, unknown>>;
}

const DAY = new Date('2024-02-29');
export const SCALARS: readonly unknown[] = ['a', 'b', 'ab', '$secret', '', 0, 1, 2.5, NaN, null, true, false, DAY];
const KINDS = ['string', 'number', 'array', 'null', 'bool', 'object', 'date', 'double', 'int'];

/** Operators at a value, and whether it may be a list. */
function operators(draw: Draw, isList: boolean): Readonly<Record<string, unknown>> {
  const value = draw.oneOf(SCALARS);
  const some = [draw.oneOf(SCALARS), draw.oneOf(SCALARS)];
  const all: readonly Readonly<Record<string, unknown>>[] = [
    { $eq: value },
    { $ne: value },
    { $gt: value },
    { $gte: value },
    { $lt: value },
    { $lte: value },
    { $gt: 'a', $lte: 'b' },
    { $in: some },
    { $in: [/^a/, 1] },
    { $nin: some },
    { $exists: draw.number(1, 2) === 1 },
    { $type: draw.oneOf(KINDS) },
    { $type: [draw.oneOf(KINDS), draw.oneOf(KINDS)] },
    { $regex: 'A', $options: 'i' },
    { $not: { $gt: value } },
    { $not: /b$/ },
    ...(isList ? [{ $size: draw.number(0, 2) }, { $all: some }, { $all: [] }, { $elemMatch: { $gt: value } }] : []),
  ];
  return draw.oneOf(all);
}

function atField(draw: Draw, isList: boolean): readonly [tagged: unknown, plain: unknown] {
  const which = draw.number(0, 3);
  if (which === 0) return both(draw.oneOf(SCALARS));
  if (which === 1) return both(draw.oneOf([/^a/, /B/i]));
  if (isList && which === 2 && draw.number(1, 3) === 1) return both(['a', 'b']);
  const plain = operators(draw, isList);
  return [op(plain as never), plain];
}

function both(value: unknown): readonly [unknown, unknown] {
  return [value, value];
}

/** Conditions for single values. */
export function valueCondition(draw: Draw): Condition {
  const plain = operators(draw, false);
  return { tagged: plain, plain };
}

/** Conditions for subdocuments with `city`, `geo.lat`, `tags` and `phones.kind`. */
export function elementCondition(draw: Draw, depth = 2): Condition {
  const which = draw.number(0, depth > 0 ? 7 : 4);
  const field = ['city', 'geo.lat', 'tags', 'city', 'geo.lat'][which];
  if (field !== undefined) return named(field, atField(draw, field === 'tags'));
  if (which === 5) {
    const inside = named('kind', atField(draw, false));
    return named('phones', [op({ $elemMatch: inside.tagged } as never), { $elemMatch: inside.plain }]);
  }
  if (which === 6) return merged(elementCondition(draw, 0), elementCondition(draw, 0));
  const each = [elementCondition(draw, depth - 1), elementCondition(draw, depth - 1)];
  const name = draw.oneOf(['$and', '$or', '$nor']);
  return { tagged: { [name]: each.map(({ tagged }) => tagged) }, plain: { [name]: each.map(({ plain }) => plain) } };
}

function named(field: string, [tagged, plain]: readonly [unknown, unknown]): Condition {
  return { tagged: { [field]: tagged }, plain: { [field]: plain } };
}

function merged(one: Condition, other: Condition): Condition {
  return { tagged: { ...one.tagged, ...other.tagged }, plain: { ...one.plain, ...other.plain } };
}
