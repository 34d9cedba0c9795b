import { RefusedCallError } from '../errors/refused-call-error.ts';
import { assertIssued, type Plan } from '../plan/plan.ts';
import { assertPrototypeIsClean } from './prototype-guard.ts';
import type { Target } from './target.ts';

/** The last look at a plan before it is sent. */
export function admit({ session }: Target, plan: Plan): void {
  assertIssued(plan);
  assertPrototypeIsClean(plan);
  if (session === undefined || plan.options['session'] === undefined) return;
  const { operation, view } = plan;
  throw new RefusedCallError(
    'option_value',
    'This collection is bound to a transaction, so its calls take no session of their own.',
    { operation, view, path: 'session' },
  );
}
