/**
 * Adds an element to an array. A plain `push` would call a setter that Object.prototype or Array.prototype has for that
 * index.
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
