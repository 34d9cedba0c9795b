import type { IsAny } from './type-fest.ts';

/** Refuses `any` if it is intersected with a type parameter: `any` is assignable to every type except `never`. */
export type NotAny<T> = IsAny<T> extends true ? never : unknown;
