import { MongoServerError, type ChangeStream, type Document } from 'mongodb';

import { isAbortSignal, onAbort } from '../input/abort-signal.ts';
import type { WatchPlan } from '../plan/plan.ts';
import { callError } from './call-error.ts';
import { driverOptions } from './driver-options.ts';
import { assertPrototypeIsClean, assertPrototypeStayedClean } from './prototype-guard.ts';
import { codeIn } from './server-codes.ts';
import type { SendSignal } from './send-signal.ts';
import type { CallTarget } from './target.ts';

/** A change as the stages make it. `lost` if the server no longer has what came before. */
export type Change = Readonly<Document> | 'lost' | null;

/** The server can't go on where a stream was: its log no longer goes back so far, or the token is of another collection. */
const CANNOT_RESUME: ReadonlySet<unknown> = new Set([136, 260, 280, 286]);

/** The filter compares byte by byte, as scopes do. */
const IMAGES = Object.freeze({
  fullDocument: 'whenAvailable',
  fullDocumentBeforeChange: 'whenAvailable',
  collation: Object.freeze({ locale: 'simple' }),
});

/** The driver's change stream of a plan. It reconnects as the driver does. Only `openWatch()` makes one. */
export class ChangeSource {
  readonly #target: CallTarget;
  readonly #plan: WatchPlan;
  #stream: ChangeStream;
  #ahead: Promise<Document | null> | undefined;
  #isClosed = false;
  #abort: { readonly reason: unknown } | undefined;
  #unfollow: () => void = () => undefined;
  #onEnd: () => void = () => undefined;
  readonly #ended = new Promise<null>((resolve) => {
    this.#onEnd = () => resolve(null);
  });

  constructor(target: CallTarget, plan: WatchPlan, resumeAfter: Document | undefined) {
    this.#target = target;
    this.#plan = plan;
    this.#stream = this.#start(resumeAfter);
    const { signal } = plan.options;
    if (!isAbortSignal(signal)) return;
    this.#unfollow = onAbort(signal, (reason) => {
      this.#abort = { reason };
      void this.#closeQuietly();
    });
  }

  /** The token of the place where the stream is. */
  get token(): unknown {
    return this.#stream.resumeToken;
  }

  /** Resolves when the server has begun the stream: it has every change from now on. Returns `lost` if it can't go on at the token. */
  async open(): Promise<'lost' | undefined> {
    try {
      await this.#opened();
      return undefined;
    } catch (error) {
      return await this.#recover(error);
    }
  }

  /** The next change; `null` at the end. */
  async next(): Promise<Change> {
    try {
      const change = await Promise.race([this.#take(), this.#ended]);
      this.#throwIfAborted();
      if (this.#isClosed) return null;
      assertPrototypeStayedClean(this.#plan);
      return change;
    } catch (error) {
      return await this.#recover(error);
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unfollow();
    this.#onEnd();
    await this.#stream.close();
  }

  #start(resumeAfter: Document | undefined): ChangeStream {
    const { collection, signal } = this.#target;
    const options = driverOptions(this.#target, this.#plan, IMAGES);
    // The driver would send it to the server as an option of the stage.
    delete options['signal'];
    if (resumeAfter !== undefined) options['resumeAfter'] = resumeAfter;
    const stream = collection.watch([...this.#plan.stages], options);
    lookAtEachBatch(stream, signal);
    return stream;
  }

  /** The driver opens its stream with the first read. It tells its first token if that read has to wait. */
  async #opened(): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      this.#stream.once('resumeTokenChanged', () => resolve());
    });
    const first = this.#ask();
    this.#ahead = first;
    first.catch(() => undefined);
    await Promise.race([begun, first, this.#ended]);
    this.#throwIfAborted();
  }

  #take(): Promise<Document | null> {
    const ahead = this.#ahead ?? this.#ask();
    this.#ahead = undefined;
    ahead.catch(() => undefined);
    return ahead;
  }

  async #ask(): Promise<Document | null> {
    assertPrototypeIsClean(this.#plan);
    lookAtEachBatch(this.#stream, this.#target.signal);
    return this.#isClosed ? null : await this.#stream.next();
  }

  /** Begins anew if the server can't go on; any other error ends the stream. */
  async #recover(error: unknown): Promise<'lost'> {
    this.#throwIfAborted();
    const isLost = error instanceof MongoServerError && CANNOT_RESUME.has(codeIn(error));
    if (!isLost || this.#isClosed) {
      await this.#closeQuietly();
      throw callError(error, this.#target, this.#plan);
    }
    await this.#stream.close();
    this.#stream = this.#start(undefined);
    try {
      await this.#opened();
      return 'lost';
    } catch (second) {
      await this.#closeQuietly();
      throw callError(second, this.#target, this.#plan);
    }
  }

  #throwIfAborted(): void {
    if (this.#abort !== undefined) throw this.#abort.reason;
  }

  async #closeQuietly(): Promise<void> {
    try {
      await this.close();
    } catch {
      // The reader gets the error that ended the stream.
    }
  }
}

/** Private fields of a driver's change stream (drivers 6.22 to 7.9). */
interface StreamInternals {
  readonly cursor?: { readonly cursorOptions?: { signal?: SendSignal } };
}

/** Adds the signal to the commands of a stream, so that the prototypes are checked right before each is written. */
function lookAtEachBatch(stream: ChangeStream, signal: SendSignal): void {
  const options = (stream as unknown as StreamInternals).cursor?.cursorOptions;
  if (options !== undefined) options.signal = signal;
}
