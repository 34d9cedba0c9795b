import type { PathNode } from './path-tree.ts';

/** The results that this library handed out, each with the shape that it was held to. A copy of one is none. */
const shapes = new WeakMap<object, PathNode>();

/** Remembers a result by identity, so that the edge can tell it from any other object. Returns the result. */
export function markExposed<T extends object>(result: T, shape: PathNode): T {
  shapes.set(result, shape);
  return result;
}

/** The shape that a result was held to, or `undefined` where the value is none of this library's results. */
export function exposedShapeOf(value: object): PathNode | undefined {
  return shapes.get(value);
}
