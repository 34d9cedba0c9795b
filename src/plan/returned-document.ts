import type { CallContext } from '../errors/call-context.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { sortOf } from './filter/parse-sort.ts';
import type { PlanOptions } from './options/parse-options.ts';
import type { FindAndModifyPlan } from './plan.ts';
import { emitLimited } from './projection/emit-limited.ts';

type Returned = Pick<FindAndModifyPlan, 'projection' | 'shape' | 'sort' | 'tellsUpserted'>;

/** What a write of one document returns of it, and which one it writes. */
export function returnedDocument(planOptions: PlanOptions, call: CallContext<ViewPolicy>): Returned {
  const projection = resolveProjection(planOptions['projection'], call.policy, call);
  return {
    projection: emitLimited(projection, call),
    shape: projection.shape.root,
    sort: sortOf(planOptions, call.policy.sortable, call),
    tellsUpserted: isUpsertedAsked(planOptions, call),
  };
}

/** Whether the result says if the call created the document. */
function isUpsertedAsked({ includeUpserted }: PlanOptions, call: CallContext): boolean {
  if (includeUpserted === undefined || typeof includeUpserted === 'boolean') return includeUpserted === true;
  return call.refuse('option_value', "The option 'includeUpserted' must be true or false.", 'includeUpserted');
}
