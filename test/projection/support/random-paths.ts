import { op } from 'safe-collection';

import type { Draw } from '../../property/support/draw.ts';
import { SCALARS, type Condition } from './random-conditions.ts';

/** Numbers are keys of a subdocument, and positions in an array. */
const KEYS: readonly string[] = ['a', 'b', 'c', '0', '1'];
const KINDS: readonly string[] = ['string', 'number', 'array', 'null', 'bool', 'object', 'date'];

/** A value of any form: a scalar, or subdocuments and arrays in one another. */
export function anything(draw: Draw, depth: number): unknown {
  if (depth === 0 || draw.chance(25)) return draw.oneOf(SCALARS);
  if (draw.chance(50)) return Array.from({ length: draw.number(0, 2) }, () => anything(draw, depth - 1));
  return Object.fromEntries(draw.some(KEYS).map((key) => [key, anything(draw, depth - 1)]));
}

/** A condition at a path of a few keys below one of the roots, or several such conditions. */
export function conditionBelow(draw: Draw, roots: readonly string[], depth = 2): Condition {
  if (depth > 0 && draw.chance(25)) {
    const each = [conditionBelow(draw, roots, depth - 1), conditionBelow(draw, roots, depth - 1)];
    const name = draw.oneOf(['$and', '$or', '$nor']);
    return { tagged: { [name]: each.map(({ tagged }) => tagged) }, plain: { [name]: each.map(({ plain }) => plain) } };
  }
  const path = [draw.oneOf(roots), ...Array.from({ length: draw.number(0, 3) }, () => draw.oneOf(KEYS))].join('.');
  if (draw.chance(25)) {
    const value = draw.oneOf<unknown>([draw.oneOf(SCALARS), /^a/, [draw.oneOf(SCALARS)]]);
    return { tagged: { [path]: value }, plain: { [path]: value } };
  }
  const { tagged, plain } = operators(draw, depth);
  return { tagged: { [path]: op(tagged as never) }, plain: { [path]: plain } };
}

function operators(draw: Draw, depth: number): Condition {
  const value = draw.oneOf(SCALARS);
  const several = [draw.oneOf(SCALARS), draw.oneOf<unknown>([/^a/, /B/i, draw.oneOf(SCALARS)])];
  const which = draw.number(0, depth > 0 ? 3 : 1);
  if (which === 2) {
    const inside = operators(draw, depth - 1);
    const name = draw.oneOf(['$not', '$elemMatch']);
    return { tagged: { [name]: inside.tagged }, plain: { [name]: inside.plain } };
  }
  if (which === 3) {
    const inside = conditionBelow(draw, KEYS, depth - 1);
    return { tagged: { $elemMatch: inside.tagged }, plain: { $elemMatch: inside.plain } };
  }
  const plain = draw.oneOf<Readonly<Record<string, unknown>>>([
    { $eq: value },
    { $ne: value },
    { $gt: value },
    { $gte: value, $ne: 'b' },
    { $lt: value },
    { $lte: value },
    { $in: several },
    { $nin: several },
    { $all: several },
    { $exists: draw.chance(50) },
    { $type: draw.oneOf(KINDS) },
    { $size: draw.number(0, 2) },
    { $regex: 'A', $options: 'i' },
    { $not: /b$/ },
  ]);
  return { tagged: plain, plain };
}
