import { bare, entriesOf, Node, putInto, wayOf } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { replace, textWith } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { kindsOf, maybeUndefined } from '../sources/values.ts';
import { castValue } from './cast-value.ts';
import { allPaths, pathAt, PLAIN_PATH } from './schema-facts.ts';
import type { SchemaFacts, SchemaPath } from './schema-facts.ts';

const LOGICAL = new Set(['$and', '$or', '$nor']);
/** Operators whose operand is not a value of the path. */
const ABOUT = new Set(['$exists', '$type', '$size', '$mod', '$regex', '$options']);
const ID: SchemaPath = { ...PLAIN_PATH, name: '_id', type: 'ObjectId', bson: 'objectId', isRequired: true };

/** A filter with explicit casts, as Mongoose makes them. */
export function translateFilter(node: Node | undefined, schema: SchemaFacts, index: NameIndex): string {
  const filter = node === undefined ? undefined : bare(node);
  if (filter === undefined) return '{}';
  if (Node.isObjectLiteralExpression(filter))
    return textWith(
      filter,
      entriesOf(filter).flatMap((entry) => entryEdits(entry, '', schema)),
    );
  if (isUncast(filter, schema, index)) return filter.getText();
  if (
    kindsOf(filter).has('any') ||
    allPaths(schema.paths).some(({ changes, functions }) => changes.length > 0 || functions.includes('set'))
  )
    throw new CannotMigrate('the filter is in a variable, and Mongoose changes its values: write it here');
  return filter.getText();
}

/** Whether all values of a filter in a variable are known, and Mongoose changes none of them. */
function isUncast(filter: Node, schema: SchemaFacts, index: NameIndex): boolean {
  const { objects, holders } = wayOf(filter, index);
  const added = holders.map((holder) => putInto(holder));
  if (objects.length === 0 || added.includes(undefined)) return false;
  const entries = [...objects.flatMap((object) => entriesOf(object)), ...added.flatMap((one) => one ?? [])];
  return entries.every((entry) => entryEdits(entry, '', schema).length === 0);
}

/** The filter of `findById()`. */
export function idFilter(node: Node | undefined, schema: SchemaFacts): string {
  if (node === undefined) throw new CannotMigrate('no id is given');
  if (maybeUndefined(node)) throw new CannotMigrate('the id may be undefined');
  const text = castValue(node, idPath(schema), false) ?? bare(node).getText();
  return text === '_id' ? '{ _id }' : `{ _id: ${text} }`;
}

function idPath(schema: SchemaFacts): SchemaPath {
  return pathAt(schema.paths, '_id') ?? ID;
}

function entryEdits({ key, value, node }: ObjectEntry, prefix: string, schema: SchemaFacts): readonly Edit[] {
  const written = bare(value);
  if (key === undefined) return spreadEdits(written, prefix, schema);
  if (LOGICAL.has(key)) {
    if (!Node.isArrayLiteralExpression(written)) return [];
    return written.getElements().flatMap((element) => {
      const filter = bare(element);
      return Node.isObjectLiteralExpression(filter)
        ? entriesOf(filter).flatMap((entry) => entryEdits(entry, prefix, schema))
        : [];
    });
  }
  const name = prefix === '' ? key : `${prefix}.${key}`;
  const path =
    name === '_id' || (name.endsWith('._id') && pathAt(schema.paths, name) === undefined)
      ? idPath(schema)
      : pathAt(schema.paths, name);
  if (maybeUndefined(value)) throw new CannotMigrate(`the value for '${name}' may be undefined`);
  if (path === undefined) return [];
  if (Node.isObjectLiteralExpression(written))
    return entriesOf(written).flatMap((entry) => operatorEdits(entry, path, name, schema));
  return valueEdits(value, path, node);
}

function operatorEdits(entry: ObjectEntry, path: SchemaPath, name: string, schema: SchemaFacts): readonly Edit[] {
  const operand = bare(entry.value);
  if (entry.key === undefined || ABOUT.has(entry.key)) return [];
  if (entry.key === '$elemMatch' && Node.isObjectLiteralExpression(operand))
    return entriesOf(operand).flatMap((inner) =>
      inner.key?.startsWith('$') === true && !LOGICAL.has(inner.key)
        ? operatorEdits(inner, path, name, schema)
        : entryEdits(inner, name, schema),
    );
  if (entry.key === '$not' && Node.isObjectLiteralExpression(operand))
    return entriesOf(operand).flatMap((inner) => operatorEdits(inner, path, name, schema));
  if (!entry.key.startsWith('$')) return [];
  if (maybeUndefined(entry.value)) throw new CannotMigrate(`the value for '${name}' may be undefined`);
  return ['$in', '$nin', '$all'].includes(entry.key)
    ? listEdits(entry, path)
    : valueEdits(entry.value, path, entry.node);
}

function listEdits({ value, node }: ObjectEntry, path: SchemaPath): readonly Edit[] {
  const list = bare(value);
  if (Node.isArrayLiteralExpression(list))
    return list.getElements().flatMap((element) => valueEdits(element, path, element));
  const element = list.getType().getArrayElementType();
  if (path.bson === 'objectId' && (element === undefined || !/\bObjectId$/.test(element.getText()))) {
    if (element?.isString() !== true)
      throw new CannotMigrate(
        `Mongoose converts the values of '${path.name}' to ObjectIds, and their type is not known`,
      );
    return [replaced(node, list, `${list.getText()}.map((id) => new ObjectId(id))`)];
  }
  if (path.changes.length > 0)
    throw new CannotMigrate(
      `the schema changes '${path.name}' (${path.changes.join(', ')}) in a list: change its values here`,
    );
  return [];
}

function valueEdits(value: Node, path: SchemaPath, entry: Node): readonly Edit[] {
  const text = castValue(value, path, false);
  return text === undefined ? [] : [replaced(entry, value, text)];
}

/** `{ author }` becomes `{ author: new ObjectId(author) }`. */
export function replaced(entry: Node, value: Node, text: string): Edit {
  return Node.isShorthandPropertyAssignment(entry)
    ? replace(entry, `${entry.getName()}: ${text}`)
    : replace(value, text);
}

function spreadEdits(node: Node, prefix: string, schema: SchemaFacts): readonly Edit[] {
  if (Node.isConditionalExpression(node))
    return [node.getWhenTrue(), node.getWhenFalse()].flatMap((one) => spreadEdits(bare(one), prefix, schema));
  if (Node.isBinaryExpression(node)) return spreadEdits(bare(node.getRight()), prefix, schema);
  return Node.isObjectLiteralExpression(node)
    ? entriesOf(node).flatMap((entry) => entryEdits(entry, prefix, schema))
    : [];
}
