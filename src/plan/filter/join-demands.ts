import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { emit, type Emitted } from '../emit.ts';
import { parseStageFilter } from './authorise-filter.ts';
import { scopeStages } from '../scope/bound.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { Joins } from '../pipeline/joins.ts';

/** The program's conditions on joined documents, by collection. */
export type JoinDemands = ReadonlyMap<string, Emitted>;

/**
 * Reads the conditions of `trusted` on joined views. `undefined` if it has no conditions at all. If it has a filter but no `joins`,
 * every join is refused, because the filter applies only to the collection that is read and not to joined documents.
 */
export function parseJoinDemands(
  filters: InputCopy,
  hasFilter: boolean,
  joins: Joins,
  call: CallContext,
): JoinDemands | undefined {
  if (!hasFilter && filters === undefined) return undefined;
  if (filters === undefined) return new Map();
  if (!isInputObject(filters))
    return call.refuse(
      'argument_invalid',
      '`trusted.joins` must be an object that maps the names of joined collections to filters.',
      'joins',
    );
  return new Map(Object.entries(filters).map(([name, each]) => [name, parseDemand(name, each, joins, call)] as const));
}

/** An entry for a view that this pipeline does not join has no effect; an entry that names no view is refused. */
function parseDemand(name: string, filter: InputCopy, joins: Joins, call: CallContext): Emitted {
  const joined = joins.get(name);
  if (joined === undefined)
    return call.refuse(
      'join_invalid',
      `\`trusted.joins\` names ${quote(name)}, which is not a view of this SafeDb.`,
      name,
    );
  return parseStageFilter(filter, joined, call);
}

/**
 * The stages for the start of a joined pipeline: the rows of the call's scope, and the program's conditions. Throws if the call has no
 * values for the scope of that view, or `trusted` has no entry for it.
 */
export function demandedOf(
  from: string,
  foreign: ViewPolicy,
  demands: JoinDemands | undefined,
  call: CallContext,
): readonly Emitted[] {
  const scope = scopeStages(foreign, from, call);
  if (demands === undefined) return scope;
  const filter = demands.get(from) ?? refuseUndemanded(from, call);
  return Object.keys(filter).length === 0 ? scope : [...scope, emit('$match', filter)];
}

function refuseUndemanded(name: string, call: CallContext): never {
  return call.refuse(
    'join_invalid',
    `This pipeline joins ${quote(name)}, but \`trusted\` has no filter for it: \`filter\` applies only to the collection that is read. Add joins: { ${name}: filter }, or an empty filter to join all its documents.`,
    name,
  );
}
