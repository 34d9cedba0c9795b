import { isAbortSignal, onAbort } from '../input/abort-signal.ts';
import type { Plan } from '../plan/plan.ts';
import { pollutionDuring } from './prototype-guard.ts';

type Listener = (this: SendSignal, event: object) => void;

/**
 * The signal that the driver gets with each operation, instead of the caller's. It does two things.
 *
 * It follows the caller's signal if there is one, so that no method of the caller's signal runs inside the driver.
 *
 * It checks the prototypes right before a command is written: the driver calls `throwIfAborted()` of its signal, and then builds the
 * message and serializes it to BSON in the same tick (drivers 6.22 to 7.9, `Connection.sendCommand`). Only listeners of command
 * monitoring run in between. The command itself is built in the same tick too (`Server.command`).
 *
 * It is not an `AbortSignal`: the driver uses only the five members below, and a real one takes longer to create than all the rest.
 */
export class SendSignal {
  aborted = false;
  reason: unknown = undefined;
  readonly #plan: Plan;
  /** `undefined` if the caller gave no signal: then nothing aborts this one, and a list that is never read would only take time. */
  readonly #listeners: Set<Listener> | undefined;
  readonly #unfollow: (() => void) | undefined;
  #whenPolluted: (() => void) | undefined;

  /** @param followed - the caller's signal, if its abort has to end the running command in the driver. */
  constructor(plan: Plan, followed: unknown) {
    this.#plan = plan;
    this.#listeners = plan.options['signal'] === undefined ? undefined : new Set();
    if (isAbortSignal(followed)) this.#unfollow = onAbort(followed, (reason) => this.abort(reason));
  }

  /**
   * A reply may be pending when this throws. The thrown error is then the signal's reason, which tells the driver to close the
   * connection.
   */
  throwIfAborted(): void {
    if (!this.aborted) this.#end(pollutionDuring(this.#plan));
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: string, listener: Listener): void {
    this.#listeners?.add(listener);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.#listeners?.delete(listener);
  }

  /** Calls `callback` if the check of the prototypes ends the call. */
  onPollution(callback: () => void): void {
    this.#whenPolluted = callback;
  }

  /** Stops following the caller's signal. */
  release(): void {
    this.#unfollow?.();
  }

  #end(error: Error | undefined): void {
    if (error === undefined) return;
    this.aborted = true;
    this.reason = error;
    this.#whenPolluted?.();
  }

  /** Makes the driver end the running command and close its connection. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    // A listener may remove itself or another one.
    const listeners = Array.from(this.#listeners ?? []);
    for (const listener of listeners) listener.call(this, { type: 'abort' });
  }
}
