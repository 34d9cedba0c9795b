import { callContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';
import type { Emitted } from '../plan/emit.ts';
import { searchesText } from '../plan/filter/searching.ts';
import type { Plan } from '../plan/plan.ts';
import { callError } from './call-error.ts';
import { settledFor } from './driver-options.ts';
import type { CallTarget } from './target.ts';

/** The code of the server if there is no such collection. */
const NO_COLLECTION = 26;

/** Whether a plan has a filter with `$text`. A view without `search` accepts none. */
export function searches(plan: Plan): boolean {
  return plan.policy.search.length > 0 && filtersOf(plan).some(searchesText);
}

/**
 * Throws unless the text index of the collection has only paths that the view lists in `search`. The server searches what the index
 * covers, and a filter can't say which paths that are. Indexes may change at any time, so this is asked before each search.
 */
export async function assertSearchIndex(target: CallTarget, plan: Plan): Promise<void> {
  const weights = await textWeights(target, plan);
  const { operation, view, policy } = plan;
  const call = callContext(operation, view, policy, undefined);
  if (weights === undefined)
    return call.refuse('search_index', 'The collection has no text index, so $text can search nothing. Create one.');
  const surplus = Object.keys(weights).find((path) => !policy.search.includes(path));
  if (surplus === undefined) return undefined;
  const listed = policy.search.map(quote).join(', ');
  return call.refuse(
    'search_index',
    `The text index of the collection covers other paths than \`search\` of the view (${listed}), so $text could search private fields. Create the index with these paths only.`,
  );
}

/** The weights of the text index, by path. A collection has at most one. This can't be read in a transaction, so it has no session. */
async function textWeights(target: CallTarget, plan: Plan): Promise<object | undefined> {
  try {
    const indexes: readonly object[] = await target.collection.listIndexes(settledFor('find')).toArray();
    const index = indexes.find((each) => Object.hasOwn(each, 'weights')) as { readonly weights: object } | undefined;
    return index?.weights;
  } catch (error) {
    if (codeOf(error) === NO_COLLECTION) return undefined;
    throw callError(error, target, plan);
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function filtersOf(plan: Plan): readonly Emitted[] {
  if ('filter' in plan) return plan.filter === undefined ? [] : [plan.filter];
  if ('model' in plan) return [plan.model.filter];
  if (plan.operation !== 'bulkWrite') return [];
  return plan.models.flatMap((model) => ('filter' in model ? [model.filter] : []));
}
