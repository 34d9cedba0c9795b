import type { PathNode } from './path-tree.ts';

/** A class whose constructor gives back the object it is called with, so that a class below puts its fields on that object. */
class Itself {
  constructor(object: object) {
    return object;
  }
}

/**
 * The shape that a result was held to, in a private slot of the result itself: nothing outside of this class can see, copy or forge it, and
 * it costs a tenth of an entry in a WeakMap.
 */
class Exposed extends Itself {
  #shape: PathNode;

  private constructor(result: object, shape: PathNode) {
    super(result);
    this.#shape = shape;
  }

  static mark(result: object, shape: PathNode): void {
    if (#shape in result) (result as Exposed).#shape = shape;
    else new Exposed(result, shape);
  }

  static shapeOf(value: object): PathNode | undefined {
    return #shape in value ? value.#shape : undefined;
  }
}

/** Marks a result by identity, so that the edge can tell it from any other object. A copy of it has no mark. Returns the result. */
export function markExposed<T extends object>(result: T, shape: PathNode): T {
  Exposed.mark(result, shape);
  return result;
}

/** The shape that a result was held to, or `undefined` where the value is none of this library's results. */
export function exposedShapeOf(value: object): PathNode | undefined {
  return Exposed.shapeOf(value);
}
