/**
 * Defines a field of a result independently of Object.prototype: no setter is called, and `__proto__` is an ordinary key. The
 * descriptor inherits nothing, because `get` or `set` would be read from its prototype.
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

/** Whether a plain assignment is not enough: a key on Object.prototype may be an accessor or read-only. */
export function needsDefining(key: string): boolean {
  return key in Object.prototype;
}
