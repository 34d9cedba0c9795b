import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { readObject } from '../input/read.ts';
import { copyInput } from '../input/copy-input.ts';
import { OPAQUE_LENGTH } from '../seal/opaque-text.ts';
import type { PathNode, PathTree } from './path-tree.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The schemas that the program gives for leaves, since a view does not know stored types at run time. */
type Described = ReadonlyMap<string, Schema>;

/**
 * The JSON Schema of a shape. Objects have no additional properties, and every key is optional because a document may lack
 * it. The view knows where arrays are; otherwise a leaf accepts anything unless the program describes it.
 */
export function toJSONSchema(shape: PathTree, describe: unknown, call: CallContext): Schema {
  return objectSchema(shape.root, readDescription(describe, shape, call));
}

function objectSchema(node: PathNode, described: Described): Schema {
  const properties = [...node.children].map(([key, child]) => [key, nodeSchema(child, described)] as const);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function nodeSchema(node: PathNode, described: Described): Schema {
  if (node.kind !== 'branch') return described.get(node.path) ?? leafSchemaOf(node);
  const object = objectSchema(node, described);
  return anyOf((node.depths ?? [0, 1]).map((depth) => nested(object, depth)));
}

/** The schema of a leaf. A stored `null` is returned, so it is allowed. */
function leafSchemaOf({ depths, opaque }: PathNode): Schema {
  if (opaque !== undefined) return opaqueSchema(opaque.stored, depths as readonly number[]);
  if (depths === undefined || depths.includes(0)) return {};
  return anyOf([...depths.map((depth) => nested({}, depth)), { type: 'null' }]);
}

/** The text of an opaque id has a fixed form. Every document has an `_id`, but a reference may be `null`. */
const OPAQUE: Schema = Object.freeze({ type: 'string', pattern: `^[A-Za-z0-9_-]{${OPAQUE_LENGTH}}$` });

function opaqueSchema(stored: string, depths: readonly number[]): Schema {
  const ids = depths.map((depth) => nested(OPAQUE, depth));
  return anyOf(stored === '_id' ? ids : [...ids, { type: 'null' }]);
}

function nested(schema: Schema, depth: number): Schema {
  return depth === 0 ? schema : { type: 'array', items: nested(schema, depth - 1) };
}

function anyOf(schemas: readonly Schema[]): Schema {
  return schemas.length === 1 ? (schemas[0] as Schema) : { anyOf: schemas };
}

function readDescription(describe: unknown, shape: PathTree, call: CallContext): Described {
  const parts = new Map(describe === undefined ? [] : readObject(describe, 'the description', call));
  const surplus = [...parts.keys()].find((part) => part !== 'leaves');
  if (surplus !== undefined)
    call.refuse('option_unknown', `${quote(surplus)} is not a part of the description; it takes leaves.`, surplus);
  return readLeaves(parts.get('leaves'), shape, call);
}

function readLeaves(leaves: unknown, shape: PathTree, call: CallContext): ReadonlyMap<string, Schema> {
  const entries = leaves === undefined ? [] : readObject(leaves, '`leaves`', call);
  return new Map(entries.map(([path, schema]) => [path, leafSchema(path, schema, shape, call)] as const));
}

/** A copy of a leaf's schema. A schema is JSON, so it is copied as JSON. */
function leafSchema(path: string, schema: unknown, shape: PathTree, call: CallContext): Schema {
  const kind = shape.at(path)?.kind;
  if (kind === undefined || kind === 'branch')
    call.refuse('projection_path', `In \`leaves\`, ${quote(path)} is not a leaf of this projection.`, path);
  const copied = JSON.parse(JSON.stringify(copyInput(schema, `the schema at ${quote(path)}`, call))) as unknown;
  if (typeof copied === 'object' && copied !== null && !Array.isArray(copied)) return copied as Schema;
  return call.refuse(
    'argument_invalid',
    `The schema at ${quote(path)} must be an object of JSON Schema keywords.`,
    path,
  );
}
