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

/**
 * Whether a value is a real signal: the platform's getter finds its state. An object that only inherits from one has none, and is refused.
 * `instanceof` and the getter would run the code of a proxy among its prototypes.
 */
export function isAbortSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  if (hasProxyAbove(value)) return false;
  try {
    return typeof getAborted(value as AbortSignal) === 'boolean';
  } catch {
    return false;
  }
}

/** Whether one of the prototypes is a proxy. A signal may be of a subclass, whose methods are never called. */
function hasProxyAbove(value: object): boolean {
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === 'object' && prototype !== null) {
    if (types.isProxy(prototype)) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
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
