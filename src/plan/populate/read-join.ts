import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { append } from '../../input/append.ts';
import { copyInput, inputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { readObject } from '../../input/read.ts';
import type { PathTree } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { resolveWhole } from '../../view/resolve-projection.ts';
import type { Joins } from '../pipeline/joins.ts';

/** One field of `populate`. */
export interface Join {
  /** The path of the joined documents. */
  readonly as: string;
  readonly from: string;
  readonly foreign: ViewPolicy;
  readonly localField: string;
  readonly foreignField: string;
  readonly projection: PathTree;
  readonly justOne: boolean;
  /** `$match` and `$sort`, as a caller would write them. */
  readonly stages: readonly InputObject[];
  readonly isSorted: boolean;
  readonly skip: number | undefined;
  readonly limit: number | undefined;
  /** The joins of the joined documents. */
  readonly populate: unknown;
}

const PARTS: readonly string[] = [
  'from',
  'localField',
  'foreignField',
  'projection',
  'justOne',
  'filter',
  'sort',
  'skip',
  'limit',
  'populate',
];

/** Reads one field of `populate`. */
export function readJoin(as: string, written: unknown, joins: Joins, call: CallContext): Join {
  const what = `populate.${as}`;
  const parts = new Map(readObject(written, what, call));
  const surplus = [...parts.keys()].find((name) => !PARTS.includes(name));
  if (surplus !== undefined) {
    return call.refuse(
      'option_value',
      `${quote(surplus)} is not a part of populate; it takes ${PARTS.join(', ')}.`,
      surplus,
    );
  }
  const at = (name: string): InputCopy | undefined =>
    parts.has(name) ? copyInput(parts.get(name), what, call) : undefined;
  const from = at('from');
  const foreign = typeof from === 'string' ? joins.get(from) : undefined;
  if (typeof from !== 'string' || foreign === undefined) return refuseView(from, call);
  const stages: InputObject[] = [];
  if (parts.has('filter')) append(stages, inputObject({ $match: at('filter') }));
  if (parts.has('sort')) append(stages, inputObject({ $sort: at('sort') }));
  return {
    as,
    from,
    foreign,
    localField: keyOf('localField', at('localField'), as, call),
    foreignField: keyOf('foreignField', at('foreignField'), as, call),
    projection: resolveWhole(parts.get('projection'), foreign, call),
    justOne: flagOf(at('justOne'), call),
    stages,
    isSorted: parts.has('sort'),
    skip: countOf('skip', at('skip'), 0, call),
    limit: countOf('limit', at('limit'), 1, call),
    populate: parts.get('populate'),
  };
}

function keyOf(name: string, key: InputCopy | undefined, as: string, call: CallContext): string {
  if (typeof key === 'string') return key;
  return call.refuse('join_invalid', `populate.${as} needs \`${name}\`: a joinable path.`, name);
}

function flagOf(flag: InputCopy | undefined, call: CallContext): boolean {
  if (flag === undefined || typeof flag === 'boolean') return flag ?? false;
  return call.refuse('option_value', 'justOne must be true or false.', 'justOne');
}

function countOf(name: string, count: InputCopy | undefined, least: number, call: CallContext): number | undefined {
  if (count === undefined || (typeof count === 'number' && Number.isSafeInteger(count) && count >= least)) return count;
  return call.refuse('option_value', `In populate, \`${name}\` takes an integer of ${least} or more.`, name);
}

function refuseView(from: InputCopy | undefined, call: CallContext): never {
  return call.refuse(
    'join_invalid',
    `populate names ${typeof from === 'string' ? quote(from) : 'no collection'}, which is not a view of this SafeDb; register it in createSafeDb().`,
    'populate',
  );
}
