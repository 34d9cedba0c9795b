/**
 * The caller's signal, asked by the platform's own methods: what was put on the signal itself does not run.
 */
const isAborted = getterOf('aborted');
const reasonOf = getterOf('reason');
const platform = EventTarget.prototype;

function getterOf(name: 'aborted' | 'reason'): (signal: AbortSignal) => unknown {
  const described = Object.getOwnPropertyDescriptor(AbortSignal.prototype, name);
  return (signal) => described?.get?.call(signal);
}

/** Ends a read with the reason of its signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal !== undefined && isAborted(signal) === true) throw abortReason(signal);
}

export function abortReason(signal: AbortSignal): unknown {
  return reasonOf(signal);
}

/** Listens for the abort of a signal, until the function that comes back is called. */
export function whenAborted(signal: AbortSignal, listener: () => void): () => void {
  platform.addEventListener.call(signal, 'abort', listener, { once: true });
  return () => {
    platform.removeEventListener.call(signal, 'abort', listener);
  };
}
