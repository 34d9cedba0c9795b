import { openCursor, openJson } from '../driver/execute.ts';
import type { Target } from '../driver/target.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { AggregatePlan, FindPlan } from '../plan/plan.ts';
import { DocumentReader } from './document-reader.ts';

/** The reader for a cursor's plan, which is asked for when the cursor is opened. */
export function readerOf<T>(
  target: Target,
  planNow: () => FindPlan | AggregatePlan,
  call: CallContext,
): DocumentReader<T> {
  return new DocumentReader<T>(
    call,
    () => openCursor(target, planNow()),
    (json) => openJson(target, planNow(), json),
  );
}
