/**
 * Whether a type is `object`, which does not name its keys. An empty literal has no keys either; unlike `object`, its type takes a
 * string.
 */
export type IsOpaque<X> = [keyof X] extends [never] ? ([string] extends [X] ? false : true) : false;
