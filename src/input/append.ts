/**
 * Adds an element to an array. A bare `push` would hand the element to a setter that Object.prototype or Array.prototype has
 * for its place.
 */
export function append<T>(array: T[], element: T): void {
  if (array.length in Array.prototype) {
    Object.defineProperty(array, array.length, {
      value: element,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    array.push(element);
  }
}
