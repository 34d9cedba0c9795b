/**
 * Any value. It names a literal of each kind, so the compiler keeps those of conditions and callbacks: in the place of this type,
 * `ascending ? 1 : -1` is `1 | -1`, and in that of `unknown` it is `number`.
 */
export type AnyValue = '' | 0 | {} | null | undefined;

/** Any object, in the same way. */
export interface AnyFields {
  readonly [path: string]: AnyValue;
}
