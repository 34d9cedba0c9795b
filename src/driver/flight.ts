import { onAbort } from '../input/abort-signal.ts';
import type { SendSignal } from './send-signal.ts';

/**
 * How long to wait for an answer after an abort. The caller does not wait. A cursor can be closed only when the answer with its id has
 * arrived.
 */
const PATIENCE_MS = 1000;

/**
 * The commands of one cursor, one at a time, and the caller's signal. The driver does not get that signal, because after an abort it
 * would leave cursors open on the server: it ends its session while it closes the cursor, and it closes the connection, which loses the
 * cursor's id if the answer has not arrived.
 */
export class Flight {
  readonly #signal: AbortSignal | undefined;
  readonly #breaker: SendSignal;
  #command: Promise<unknown> | undefined;
  #interrupt: ((reason: unknown) => void) | undefined;
  #unfollow: (() => void) | undefined;

  /** @param breaker - the driver's signal, used to close the connection of a command that takes too long. */
  constructor(signal: AbortSignal | undefined, breaker: SendSignal) {
    this.#signal = signal;
    this.#breaker = breaker;
  }

  /** Calls `aborted` when the signal is aborted, also between commands. */
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

  /** Waits for a command. After an abort it rejects at once, and `landed()` waits for the command itself. */
  run<T>(command: Promise<T>): Promise<T> {
    this.#command = command;
    if (this.#signal === undefined) return command;
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      command.then(resolve, reject);
    });
  }

  /** Waits until no command is running. If the caller gave a signal, a slow command is broken off. */
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
