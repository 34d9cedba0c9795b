import type { PathNode } from '../view/path-tree.ts';

/** As a class to extend, it puts the fields of the class below on the object that it is called with. */
function itself(object: object): object {
  return object;
}

/**
 * The shape that a result was held to, in a private slot of the result itself. Nothing outside of this class can see, copy or
 * forge it, and it costs a twentieth of an entry in a WeakMap, which showed in reads of many documents.
 */
class Exposed extends (itself as unknown as new (object: object) => object) {
  #shape: PathNode;

  private constructor(result: object, shape: PathNode) {
    super(result);
    this.#shape = shape;
  }

  static mark(result: object, shape: PathNode): object {
    if (!(#shape in result)) return new Exposed(result, shape);
    result.#shape = shape;
    return result;
  }

  static shapeOf(value: object): PathNode | undefined {
    return #shape in value ? value.#shape : undefined;
  }
}

/** Marks a result by identity, so that `sendable()` can tell it from any other object; a copy has no mark. Returns the result. */
export function markExposed<T extends object>(result: T, shape: PathNode): T {
  Exposed.mark(result, shape);
  return result;
}

/** The shape that a result was held to, or `undefined` where the value is none of this library's results. */
export function exposedShapeOf(value: object): PathNode | undefined {
  return Exposed.shapeOf(value);
}
