import type { IsAny } from './type-fest.ts';

/** Refuses `any` where it is intersected with a type parameter: `any` is assignable to every type but `never`. */
export type NotAny<T> = IsAny<T> extends true ? never : unknown;
