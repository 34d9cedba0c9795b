import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInertObject, type Inert, type InertObject } from '../../inert/snapshot.ts';
import type { PathTree } from '../../view/path-tree.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { checkKey, freeValue, leafValue } from './stored-value.ts';

/** Parses a caller's document and emits a fresh one. Each of its leaves is writable, or the call ends. */
export function parseDocument(document: Inert, writable: PathTree, site: Site): Emitted {
  if (!isInertObject(document)) return site.refuse('argument', 'A document is an object of fields.');
  return parseFields(document, '', writable, site);
}

/** Parses one element of an array of subdocuments, at the array's path: it is all the caller's. */
export function parseElement(element: Inert, path: string, writable: PathTree, site: Site): Emitted {
  if (!isInertObject(element)) return site.refuse('write_value', `${quote(path)} holds subdocuments: each element is an object.`, path);
  return parseFields(element, `${path}.`, writable, site);
}

function parseFields(fields: InertObject, prefix: string, writable: PathTree, site: Site): Emitted {
  const emitted = emptyDocument();
  for (const key of Object.keys(fields)) {
    const path = `${prefix}${key}`;
    checkKey(key, path, site);
    emitted[key] = parseField(fields[key], path, writable, site);
  }
  return emitted;
}

function parseField(value: Inert, path: string, writable: PathTree, site: Site): unknown {
  const node = writable.at(path);
  if (node?.kind === 'leaf') return leafValue(value, path, site);
  if (node?.kind === 'subtree') return freeValue(value, path, site);
  if (node?.kind !== 'branch') return refuseNotWritable(path, site);
  if (Array.isArray(value)) return value.map((element) => parseElement(element, path, writable, site));
  if (isInertObject(value)) return parseFields(value, `${path}.`, writable, site);
  return site.refuse('write_value', `${quote(path)} is a branch: it takes an object, or an array of objects.`, path);
}

/** Ends a call that would let a caller's input set what nobody declared writable (CWE-915, mass assignment). */
export function refuseNotWritable(path: string, site: Site): never {
  return site.refuse(
    'write_path',
    `${quote(path)} is not writable in this view: leave it out of the input, or set it in \`options.trusted\`.`,
    path,
  );
}
