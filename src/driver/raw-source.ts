import type { AggregationCursor, FindCursor } from 'mongodb';

import { isAbortSignal, throwIfAborted } from '../input/abort-signal.ts';
import { append } from '../input/append.ts';
import type { AggregatePlan, FindPlan, PagePlan } from '../plan/plan.ts';
import { refuseOver } from './assert-may-send.ts';
import { callError, shownError } from './call-error.ts';
import type { RawBatch } from '../results/bson/raw-batch.ts';
import { asBuffer, type ResultReader } from '../results/result-reader.ts';
import { SlicedBatch } from '../results/bson/sliced-batch.ts';
import { WholeBatch } from '../results/bson/whole-batch.ts';
import { DecodedAhead } from './decoded-ahead.ts';
import type { DocumentSource } from './document-source.ts';
import { Flight } from './flight.ts';
import { inTurn } from './in-turn.ts';
import { assertPrototypeIsClean, assertPrototypeStayedClean } from './prototype-guard.ts';
import type { SendSignal } from './send-signal.ts';
import type { CallTarget } from './target.ts';

/** A batch size that asks for as many documents as possible. The server limits a batch to 16 MB. */
const ALL_THAT_FIT = 2 ** 31 - 1;

/** A plan that is read with a cursor. */
export type CursorPlan = FindPlan | PagePlan | AggregatePlan;

/** The documents of a driver's cursor with raw documents, which are decoded when they are taken. */
export class RawSource<T extends object | true> implements DocumentSource<T> {
  readonly #cursor: FindCursor | AggregationCursor;
  readonly #target: CallTarget;
  readonly #plan: CursorPlan;
  readonly #reader: ResultReader<T>;
  readonly #signal: AbortSignal | undefined;
  readonly #flight: Flight;
  #batch: RawBatch | undefined;
  /** Documents with opaque ids, which are sealed together. */
  readonly #ahead = new DecodedAhead<T>();
  #fetching: Promise<boolean> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isRead = false;
  #isLast = false;
  #isClosed = false;
  #isAborted = false;
  #closing: Promise<void> | undefined;

  constructor(cursor: FindCursor | AggregationCursor, target: CallTarget, plan: CursorPlan, reader: ResultReader<T>) {
    this.#cursor = cursor;
    this.#target = target;
    this.#plan = plan;
    this.#reader = reader;
    const { signal } = plan.options;
    this.#signal = isAbortSignal(signal) ? signal : undefined;
    this.#flight = new Flight(this.#signal, target.signal);
    lookAtEachBatch(cursor, target.signal);
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  take(): T | undefined {
    if (this.#reader.finish !== undefined) return this.#takeAhead();
    const batch = this.#batch;
    if (batch === undefined) return undefined;
    try {
      throwIfAborted(this.#signal);
      if (batch.advance()) return this.#reader.prepare().read(batch.bytes, batch.start, batch.end);
    } catch (error) {
      this.#failure = { error };
    }
    this.#batch = undefined;
    return undefined;
  }

  /** A call during another one waits for that one, because a driver's cursor loses a batch if two reads run at once. */
  fetch(): Promise<boolean> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async rest(): Promise<T[]> {
    const { batchSize, limit } = this.#plan.options;
    if (!this.#isRead && batchSize === undefined && limit === undefined) this.#cursor.batchSize(ALL_THAT_FIT);
    const documents: T[] = [];
    do this.#drain(documents);
    while (await this.fetch());
    return documents;
  }

  async close(): Promise<void> {
    if (this.#isRead && !this.#isLast) assertPrototypeIsClean(this.#plan);
    this.#batch = undefined;
    this.#ahead.clear();
    this.#isClosed = true;
    this.#closing ??= this.#closeOnce();
    await this.#closing;
  }

  /**
   * Closes the driver's cursor, once and while no command is running. A second close would end the session of the first, and a close
   * during a command has no cursor id. Both would leave the cursor open on the server.
   */
  async #closeOnce(): Promise<void> {
    const { transaction } = this.#target;
    try {
      await this.#flight.landed();
      await (transaction === undefined ? this.#cursor.close() : transaction.inTurn(() => this.#cursor.close()));
    } catch (error) {
      throw shownError(error, this.#target, this.#plan);
    } finally {
      this.#end();
    }
  }

  #drain(documents: T[]): void {
    const batch = this.#batch;
    if (batch === undefined && this.#ahead.isEmpty) return;
    this.#batch = undefined;
    try {
      throwIfAborted(this.#signal);
      while (!this.#ahead.isEmpty) append(documents, this.#ahead.take() as T);
      if (batch === undefined) return;
      const reader = this.#reader.prepare();
      while (batch.advance()) append(documents, reader.read(batch.bytes, batch.start, batch.end));
      reader.finish?.();
    } catch (error) {
      this.#failure = { error };
    }
  }

  #takeAhead(): T | undefined {
    const batch = this.#batch;
    try {
      throwIfAborted(this.#signal);
      if (this.#ahead.isEmpty && batch !== undefined && !this.#ahead.decode(batch, this.#reader))
        this.#batch = undefined;
      return this.#ahead.take();
    } catch (error) {
      this.#failure = { error };
      this.#batch = undefined;
      return undefined;
    }
  }

  async #fetch(): Promise<boolean> {
    if (this.#batch !== undefined || !this.#ahead.isEmpty) return true;
    if (this.#failure === undefined) this.#assertMayRead();
    try {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#isLast) return false;
      if (this.#isClosed) return false;
      throwIfAborted(this.#signal);
      this.#begin();
      const first: unknown = await this.#flight.run(this.#next());
      if (first === null) throwIfAborted(this.#signal);
      if (this.#isClosed) return false;
      if (first !== null) this.#batch = this.#batchFrom(asBuffer(first));
      this.#isLast = first === null || isExhausted(this.#cursor);
      if (this.#isLast) this.#end();
      return first !== null;
    } catch (error) {
      if (this.#isClosed && this.#failure === undefined) return false;
      return await this.#failed(error);
    }
  }

  #assertMayRead(): void {
    assertPrototypeIsClean(this.#plan);
    if (this.#target.transaction?.isOpen === false && !this.#isLast) refuseOver(this.#plan);
  }

  /** Closes the cursor after a failure; later reads get the same error. After an abort, nothing waits for the close. */
  async #failed(error: unknown): Promise<never> {
    const mapped = shownError(error, this.#target, this.#plan);
    this.#failure = { error: mapped };
    const closed = this.#closeQuietly();
    if (!this.#isAborted) await closed;
    throw mapped;
  }

  /** Asks the driver for the next document; in a transaction, after the calls that were made before. */
  #next(): Promise<unknown> {
    if (this.#target.transaction === undefined) return this.#ask();
    return inTurn(this.#target, this.#plan, async () => (this.#isClosed ? null : await this.#ask()));
  }

  async #ask(): Promise<unknown> {
    try {
      const document: unknown = await this.#cursor.next();
      assertPrototypeStayedClean(this.#plan);
      return document;
    } catch (error) {
      throw callError(error, this.#target, this.#plan);
    }
  }

  /** From now on the server may have a cursor, which an abort and the end of the transaction have to close. */
  #begin(): void {
    this.#isRead = true;
    this.#target.transaction?.hold(this);
    this.#flight.follow((reason) => {
      this.#isAborted = true;
      this.#failure ??= { error: reason };
      void this.#closeQuietly();
    });
  }

  async #closeQuietly(): Promise<void> {
    try {
      await this.close();
    } catch {
      // The reader gets the error that made the cursor close.
    }
  }

  #end(): void {
    this.#target.transaction?.release(this);
    this.#flight.unfollow();
  }

  #batchFrom(first: Buffer): RawBatch {
    const cursor = this.#cursor;
    const others = cursor.bufferedCount();
    if (others === 0 || !isExhausted(cursor)) return new SlicedBatch([first], cursor);
    const second = asBuffer(cursor.readBufferedDocuments(1)[0]);
    return WholeBatch.from(first, second, others - 1) ?? new SlicedBatch([first, second], cursor);
  }
}

/** Private fields of a driver's cursor (drivers 6.22 to 7.9). */
interface CursorInternals {
  readonly cursorOptions?: { signal?: SendSignal };
  isKilled: boolean;
}

/**
 * Adds the signal to the commands for the next batches: the driver passes it only to the first command. The command that closes the
 * cursor on the server has no signal; while a prototype is polluted, it is not sent, and the server closes the cursor later.
 */
function lookAtEachBatch(cursor: object, signal: SendSignal): void {
  const internals = cursor as CursorInternals;
  if (internals.cursorOptions !== undefined) internals.cursorOptions.signal = signal;
  signal.onPollution(() => {
    internals.isKilled = true;
  });
}

/** Whether the server has sent all documents, so that the remaining ones are in the driver's buffer. */
function isExhausted(cursor: FindCursor | AggregationCursor): boolean {
  return cursor.id?.isZero() === true;
}
