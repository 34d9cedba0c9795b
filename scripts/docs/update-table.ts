import { BULK_MODELS } from '../../src/grammar/bulk-models.ts';
import { PUSH_MODIFIERS, UPDATE_OPERATORS, type UpdateOperator } from '../../src/grammar/update-operators.ts';
import { quoted } from './quoted.ts';

/** The operand of each update operator. */
const TAKES = {
  $set: 'a value',
  $setOnInsert: 'a value, written only if an upsert makes the document',
  $unset: "`''`, `1` or `true`",
  $inc: 'a finite number',
  $mul: 'a finite number',
  $min: 'a scalar',
  $max: 'a scalar',
  $push: `an element, or \`op()\` with ${quoted(PUSH_MODIFIERS)}`,
  $addToSet: 'an element, or `op()` with `$each`',
  $pull: 'a value, or a condition on filterable paths',
  $pop: '`1` (last) or `-1` (first)',
  $currentDate: '`true`',
} satisfies Record<UpdateOperator, string>;

/** The table of the update operators in docs/writes.md. */
export function updateTable(): string {
  return [
    '| operator | takes |',
    '|---|---|',
    ...UPDATE_OPERATORS.map((name) => `| \`${name}\` | ${TAKES[name]} |`),
  ].join('\n');
}

/** The table of the bulk models in docs/writes.md. */
export function bulkTable(): string {
  const rows = Object.entries(BULK_MODELS).map(([model, fields]) => `| \`${model}\` | ${quoted(fields)} |`);
  return ['| model | fields |', '|---|---|', ...rows].join('\n');
}
