/**
 * The caller's signal, asked by the platform's own methods: what was put on the signal itself does not run.
 */
const { get: isAbortedOf } = Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted') as { get(this: AbortSignal): boolean };
const { get: reasonOf } = Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'reason') as { get(this: AbortSignal): unknown };
const { addEventListener, removeEventListener } = EventTarget.prototype;

/** Ends a read with the reason of its signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal !== undefined && isAbortedOf.call(signal)) throw abortReason(signal);
}

export function abortReason(signal: AbortSignal): unknown {
  return reasonOf.call(signal);
}

/** Listens for the abort of a signal, until the function that comes back is called. */
export function whenAborted(signal: AbortSignal, listener: () => void): () => void {
  addEventListener.call(signal, 'abort', listener, { once: true });
  return () => {
    removeEventListener.call(signal, 'abort', listener);
  };
}
