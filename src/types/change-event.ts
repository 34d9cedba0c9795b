/**
 * An event of `watch()`, relative to its filter and its scope.
 *
 * - `enter`: the document matches now, and did not before: it was inserted or changed. `document` is as it is now.
 * - `update`: it matched before and does now, and a projected field changed.
 * - `leave`: it matched before, and does not now: it was deleted or changed. `document` is as it was.
 * - `resync`: changes were missed, because the server no longer has them. Read the documents again.
 */
export type ChangeEvent<T> =
  | {
      readonly type: 'enter' | 'update' | 'leave';
      readonly document: T;
      /** Continues after this event, in the option `resumeAfter`. `undefined` without `sealKeys`. */
      readonly token: string | undefined;
    }
  | { readonly type: 'resync'; readonly token: string | undefined };

/** What the handler of `consume()` gets besides the event. */
export interface ConsumerContext {
  /** Is aborted if another process took over, because this one was silent for too long. */
  readonly signal: AbortSignal;
}
