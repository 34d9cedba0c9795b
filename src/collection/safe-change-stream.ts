import type { ChangeSource } from '../driver/change-source.ts';
import type { OpenedWatch } from '../driver/open-watch.ts';
import { driftAt } from '../errors/drift.ts';
import type { WatchPlan } from '../plan/plan.ts';
import { expose } from '../results/expose.ts';
import type { IdSealer } from '../seal/id-sealer.ts';
import { markExposed } from '../results/exposed-results.ts';
import { withRegExps } from '../results/with-reg-exps.ts';
import type { ChangeEvent } from '../types/change-event.ts';
import type { ResumeTokens } from './resume-tokens.ts';

const DONE = Object.freeze({ done: true, value: undefined }) as IteratorReturnResult<undefined>;

/**
 * The events of a `watch()`, of exactly the projected shape. The server has begun the stream, so no change is missed between its opening and the
 * first read. It reconnects as the driver's change stream does.
 *
 * @example
 * for await (const event of await orders.watch({ product: 'lamp' }, { projection: ['product', 'quantity'] })) {
 *   if (event.type === 'resync') break;
 *   console.log(event.type, event.document.quantity);
 * }
 */
export class SafeChangeStream<T> implements AsyncIterable<ChangeEvent<T>> {
  readonly #source: ChangeSource;
  readonly #plan: WatchPlan;
  readonly #tokens: ResumeTokens;
  readonly #keepsRegExps: boolean;
  readonly #ids: IdSealer | undefined;
  #isLost: boolean;
  #isClosed = false;
  /** The last read. Reads run one after another, because the driver would mix them up. */
  #reading: Promise<unknown> = Promise.resolve();

  /** Made by `SafeCollection.watch()`. */
  constructor({ source, isLost, keepsRegExps, ids }: OpenedWatch, plan: WatchPlan, tokens: ResumeTokens) {
    this.#source = source;
    this.#plan = plan;
    this.#tokens = tokens;
    this.#isLost = isLost;
    this.#keepsRegExps = keepsRegExps;
    this.#ids = ids;
  }

  /** Whether the stream was closed, or has ended. */
  get closed(): boolean {
    return this.#isClosed;
  }

  /**
   * Waits for the next event.
   *
   * @returns the event, or `null` if the stream was closed, or ended because the collection was dropped or renamed.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares; `DatabaseError` if the stream failed and can't
   *   reconnect; the reason of an aborted signal. Each of them closes the stream.
   */
  async next(): Promise<ChangeEvent<T> | null> {
    const read = this.#reading.then(() => this.#next());
    this.#reading = read.catch(() => undefined);
    return await read;
  }

  /** Closes the stream, also on the server. A pending read ends with `null`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#source.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<ChangeEvent<T>, undefined> {
    return {
      next: async () => {
        const event = await this.next();
        return event === null ? DONE : { done: false, value: event };
      },
      return: async () => {
        await this.close();
        return DONE;
      },
    };
  }

  async #next(): Promise<ChangeEvent<T> | null> {
    if (this.#isClosed) return null;
    if (this.#isLost) {
      this.#isLost = false;
      return this.#resync();
    }
    try {
      const change = await this.#source.next();
      if (change === 'lost') return this.#resync();
      if (change === null || this.#isClosed) return await this.#end();
      if (change['type'] === 'end') return await this.#lastEvent();
      if (change['type'] === 'resync') return this.#resync(change['_id']);
      return this.#event(change);
    } catch (error) {
      this.#isClosed = true;
      await this.#source.close();
      throw error;
    }
  }

  #event(change: Readonly<Record<string, unknown>>): ChangeEvent<T> {
    const { shape, view, operation } = this.#plan;
    const stored = this.#keepsRegExps ? change['document'] : withRegExps(change['document']);
    const document = markExposed(expose(stored as object, shape, driftAt(operation, view), this.#ids), shape);
    return Object.freeze({
      type: change['type'] as 'enter',
      document: document as T,
      token: this.#tokens.seal(change['_id']),
    });
  }

  #resync(token: unknown = this.#source.token): ChangeEvent<T> {
    return Object.freeze({ type: 'resync', token: this.#tokens.seal(token) });
  }

  /** After the collection is gone, no token continues. */
  async #lastEvent(): Promise<ChangeEvent<T>> {
    await this.#end();
    return Object.freeze({ type: 'resync', token: undefined });
  }

  async #end(): Promise<null> {
    this.#isClosed = true;
    await this.#source.close();
    return null;
  }
}
