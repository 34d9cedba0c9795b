import type { PathNode } from '../view/path-tree.ts';

/** A base class that makes the constructor of a subclass add its private fields to the given object. */
function itself(object: object): object {
  return object;
}

/**
 * Stores the shape of a result in a private field of the result itself. Code outside this class can't see, copy or forge it. It takes
 * a twentieth of the time of a WeakMap entry, which matters in reads of many documents.
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

/** Marks a result, so that `sendable()` recognises it. A copy has no mark. Returns the result. */
export function markExposed<T extends object>(result: T, shape: PathNode): T {
  Exposed.mark(result, shape);
  return result;
}

/** The shape of a result, or `undefined` if the value is not a result of this library. */
export function exposedShapeOf(value: object): PathNode | undefined {
  return Exposed.shapeOf(value);
}
