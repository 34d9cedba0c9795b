import type { HttpWorld } from './world.ts';

/** A way in which a program may put a value into a response. */
export type Body = (world: HttpWorld) => unknown;

/** The action of a framework's handler. */
export type Roads<Handler> = Readonly<Record<string, (world: HttpWorld) => Handler>>;
