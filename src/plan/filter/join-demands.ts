import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInputObject, type InputCopy } from '../../input/copy-input.ts';
import type { TrustedParts } from '../../values/trusted.ts';
import { emit, type Emitted } from '../emit.ts';
import { TRUSTED_RULES } from './filter-rules.ts';
import { parseFilter } from './parse-filter.ts';
import type { Joins } from '../pipeline/joins.ts';

/** The program's conditions on joined documents, by collection. */
export type JoinDemands = ReadonlyMap<string, Emitted>;

/**
 * Reads the conditions of `trusted` on joined views. `undefined` if it has no conditions at all. If it has a filter but no `joins`,
 * every join is refused, because the filter applies only to the collection that is read and not to joined documents.
 */
export function parseJoinDemands(
  { filter, joins: filters }: TrustedParts,
  joins: Joins,
  site: Site,
): JoinDemands | undefined {
  if (filter === undefined && filters === undefined) return undefined;
  if (filters === undefined) return new Map();
  if (!isInputObject(filters))
    return site.refuse(
      'argument_invalid',
      '`trusted.joins` must be an object that maps the names of joined collections to filters.',
      'joins',
    );
  return new Map(Object.entries(filters).map(([name, each]) => [name, parseDemand(name, each, joins, site)] as const));
}

/** An entry for a view that this pipeline does not join has no effect; an entry that names no view is refused. */
function parseDemand(name: string, filter: InputCopy, joins: Joins, site: Site): Emitted {
  if (!joins.has(name))
    site.refuse('join_invalid', `\`trusted.joins\` names ${quote(name)}, which is not a view of this SafeDb.`, name);
  return parseFilter(filter, TRUSTED_RULES, site);
}

/** The stages with the program's conditions, for the start of a joined pipeline. Throws if `trusted` has no entry for that view. */
export function demandedOf(from: string, demands: JoinDemands | undefined, site: Site): readonly Emitted[] {
  if (demands === undefined) return [];
  const filter = demands.get(from) ?? refuseUndemanded(from, site);
  return Object.keys(filter).length === 0 ? [] : [emit('$match', filter)];
}

function refuseUndemanded(name: string, site: Site): never {
  return site.refuse(
    'join_invalid',
    `This pipeline joins ${quote(name)}, but \`trusted\` has no filter for it: \`filter\` applies only to the collection that is read. Add joins: { ${name}: filter }, or an empty filter to join all its documents.`,
    name,
  );
}
