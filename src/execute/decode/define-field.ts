/** Defines a field of a result, whatever is on Object.prototype: a setter there is not run, nor is `__proto__` obeyed. */
export function defineField(result: object, key: string, value: unknown): void {
  Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * Whether a plain assignment would not do the same: the key is on Object.prototype, where an accessor would run, and where a frozen one
 * would refuse it.
 */
export function needsDefining(key: string): boolean {
  return key in Object.prototype;
}
