import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInertObject, type Inert } from '../../inert/snapshot.ts';
import { isLeafValue } from '../../view/leaf-kind.ts';
import { pathFault } from '../../view/path.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/** A caller's value for a leaf: a scalar, or an array (of arrays) of scalars. */
export function leafValue(value: Inert, path: string, site: Site): unknown {
  if (isLeafValue(value)) return value;
  return site.refuse('write_value', `${quote(path)} is a leaf: it takes a scalar or an array of scalars, not an object.`, path);
}

/** The program's own value, or a caller's below a subtree: plain data, whose keys the server would store as they are. */
export function freeValue(value: Inert, path: string, site: Site): unknown {
  if (Array.isArray(value)) return value.map((element) => freeValue(element, path, site));
  if (!isInertObject(value)) return leafValue(value, path, site);
  const emitted = emptyDocument();
  for (const [key, below] of Object.entries(value)) {
    checkKey(key, `${path}.${key}`, site);
    emitted[key] = freeValue(below, `${path}.${key}`, site);
  }
  return emitted;
}

/**
 * Refuses a key that the server would store literally although it reads as a path or an operator, and `_bsontype`, which
 * the driver would take for one of its classes.
 */
export function checkKey(key: string, path: string, site: Site): void {
  if (key.includes('.')) site.refuse('write_path', `${quote(key)} has a dot: write nested objects, a dotted key would be stored literally.`, path);
  const fault = key === '_bsontype' ? `${quote(key)} is a name that the driver keeps for itself` : pathFault(key);
  if (fault !== undefined) site.refuse('write_path', `${fault}.`, path);
}

/** A document of the program's own: `trusted({ set })`. */
export function freeDocument(document: Inert, what: string, site: Site): Emitted {
  if (!isInertObject(document)) return site.refuse('argument', `${what} is an object of fields.`);
  const emitted = emptyDocument();
  for (const [key, value] of Object.entries(document)) {
    checkKey(key, key, site);
    emitted[key] = freeValue(value, key, site);
  }
  return emitted;
}
