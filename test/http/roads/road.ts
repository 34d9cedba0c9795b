import type { HttpWorld } from './world.ts';

/** A value on its way into an answer, made by whatever a program may do with it. */
export type Body = (world: HttpWorld) => unknown;

/** The action of a framework's handler. */
export type Roads<Handler> = Readonly<Record<string, (world: HttpWorld) => Handler>>;
