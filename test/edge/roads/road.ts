import type { EdgeWorld } from './world.ts';

/** A value on its way into an answer, made by whatever a program may do with it. */
export type Body = (world: EdgeWorld) => unknown;

/** What a handler of a framework does. */
export type Roads<Handler> = Readonly<Record<string, (world: EdgeWorld) => Handler>>;
