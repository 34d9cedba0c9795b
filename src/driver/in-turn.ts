import type { Plan } from '../plan/plan.ts';
import type { MaybePromise } from '../plan/update/maybe-promise.ts';
import { assertMaySend, refuseOver } from './assert-may-send.ts';
import type { Target } from './target.ts';

/**
 * Checks a plan and sends it: at once or, in a transaction, after the calls that were made before. Its place in the queue is taken
 * before the plan is ready, so a slow validator does not change the order.
 *
 * A failed transaction sends nothing more: the server would answer each command with another, less helpful error.
 */
export async function inTurn<P extends Plan, T>(
  target: Target,
  later: MaybePromise<P>,
  send: (plan: P) => Promise<T>,
): Promise<T> {
  const { transaction } = target;
  if (transaction === undefined) {
    const plan = later instanceof Promise ? await later : later;
    assertMaySend(target, plan);
    return await send(plan);
  }
  const isLate = !transaction.isOpen;
  if (later instanceof Promise) later.catch(() => undefined);
  return await transaction.inTurn(async () => {
    const plan = await later;
    if (isLate) refuseOver(plan);
    assertMaySend(target, plan);
    if (transaction.failure !== undefined) throw transaction.failure.error;
    return await send(plan);
  });
}
