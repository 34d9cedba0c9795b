import { types } from 'node:util';

/** The platform's own methods. A signal may override them; the overrides are never called. */
const getAborted = getterOf('aborted');
const getReason = getterOf('reason');
const addListener = Reflect.get(EventTarget.prototype, 'addEventListener');
const removeListener = Reflect.get(EventTarget.prototype, 'removeEventListener');

/** Listener options. They have no prototype that could add other options. */
const ONCE = Object.freeze(Object.assign(Object.create(null) as object, { once: true }));

function getterOf(name: 'aborted' | 'reason'): (signal: AbortSignal) => unknown {
  const property = Object.getOwnPropertyDescriptor(AbortSignal.prototype, name);
  const get = property === undefined ? undefined : (Reflect.get(property, 'get') as () => unknown);
  if (get === undefined) throw new TypeError('This platform has no AbortSignal.');
  return (signal) => Reflect.apply(get, signal, []);
}

/** Whether a value is a real signal. An object that only inherits from one has no state and is refused. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  if (types.isProxy(value) || !(value instanceof AbortSignal)) return false;
  try {
    return typeof getAborted(value) === 'boolean';
  } catch {
    return false;
  }
}

/** Calls `callback` with the reason when the signal is aborted, or at once if it already is. Returns a function that unsubscribes. */
export function onAbort(signal: AbortSignal, callback: (reason: unknown) => void): () => void {
  const listener = (): void => callback(getReason(signal));
  if (getAborted(signal) === true) {
    listener();
    return () => undefined;
  }
  Reflect.apply(addListener, signal, ['abort', listener, ONCE]);
  return () => Reflect.apply(removeListener, signal, ['abort', listener]);
}

/** The abort reason, if the value is a signal that was aborted. */
export function abortOf(signal: unknown): { readonly reason: unknown } | undefined {
  return isAbortSignal(signal) && getAborted(signal) === true ? { reason: getReason(signal) } : undefined;
}

/** Throws the reason of an aborted signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  const abort = abortOf(signal);
  if (abort !== undefined) throw abort.reason;
}
