import { BSONRegExp } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { MOST_CONDITIONS } from '../../grammar/size-limits.ts';
import { isDocument, type Emitted } from '../emit.ts';
import { isWholeValue } from '../filter/filter-paths.ts';

/** Throws if a filter has too many conditions to be sent as expressions, which are many times its size. So it is counted before they are made. */
export function assertFewConditions(filter: Emitted, place: string, call: CallContext): void {
  if (conditionsIn(filter) <= MOST_CONDITIONS) return;
  call.refuse(
    'filter_size',
    `There are more than ${MOST_CONDITIONS.toLocaleString('en')} conditions in ${place}. Use fewer: $in compares a path with many values in one condition.`,
  );
}

/** The number of comparisons in a filter, or in the operators at a path. */
function conditionsIn(part: Emitted): number {
  let count = 0;
  for (const key of Object.keys(part)) count += conditionsAt(key, part[key]);
  return count;
}

function conditionsAt(key: string, operand: unknown): number {
  if (key === '$in' || key === '$nin') return 1 + (operand as readonly unknown[]).filter(isPattern).length;
  if (!Array.isArray(operand)) return isDocument(operand) && !isWholeValue(operand) ? conditionsIn(operand) : 1;
  if (key === '$all') return operand.length;
  if (!key.startsWith('$')) return 1;
  return operand.reduce<number>((count, each) => count + (isDocument(each) ? conditionsIn(each) : 1), 0);
}

/** A pattern in a list is sent as an expression of its own. */
function isPattern(value: unknown): value is BSONRegExp {
  return value instanceof BSONRegExp;
}
