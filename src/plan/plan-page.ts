import type { CallContext } from '../errors/call-context.ts';
import type { Sealer } from '../seal/sealer.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { bare } from './emit.ts';
import { assertNoNear } from './filter/assert-no-near.ts';
import { authoriseFilter } from './filter/authorise-filter.ts';
import { isLooseCollation } from './filter/exact-ids.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import { PageCursors, type PagePosition } from './page/page-cursor.ts';
import { pageCondition } from './page/page-condition.ts';
import { pageProjection } from './page/page-projection.ts';
import { emitPageSort, pageSort } from './page/page-sort.ts';
import { issuePlan, type PagePlan } from './plan.ts';
import { withCondition } from './scope/bound.ts';

/** What seals the cursors of a collection. */
export interface PageSeals {
  readonly collection: { readonly namespace: string };
  readonly sealer: Sealer;
}

/** A planned page, with what its cursors are made of. */
export interface PlannedPage {
  readonly plan: PagePlan;
  readonly cursors: PageCursors;
  /** Where the page begins. `undefined` for the first page. */
  readonly from: PagePosition | undefined;
  /** Whether the page ends at `from`, so that it is read backwards. */
  readonly backwards: boolean;
}

/** Plans `paginate`. */
export function planPage(
  filter: unknown,
  options: unknown,
  { collection, sealer }: PageSeals,
  call: CallContext<ViewPolicy>,
): PlannedPage {
  const { policy, view } = call;
  const parsed = parseOptions('paginate', options, call);
  const { planOptions, driverOptions } = parsed;
  const projection = resolveProjection(planOptions['projection'], policy, call);
  const size = sizeOf(driverOptions['limit'], call);
  const bound = authoriseFilter(filter, parsed, call);
  assertNoNear(bound, call);
  const keys = pageSort(planOptions, call);
  const { collation } = driverOptions;
  const cursors = new PageCursors(sealer, { collection, view, filter: bound, keys, collation }, call);
  const start = startOf(planOptions, call);
  const backwards = start?.name === 'before';
  const from = start === undefined ? undefined : cursors.open(start.token, start.name, call);
  const sent = pageProjection(projection, keys, call);
  const plan = issuePlan<PagePlan>({
    operation: 'paginate',
    view,
    policy,
    filter: from === undefined ? bound : withCondition(bound, pageCondition(keys, from, backwards)),
    projection: sent.projection,
    shape: projection.shape.root,
    options: Object.freeze(bare({ ...driverOptions, limit: size + 1 })),
    sort: emitPageSort(keys, backwards),
    page: { keys: sent.keys, size, isLoose: isLooseCollation(collation) },
  });
  return { plan, cursors, from, backwards };
}

function sizeOf(limit: unknown, call: CallContext): number {
  if (typeof limit === 'number') return limit;
  return call.refuse('option_value', 'paginate() needs `limit`: the number of documents on a page.', 'limit');
}

/** The cursor of the call. `null`, which a page has where there is no other one, means the first page. */
function startOf(
  planOptions: PlanOptions,
  call: CallContext,
): { readonly name: 'after' | 'before'; readonly token: unknown } | undefined {
  const { after = null, before = null } = planOptions;
  if (after !== null && before !== null)
    call.refuse('option_value', 'paginate() takes either `after` or `before`, not both.', 'before');
  if (after !== null) return { name: 'after', token: after };
  return before === null ? undefined : { name: 'before', token: before };
}
