import type { Site } from '../errors/site.ts';
import { payloadIn } from '../marks/trusted.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { emit, type Emitted } from './emit.ts';
import { emitProjection } from './emit-projection.ts';
import { callerRules, TRUSTED_RULES } from './filter-rules.ts';
import type { MethodName } from './method-options.ts';
import { parseFilter } from './parse-filter.ts';
import { parseOptions } from './parse-options.ts';
import { parseSort } from './parse-sort.ts';
import { issuePlan, type CountPlan, type DistinctPlan, type EstimatePlan, type ExistsPlan, type FindPlan } from './plan.ts';

/** What every planner knows: whose view it holds the call to, and where to report. */
export interface PlanContext {
  readonly policy: ViewPolicy;
  readonly view: string;
  readonly site: Site;
}

/** Plans `find` and `findOne`. */
export function planFind<O extends 'find' | 'findOne'>(
  operation: O,
  filter: unknown,
  options: unknown,
  context: PlanContext,
): FindPlan<O> {
  const { policy, view, site } = context;
  const { projection, sort, trusted, passed } = parseOptions(operation, options, site);
  const shape = resolveProjection(projection, policy, site);
  return issuePlan({
    operation,
    view,
    filter: authoriseFilter(filter, trusted, context),
    projection: emitProjection(shape),
    shape: shape.root,
    options: passed,
    ...(sort === undefined ? {} : { sort: parseSort(sort, policy.sortable, site) }),
  });
}

/** Plans `exists`. */
export function planExists(filter: unknown, options: unknown, context: PlanContext): ExistsPlan {
  return issuePlan({ operation: 'exists', ...filtered('exists', filter, options, context) });
}

/** Plans `countDocuments`. */
export function planCount(filter: unknown, options: unknown, context: PlanContext): CountPlan {
  return issuePlan({ operation: 'countDocuments', ...filtered('countDocuments', filter, options, context) });
}

/** Plans `estimatedDocumentCount`. */
export function planEstimate(options: unknown, { view, site }: PlanContext): EstimatePlan {
  const { passed } = parseOptions('estimatedDocumentCount', options, site);
  return issuePlan({ operation: 'estimatedDocumentCount', view, options: passed });
}

/** Plans `distinct`. Its key is its projection: it has to be one public leaf. */
export function planDistinct(key: unknown, filter: unknown, options: unknown, context: PlanContext): DistinctPlan {
  const { policy, site } = context;
  if (typeof key !== 'string') return site.refuse('argument', 'distinct() takes the path of a public leaf.');
  const [leaf, ...others] = resolveProjection([key], policy, site).leaves();
  if (leaf === undefined || others.length > 0 || leaf.path !== key) {
    return site.refuse('projection_path', 'distinct() takes the path of one public leaf, not of a branch.', key);
  }
  return issuePlan({ operation: 'distinct', leaf, ...filtered('distinct', filter, options, context) });
}

function filtered(method: MethodName, filter: unknown, options: unknown, context: PlanContext) {
  const { trusted, passed } = parseOptions(method, options, context.site);
  return { view: context.view, filter: authoriseFilter(filter, trusted, context), options: passed };
}

/** The caller's filter, and with it the program's own: both have to hold. */
function authoriseFilter(filter: unknown, trusted: unknown, { policy, site }: PlanContext): Emitted {
  const asked = parseFilter(filter, callerRules(policy), site);
  return trusted === undefined ? asked : emit('$and', [asked, trustedFilter(trusted, site)]);
}

/** The program's own filter, from what was given as `options.trusted`. */
export function trustedFilter(trusted: unknown, site: Site): Emitted {
  const payload = payloadIn(trusted);
  if (payload === undefined) return site.refuse('trusted_forged', '`options.trusted` takes what trusted() made, and nothing else.', 'trusted');
  return parseFilter(payload['filter'], TRUSTED_RULES, site);
}
