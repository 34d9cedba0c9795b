import { onAbort } from '../input/abort-signal.ts';
import type { SendSignal } from './send-signal.ts';

/**
 * How long an answer is waited for after an abort, which keeps no caller waiting. A cursor can be closed only after the answer has told
 * its id.
 */
const PATIENCE_MS = 1000;

/**
 * The commands of one cursor, one at a time, and the caller's signal. The driver does not get that signal: it would end its session
 * while it closes the cursor, so that the server keeps it, and it would close the connection, so that the id of a cursor is lost whose
 * answer is on its way.
 */
export class Flight {
  readonly #signal: AbortSignal | undefined;
  readonly #breaker: SendSignal;
  #command: Promise<unknown> | undefined;
  #interrupt: ((reason: unknown) => void) | undefined;
  #unfollow: (() => void) | undefined;

  /** @param breaker - the driver's signal, which breaks the connection of what takes too long to answer. */
  constructor(signal: AbortSignal | undefined, breaker: SendSignal) {
    this.#signal = signal;
    this.#breaker = breaker;
  }

  /** Calls back once the signal is aborted, between commands too. */
  follow(aborted: (reason: unknown) => void): void {
    const signal = this.#signal;
    if (signal === undefined || this.#unfollow !== undefined) return;
    this.#unfollow = onAbort(signal, (reason) => {
      aborted(reason);
      this.#interrupt?.(reason);
    });
  }

  unfollow(): void {
    this.#unfollow?.();
  }

  /** Waits for a command. After an abort it rejects at once, and the command goes on until it is `landed()`. */
  run<T>(command: Promise<T>): Promise<T> {
    this.#command = command;
    if (this.#signal === undefined) return command;
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      command.then(resolve, reject);
    });
  }

  /** Waits until no command is under way. One that takes long is broken off where the caller gave a signal. */
  async landed(): Promise<void> {
    const command = this.#command;
    if (command === undefined) return;
    const timer =
      this.#signal &&
      setTimeout(() => this.#breaker.abort(new DOMException('The cursor was closed.', 'AbortError')), PATIENCE_MS);
    await command.catch(() => undefined);
    clearTimeout(timer);
  }
}
