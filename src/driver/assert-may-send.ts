import type { ErrorCode } from '../errors/error-codes.ts';
import { RefusedCallError } from '../errors/refused-call-error.ts';
import { assertIssued, type Plan } from '../plan/plan.ts';
import { assertPrototypeIsClean } from './prototype-guard.ts';
import { hasEnded, isOwnSession } from './session-guard.ts';
import type { Target } from './target.ts';

const NOT_OWN =
  "The option 'session' must be a session started by this collection's client. Start one with client.startSession(), and do not modify it.";
const ENDED = 'The session has ended. Start a new one with client.startSession(), and end it after the last call.';

/** The last checks of a plan before it is sent. */
export function assertMaySend(target: Target, plan: Plan): void {
  assertIssued(plan);
  assertPrototypeIsClean(plan);
  assertSession(target, plan);
  assertAcknowledged(target, plan);
}

function assertSession({ collection, transaction }: Target, plan: Plan): void {
  const { session: given } = plan.options;
  if (transaction === undefined) {
    if (given === undefined || isOwnSession(given, collection)) return;
    if (hasEnded(given)) refuse(plan, ENDED, 'session', 'session_ended');
    refuse(plan, NOT_OWN, 'session');
  }
  if (given !== undefined) {
    refuse(plan, 'This collection is bound to a transaction, so its calls must not name another session.', 'session');
  }
  if (!transaction.takesCalls) refuseOver(plan);
}

/** Throws for a call that was made after its transaction. */
export function refuseOver(plan: Plan): never {
  refuse(
    plan,
    'The transaction that this collection is bound to is over. Await each call inside withTransaction().',
    'session',
  );
}

/** Refuses a write with `w: 0`, which a client or a collection may be set to: an unacknowledged write may have failed. */
function assertAcknowledged({ collection, session }: Target, plan: Plan): void {
  const writes = 'model' in plan || 'models' in plan;
  if (!writes || session !== undefined || plan.options['writeConcern'] !== undefined) return;
  if (collection.writeConcern?.w === 0) {
    refuse(
      plan,
      'The collection uses unacknowledged writes (w: 0), so failures would go unnoticed. Set another write concern.',
      'writeConcern',
    );
  }
}

function refuse({ operation, view }: Plan, message: string, path: string, code: ErrorCode = 'option_value'): never {
  throw new RefusedCallError(code, message, { operation, view, path });
}
