/**
 * The driver's own error for each mapped error, and the reverse. Inside a transaction the driver has to get its own errors,
 * because it retries only those. Neither map is reachable from outside the package.
 */
const rawErrors = new WeakMap<object, object>();
const mappedErrors = new WeakMap<object, object>();

export function rememberRaw(mapped: object, raw: unknown): void {
  if (typeof raw !== 'object' || raw === null) return;
  rawErrors.set(mapped, raw);
  mappedErrors.set(raw, mapped);
}

/** The driver's error that was mapped to this one; the error itself if it was not mapped. */
export function rawOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? (rawErrors.get(error) ?? error) : error;
}

/** The mapped error for this error of the driver, if it was mapped before. */
export function mappedFrom(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? mappedErrors.get(error) : undefined;
}
