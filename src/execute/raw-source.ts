import type { AggregationCursor, FindCursor } from 'mongodb';

import { append } from '../inert/append.ts';
import type { AggregatePlan, FindPlan } from '../plan/plan.ts';
import type { RawBatch } from './decode/raw-batch.ts';
import { asBuffer, resultReader, type ResultReader } from './decode/result-reader.ts';
import { SlicedBatch } from './decode/sliced-batch.ts';
import { WholeBatch } from './decode/whole-batch.ts';
import type { DocumentSource } from './document-source.ts';
import { callError } from './call-error.ts';
import { assertPrototypeIsClean, assertPrototypeStayedClean } from './prototype-guard.ts';
import type { SendSignal } from './send-signal.ts';
import type { CallTarget } from './target.ts';

/** More documents than fit in a reply: "as many as you can give". A server cuts a batch at 16 MB. */
const ALL_THAT_FIT = 2 ** 31 - 1;

/** The documents of a driver's cursor that gives raw ones, decoded when they are taken. */
export class RawSource implements DocumentSource {
  readonly #cursor: FindCursor | AggregationCursor;
  readonly #target: CallTarget;
  readonly #plan: FindPlan | AggregatePlan;
  readonly #reader: ResultReader;
  #batch: RawBatch | undefined;
  #fetching: Promise<boolean> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isRead = false;
  #isLast = false;
  #isClosed = false;

  constructor(cursor: FindCursor | AggregationCursor, target: CallTarget, plan: FindPlan | AggregatePlan) {
    this.#cursor = cursor;
    this.#target = target;
    this.#plan = plan;
    this.#reader = resultReader(target, plan);
    lookAtEachBatch(cursor, target.signal);
  }

  take(): object | undefined {
    const batch = this.#batch;
    if (batch === undefined) return undefined;
    try {
      this.#assertNotAborted();
      if (batch.advance()) return this.#reader.prepare().read(batch.bytes, batch.start, batch.end);
    } catch (error) {
      this.#failure = { error };
    }
    this.#batch = undefined;
    return undefined;
  }

  /** Calls that come while one is under way wait for that one: of two reads at once a driver's cursor loses one batch. */
  fetch(): Promise<boolean> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async rest(): Promise<object[]> {
    const { batchSize, limit } = this.#plan.options;
    if (!this.#isRead && batchSize === undefined && limit === undefined) this.#cursor.batchSize(ALL_THAT_FIT);
    const documents: object[] = [];
    do this.#drain(documents);
    while (await this.fetch());
    return documents;
  }

  async close(): Promise<void> {
    if (this.#isRead && !this.#isLast) assertPrototypeIsClean(this.#plan);
    this.#batch = undefined;
    this.#isClosed = true;
    this.#target.signal.release();
    try {
      await this.#cursor.close();
    } catch (error) {
      throw callError(error, this.#target, this.#plan);
    }
  }

  #drain(documents: object[]): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    try {
      this.#assertNotAborted();
      const reader = this.#reader.prepare();
      while (batch.advance()) append(documents, reader.read(batch.bytes, batch.start, batch.end));
    } catch (error) {
      this.#failure = { error };
    }
  }

  async #fetch(): Promise<boolean> {
    if (this.#batch !== undefined) return true;
    if (this.#failure === undefined) assertPrototypeIsClean(this.#plan);
    try {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#isLast || this.#isClosed) return this.#end();
      this.#isRead = true;
      const first: unknown = await this.#cursor.next();
      assertPrototypeStayedClean(this.#plan);
      if (first === null) this.#assertNotAborted();
      if (first === null || this.#isClosed) return this.#end();
      this.#batch = this.#batchFrom(asBuffer(first));
      this.#isLast = isExhausted(this.#cursor);
      return true;
    } catch (error) {
      if (this.#isClosed && this.#failure === undefined) return false;
      await this.close().catch(() => undefined);
      const mapped = callError(error, this.#target, this.#plan);
      this.#failure = { error: mapped };
      throw mapped;
    }
  }

  /** Nothing is left to be aborted. */
  #end(): false {
    this.#target.signal.release();
    return false;
  }

  #assertNotAborted(): void {
    const { aborted, reason } = this.#target.signal;
    if (aborted) throw reason;
  }

  #batchFrom(first: Buffer): RawBatch {
    const cursor = this.#cursor;
    const others = cursor.bufferedCount();
    if (others === 0 || !isExhausted(cursor)) return new SlicedBatch([first], cursor);
    const second = asBuffer(cursor.readBufferedDocuments(1)[0]);
    return WholeBatch.from(first, second, others - 1) ?? new SlicedBatch([first, second], cursor);
  }
}

/** What a driver's cursor has inside (drivers 7.0 to 7.9). */
interface CursorInternals {
  readonly cursorOptions?: { signal?: SendSignal };
  isKilled: boolean;
}

/**
 * The driver sends the command for the next batch with these options; it gives its own signal to the first command alone. It would end
 * the cursor on the server by another command, which has no signal: while a prototype is polluted that is left to the server.
 */
function lookAtEachBatch(cursor: object, signal: SendSignal): void {
  const internals = cursor as CursorInternals;
  if (internals.cursorOptions !== undefined) internals.cursorOptions.signal = signal;
  signal.onPollution(() => {
    internals.isKilled = true;
  });
}

/** Whether the server has given all: what the driver still holds of it need not be taken from there. */
function isExhausted(cursor: FindCursor | AggregationCursor): boolean {
  return cursor.id?.isZero() === true;
}
