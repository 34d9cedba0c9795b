/** A value that is there, or comes once the view's validator has answered. */
export type Later<T> = T | Promise<T>;

/** What a value becomes, at once where it is there. */
export function afterwards<T, R>(value: Later<T>, becomes: (value: T) => R): Later<R> {
  return value instanceof Promise ? value.then(becomes) : becomes(value);
}
