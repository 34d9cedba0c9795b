import { quote } from '../errors/quote.ts';
import type { StoredTree } from './stored-tree.ts';

const HAS_NUMBER = /(?:^|\.)\d+(?:\.|$)/;
const NUMBER = /^\d+$/;
const NO_POSITIONS: readonly string[] = Object.freeze([]);

/** Whether a segment of a path is a number. */
export function isNumber(segment: string): boolean {
  return NUMBER.test(segment);
}

/**
 * What is wrong with the numbers in a path, or `undefined`. To the server a number is a key of an object, but a position in an array
 * (`addresses.0.access_code`). So it is refused after a path at which the view has arrays, unless `positions` (`$[]`) select the elements
 * of all of them. Below a subtree both are allowed.
 */
export function numberFault(
  path: string,
  stored: StoredTree,
  positions: readonly string[] = NO_POSITIONS,
): string | undefined {
  if (!HAS_NUMBER.test(path)) return undefined;
  const segments = path.split('.');
  for (const [index, segment] of segments.entries()) {
    const above = segments.slice(0, index).join('.');
    const taken = positions.filter((position) => position === above).length;
    if (isNumber(segment) && mayBeArray(stored.at(above)?.depths, taken))
      return `${quote(path)} has the number ${segment} after ${quote(above)}, where the view has arrays; name the field, not an element`;
  }
  return undefined;
}

function mayBeArray(depths: readonly number[] | undefined, taken: number): boolean {
  return depths !== undefined && depths.some((depth) => depth > taken);
}
