import type { ClientSession, Collection } from 'mongodb';

import type { Plan } from '../plan/plan.ts';
import type { IdSealer } from '../seal/id-sealer.ts';
import type { OpenTransaction } from './open-transaction.ts';
import { SendSignal } from './send-signal.ts';

/** Where a driver's error occurred, for the log. */
export interface DriverErrorContext {
  readonly operation: string;
  readonly view: string | undefined;
}

/** Called with the driver's own error, which may contain values: for the log, never for a caller. */
export type OnDriverError = (error: unknown, context: DriverErrorContext) => void | Promise<void>;

/** A command that goes to all shards. It has no values. */
export interface Broadcast {
  readonly operation: string;
  readonly view: string;
  /** The paths of the shard key. */
  readonly shardKey: readonly string[];
}

/** Called when a command is sent to all shards. */
export type OnBroadcast = (broadcast: Broadcast) => void | Promise<void>;

/** What a plan is sent to. It is private to the collection. */
export interface Target {
  readonly collection: Collection;
  readonly onDriverError: OnDriverError | undefined;
  readonly onBroadcast: OnBroadcast | undefined;
  /** Called before each plan is sent; if it throws, the plan is not sent. For trusted code. */
  readonly onRead: ((plan: Plan) => Promise<void>) | undefined;
  /** The transaction of a bound collection, with its session. */
  readonly transaction: OpenTransaction | undefined;
  readonly session: ClientSession | undefined;
  /** Seals and opens opaque ids, if the collection has keys. */
  readonly ids: IdSealer | undefined;
}

/** The target of one call. */
export interface CallTarget extends Target {
  /** The signal for the driver's operations. */
  readonly signal: SendSignal;
}

/** The target of a call with a single answer. */
export function callTarget(target: Target, plan: Plan): CallTarget {
  return withSignal(target, new SendSignal(plan, plan.options['signal']));
}

/** The target of a cursor. The cursor itself follows the caller's signal, because the driver would leave it open on the server. */
export function cursorTarget(target: Target, plan: Plan): CallTarget {
  return withSignal(target, new SendSignal(plan, undefined));
}

/** Field by field, because a spread takes longer. */
function withSignal(
  { collection, onDriverError, onBroadcast, onRead, transaction, session, ids }: Target,
  signal: SendSignal,
): CallTarget {
  return { collection, onDriverError, onBroadcast, onRead, transaction, session, ids, signal };
}
