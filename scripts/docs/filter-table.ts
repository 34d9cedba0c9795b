import { QUERY_OPERATORS, type QueryOperator } from '../../src/grammar/query-operators.ts';

/** The operand of each query operator, and an example. */
const TEXTS = {
  $eq: { takes: 'a scalar', example: 'op({ $eq: 36 })' },
  $ne: { takes: 'a scalar', example: 'op({ $ne: 36 })' },
  $gt: { takes: 'a scalar', example: 'op({ $gt: 18 })' },
  $gte: { takes: 'a scalar', example: 'op({ $gte: 18 })' },
  $lt: { takes: 'a scalar', example: 'op({ $lt: 65 })' },
  $lte: { takes: 'a scalar', example: 'op({ $lte: 65 })' },
  $in: { takes: 'scalars, RegExps', example: 'op({ $in: [36, 37] })' },
  $nin: { takes: 'scalars, RegExps', example: 'op({ $nin: [36, 37] })' },
  $all: { takes: 'scalars, RegExps', example: 'op({ $all: [36] })' },
  $exists: { takes: '`true` or `false`', example: 'op({ $exists: true })' },
  $type: { takes: 'names of BSON types', example: "op({ $type: 'number' })" },
  $not: { takes: 'operators, a RegExp', example: 'op({ $not: { $gt: 18 } })' },
  $size: { takes: 'a count', example: 'op({ $size: 1 })' },
  $mod: { takes: 'a divisor and a remainder', example: 'op({ $mod: [2, 0] })' },
  $regex: { takes: 'a string or a RegExp', example: "op({ $regex: '^a' })" },
  $options: { takes: '`i`, `m`, `s`, `x`, beside `$regex`', example: "op({ $regex: '^a', $options: 'i' })" },
  $elemMatch: { takes: 'operators; on a branch, a filter over its leaves', example: 'op({ $elemMatch: { $gt: 18 } })' },
} satisfies Record<QueryOperator, { readonly takes: string; readonly example: string }>;

/** The table of the query operators in docs/filters.md. */
export function filterTable(): string {
  const rows = QUERY_OPERATORS.map((name) => `| \`${name}\` | ${TEXTS[name].takes} | \`${TEXTS[name].example}\` |`);
  return ['| operator | takes | for example |', '|---|---|---|', ...rows].join('\n');
}
