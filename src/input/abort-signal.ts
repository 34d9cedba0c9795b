import { types } from 'node:util';

/** The platform's own methods: a signal may have others of the same names, which are never called. */
const getAborted = getterOf('aborted');
const getReason = getterOf('reason');
const addListener = Reflect.get(EventTarget.prototype, 'addEventListener');
const removeListener = Reflect.get(EventTarget.prototype, 'removeEventListener');

/** Once, and without a prototype that could add to it. */
const ONCE = Object.freeze(Object.assign(Object.create(null) as object, { once: true }));

function getterOf(name: 'aborted' | 'reason'): (signal: AbortSignal) => unknown {
  const property = Object.getOwnPropertyDescriptor(AbortSignal.prototype, name);
  const get = property === undefined ? undefined : (Reflect.get(property, 'get') as () => unknown);
  if (get === undefined) throw new TypeError('This platform has no AbortSignal.');
  return (signal) => Reflect.apply(get, signal, []);
}

/** Whether a value is a signal with a state of its own. What only inherits from one has none. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  if (types.isProxy(value) || !(value instanceof AbortSignal)) return false;
  try {
    return typeof getAborted(value) === 'boolean';
  } catch {
    return false;
  }
}

/** Calls back with the reason once a signal is aborted, or at once if it is already. Returns a function that ends this. */
export function onAbort(signal: AbortSignal, callback: (reason: unknown) => void): () => void {
  const listener = (): void => callback(getReason(signal));
  if (getAborted(signal) === true) {
    listener();
    return () => undefined;
  }
  Reflect.apply(addListener, signal, ['abort', listener, ONCE]);
  return () => Reflect.apply(removeListener, signal, ['abort', listener]);
}

/** Why a signal was aborted, if it is one and was. */
export function abortOf(signal: unknown): { readonly reason: unknown } | undefined {
  return isAbortSignal(signal) && getAborted(signal) === true ? { reason: getReason(signal) } : undefined;
}

/** Ends a read with the reason of its signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  const abort = abortOf(signal);
  if (abort !== undefined) throw abort.reason;
}
