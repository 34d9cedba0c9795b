import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { isLeafValue } from '../../view/leaf-kind.ts';
import { pathFault } from '../../view/path.ts';

/** Ends the call unless a caller's value for a leaf is made of scalars. How deep its arrays may be is for the kinds of the view to say. */
export function assertLeaf(value: InputCopy, path: string, site: Site): void {
  if (isLeafValue(value)) return;
  site.refuse('write_value', `${quote(path)} is a leaf: it takes scalars, not an object.`, path);
}

/**
 * Ends the call unless a value is plain data whose keys the server would store as they are. Such a value is the program's
 * own, or a caller's below a subtree.
 */
export function assertFree(value: InputCopy, path: string, site: Site): void {
  if (isInputObject(value)) return assertFreeFields(value, `${path}.`, site);
  if (!isInputArray(value)) return assertLeaf(value, path, site);
  for (const element of value) assertFree(element, path, site);
}

/** The same for each of some fields, whose paths begin with a prefix. */
export function assertFreeFields(fields: InputObject, prefix: string, site: Site): void {
  for (const key of Object.keys(fields)) {
    const path = `${prefix}${key}`;
    checkKey(key, path, site);
    assertFree(fields[key], path, site);
  }
}

const DIGITS = /^\d+$/;

/** By this key the driver tells its own classes. */
export const RESERVED_KEY = '_bsontype';

/** Refuses a key that the server would store literally although it reads as a path or an operator, and the driver's own. */
export function checkKey(key: string, path: string, site: Site): void {
  if (key.includes('.'))
    site.refuse(
      'write_path',
      `${quote(key)} has a dot and would be stored literally: write nested objects instead.`,
      path,
    );
  // A number is a key like any other here; it is in a path that it may stand for an element.
  if (DIGITS.test(key)) return;
  const fault = key === RESERVED_KEY ? `${quote(key)} is reserved by the driver` : pathFault(key);
  if (fault !== undefined) site.refuse('write_path', `${fault}.`, path);
}
