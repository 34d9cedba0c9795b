import type { ClientSession, Collection } from 'mongodb';

import type { Plan } from '../plan/plan.ts';
import type { OpenTransaction } from './open-transaction.ts';

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
  readonly announce: ((plan: Plan) => Promise<void>) | undefined;
  /** The transaction that the collection is bound to, and its session. */
  readonly transaction: OpenTransaction | undefined;
  readonly session: ClientSession | undefined;
}
