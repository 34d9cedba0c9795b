/**
 * Defines a field of a result, whatever is on Object.prototype: a setter there is not run, nor is `__proto__` obeyed. The
 * descriptor inherits nothing, where `get` or `set` would be read from it.
 */
export function defineField(result: object, key: string, value: unknown): void {
  Object.defineProperty(result, key, {
    __proto__: null,
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  } as PropertyDescriptor);
}

/** Whether an assignment would not do the same: a key on Object.prototype may be an accessor, which runs, or read-only. */
export function needsDefining(key: string): boolean {
  return key in Object.prototype;
}
