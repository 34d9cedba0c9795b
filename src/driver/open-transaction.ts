import type { ClientSession } from 'mongodb';

/** A resource that has to be closed with the transaction, such as a cursor. */
export interface Held {
  close(): Promise<void>;
}

/**
 * One run of the work of a transaction. Two commands of a session at the same time break the transaction, so calls are queued. After
 * the work has returned, a run accepts no calls: the driver would send them outside the transaction, or in the next run.
 */
export class OpenTransaction {
  readonly session: ClientSession;
  readonly #held = new Set<Held>();
  #last: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #isOpen = true;
  #isRefusing = false;

  constructor(session: ClientSession) {
    this.session = session;
  }

  /** Whether the work may make calls. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a queued call may still be sent. */
  get takesCalls(): boolean {
    return !this.#isRefusing;
  }

  /** The first error of the driver or the server. The server has ended the transaction with it. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Runs a call after all earlier calls, whether they succeed or fail. */
  inTurn<T>(call: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(call);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  hold(held: Held): void {
    this.#held.add(held);
  }

  release(held: Held): void {
    this.#held.delete(held);
  }

  /** Called when the work has returned: waits for its calls before the commit, and accepts no others. */
  async finish(): Promise<void> {
    this.#isOpen = false;
    await this.#drain();
    await this.#closeHeld();
    this.#isRefusing = true;
  }

  /** Called if the work failed: refuses calls that were not sent yet, and waits for running ones before the rollback. */
  async cancel(): Promise<void> {
    this.#isOpen = false;
    this.#isRefusing = true;
    await this.#drain();
    await this.#closeHeld();
  }

  async #drain(): Promise<void> {
    for (let last; last !== this.#last;) {
      last = this.#last;
      await last;
    }
  }

  async #closeHeld(): Promise<void> {
    for (const held of this.#held) await held.close().catch(() => undefined);
    this.#held.clear();
  }
}
