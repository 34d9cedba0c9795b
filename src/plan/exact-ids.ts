import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { isInertObject, type Inert } from '../inert/snapshot.ts';
import { isIdPublic, type ViewPolicy } from '../view/policy.ts';
import type { Emitted } from './emit.ts';
import type { Joins } from './pipeline/joins.ts';

/**
 * Ends the call if a collation would loosen a caller's match of an `_id` that is not public: with `strength: 1` a text finds all
 * ids that are spelled alike. A collation compares texts only, so ids of other types are matched exactly in any case.
 */
export function refuseLooseId(filter: Emitted, collation: unknown, policy: ViewPolicy, site: Site): void {
  if (isLoose(collation)) refuseTextId(filter, policy, site);
}

/**
 * The same for a pipeline as it is sent: the filters above each view, and the joins by an `_id` that is not public. A view does not
 * know the type of an id at run time, so such a join is refused whatever the type is.
 */
export function refuseLooseIds(stages: readonly Emitted[], collation: unknown, policy: ViewPolicy, joins: Joins, site: Site): void {
  if (isLoose(collation)) checkOverView(stages, policy, joins, site);
}

/** `simple` compares byte by byte, as the server does without a collation. */
function isLoose(collation: unknown): boolean {
  return isInertObject(collation) && collation['locale'] !== 'simple';
}

function refuseTextId(filter: Emitted, policy: ViewPolicy, site: Site): void {
  if (isIdPublic(policy) || !comparesText(filter)) return;
  refuseCollation("'_id' is not public in this view, so it is matched exactly, and a collation would match other ids too.", site);
}

function comparesText(filter: Emitted): boolean {
  return Object.entries(filter).some(([key, value]) => (key === '_id' ? holdsText(value) : key.startsWith('$') && Array.isArray(value) && value.some(comparesText)));
}

function holdsText(value: Inert): boolean {
  if (Array.isArray(value)) return value.some(holdsText);
  return typeof value === 'string' || (isInertObject(value) && Object.values(value).some(holdsText));
}

/** Stages over a view: those before its `$project` see the stored documents, those after it see what is public. */
function checkOverView(stages: readonly Emitted[], policy: ViewPolicy, joins: Joins, site: Site): void {
  const view = stages.findIndex((stage) => Object.hasOwn(stage, '$project'));
  const head = view === -1 ? stages : stages.slice(0, view);
  for (const stage of head) if (Object.hasOwn(stage, '$match')) refuseTextId(stage['$match'] as Emitted, policy, site);
  checkJoins(head, !isIdPublic(policy), joins, site);
  checkJoins(stages.slice(head.length), false, joins, site);
}

function checkJoins(stages: readonly Emitted[], isIdPrivate: boolean, joins: Joins, site: Site): void {
  for (const stage of stages) {
    if (Object.hasOwn(stage, '$lookup')) checkJoin(stage['$lookup'] as Emitted, isIdPrivate, joins, site);
    const pipelines = Object.hasOwn(stage, '$facet') ? Object.values(stage['$facet'] as Emitted) : [];
    for (const inner of pipelines) checkJoins(inner as readonly Emitted[], false, joins, site);
  }
}

function checkJoin({ from, localField, foreignField, pipeline }: Emitted, isIdPrivate: boolean, joins: Joins, site: Site): void {
  const name = from as string;
  const foreign = joins.get(name) as ViewPolicy;
  if (isIdPrivate && localField === '_id') refuseJoin('this view', site);
  if (foreignField === '_id' && !isIdPublic(foreign)) refuseJoin(`the view of ${quote(name)}`, site);
  checkOverView(pipeline as readonly Emitted[], foreign, joins, site);
}

function refuseJoin(view: string, site: Site): never {
  return refuseCollation(`'_id' is not public in ${view}, so a join compares it exactly, and a collation would join other documents too.`, site);
}

function refuseCollation(why: string, site: Site): never {
  return site.refuse('option_value', `${why} Leave \`collation\` out, or make '_id' public.`, 'collation');
}
