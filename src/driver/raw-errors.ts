/**
 * The driver's own error behind each error that a caller may see, and back. Inside a transaction the driver has to see
 * its own: it retries only those. Neither map leads out of the package.
 */
const rawErrors = new WeakMap<object, object>();
const mappedErrors = new WeakMap<object, object>();

export function rememberRaw(mapped: object, raw: unknown): void {
  if (typeof raw !== 'object' || raw === null) return;
  rawErrors.set(mapped, raw);
  mappedErrors.set(raw, mapped);
}

/** The driver's error that was mapped to this one; the error itself where it never was the driver's. */
export function rawOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? (rawErrors.get(error) ?? error) : error;
}

/** The error that a caller may see in place of this one of the driver's, where it was mapped before. */
export function mappedFrom(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? mappedErrors.get(error) : undefined;
}
