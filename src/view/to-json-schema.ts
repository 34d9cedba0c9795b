import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { readArray, readObject } from '../inert/read.ts';
import { snapshot } from '../inert/snapshot.ts';
import type { PathNode, PathTree } from './path-tree.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What the program says of the stored types, which a view does not know at run time. */
interface Described {
  readonly leaves: ReadonlyMap<string, Schema>;
  /** The branches that are stored as arrays. Where none are told, each branch may be an object or an array. */
  readonly arrays: ReadonlySet<string> | undefined;
}

/**
 * The JSON Schema of a shape: its objects and their keys, closed, with every key optional because a document may lack
 * any. A leaf takes anything unless the program describes it.
 */
export function toJSONSchema(shape: PathTree, describe: unknown, site: Site): Schema {
  return objectSchema(shape.root, readDescription(describe, shape, site));
}

function objectSchema(node: PathNode, described: Described): Schema {
  const properties = [...node.children].map(([key, child]) => [key, nodeSchema(child, described)] as const);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function nodeSchema(node: PathNode, described: Described): Schema {
  if (node.kind !== 'branch') return described.leaves.get(node.path) ?? {};
  const object = objectSchema(node, described);
  const array = { type: 'array', items: object };
  if (described.arrays === undefined) return { anyOf: [object, array] };
  return described.arrays.has(node.path) ? array : object;
}

function readDescription(describe: unknown, shape: PathTree, site: Site): Described {
  const parts = new Map(describe === undefined ? [] : readObject(describe, 'the description', site));
  const surplus = [...parts.keys()].find((part) => part !== 'leaves' && part !== 'arrays');
  if (surplus !== undefined) site.refuse('option_unknown', `${quote(surplus)} is not a part of the description; it takes leaves and arrays.`, surplus);
  return { leaves: readLeaves(parts.get('leaves'), shape, site), arrays: readArrays(parts.get('arrays'), shape, site) };
}

function readLeaves(leaves: unknown, shape: PathTree, site: Site): ReadonlyMap<string, Schema> {
  const entries = leaves === undefined ? [] : readObject(leaves, '`leaves`', site);
  return new Map(entries.map(([path, schema]) => [path, leafSchema(path, schema, shape, site)] as const));
}

/** A schema is JSON, so that is how it is copied. */
function leafSchema(path: string, schema: unknown, shape: PathTree, site: Site): Schema {
  const kind = shape.at(path)?.kind;
  if (kind === undefined || kind === 'branch') site.refuse('projection_path', `In \`leaves\`, ${quote(path)} is not a leaf of this projection.`, path);
  const copied = JSON.parse(JSON.stringify(snapshot(schema, `the schema at ${quote(path)}`, site))) as unknown;
  if (typeof copied === 'object' && copied !== null && !Array.isArray(copied)) return copied as Schema;
  return site.refuse('argument', `The schema at ${quote(path)} is an object of JSON Schema keywords.`, path);
}

function readArrays(arrays: unknown, shape: PathTree, site: Site): ReadonlySet<string> | undefined {
  if (arrays === undefined) return undefined;
  const paths = readArray(arrays, '`arrays`', site).map((path) => {
    if (typeof path === 'string' && shape.at(path)?.kind === 'branch') return path;
    return site.refuse('projection_path', '`arrays` names the branches of this projection that are stored as arrays.', String(path));
  });
  return new Set(paths);
}
