import type { ClientSession, Collection } from 'mongodb';

import type { Plan } from '../plan/plan.ts';
import type { OpenTransaction } from './open-transaction.ts';
import { SendSignal } from './send-signal.ts';

/** Where a driver's error arose, for a log. */
export interface DriverErrorContext {
  readonly operation: string;
  readonly view: string | undefined;
}

/** Is shown the driver's own error, which carries values: for the log, never for a caller. */
export type OnDriverError = (error: unknown, context: DriverErrorContext) => void | Promise<void>;

/** What a plan is sent to. It stays behind the collection that holds it. */
export interface Target {
  readonly collection: Collection;
  readonly onDriverError: OnDriverError | undefined;
  /** Is told of each plan before it is sent, and stops it by throwing: for trusted code. */
  readonly onRead: ((plan: Plan) => Promise<void>) | undefined;
  /** The transaction that the collection is bound to, and its session. */
  readonly transaction: OpenTransaction | undefined;
  readonly session: ClientSession | undefined;
}

/** The target of one call. */
export interface CallTarget extends Target {
  /** What the driver gets as the signal of each of its operations. */
  readonly signal: SendSignal;
}

/** The target of a call that has one answer. */
export function callTarget(target: Target, plan: Plan): CallTarget {
  return { ...target, signal: new SendSignal(plan, plan.options['signal']) };
}

/** The target of a cursor, which follows the caller's signal itself: the driver would leave the cursor open on the server. */
export function cursorTarget(target: Target, plan: Plan): CallTarget {
  return { ...target, signal: new SendSignal(plan, undefined) };
}
