import type { ClientSession } from 'mongodb';

/** Something that the server keeps for a transaction, such as a cursor. */
export interface Held {
  close(): Promise<void>;
}

/**
 * One run of the work of a transaction. The driver sends one command of a session at a time or breaks the transaction, so each call
 * waits for its turn. A run that the work is done with takes no calls any more: the driver would send them outside of the transaction,
 * or in the next run.
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

  /** Whether a call that was made in time may still be sent. */
  get takesCalls(): boolean {
    return !this.#isRefusing;
  }

  /** The first error that the driver or the server gave. The server has ended the transaction with it. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Runs a call after all that came before it, whether they succeed or fail. */
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

  /** The work returned: the calls that it made are done before the commit, and it makes no others. */
  async finish(): Promise<void> {
    this.#isOpen = false;
    await this.#drain();
    await this.#closeHeld();
    this.#isRefusing = true;
  }

  /** The work failed: what was not sent yet is refused, and what is under way ends before the transaction is rolled back. */
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
