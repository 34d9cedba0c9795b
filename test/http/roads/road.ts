import type { HttpWorld } from './world.ts';

/** A value on its way into an answer, made by whatever a program may do with it. */
export type Body = (world: HttpWorld) => unknown;

/** What a handler of a framework does. */
export type Roads<Handler> = Readonly<Record<string, (world: HttpWorld) => Handler>>;
