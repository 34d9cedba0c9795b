import { bare, entriesOf, Node } from '../project/index.ts';
import type { ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { replace, textWith } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { keyOf } from '../init/write-interface.ts';
import { isSimple, kindsOf, maybeUndefined } from '../sources/values.ts';
import { entryText, objectOf, presentEntry, withEntries } from '../sources/write-object.ts';
import { allPaths, pathAt } from './schema-facts.ts';
import type { SchemaFacts } from './schema-facts.ts';
import { insertedBy } from './upsert-defaults.ts';
import { subdocumentText, valueEdits } from './translate-document.ts';

/** Operators with values of a path. */
const VALUES = new Set(['$set', '$setOnInsert', '$push', '$addToSet', '$min', '$max']);

export interface UpdateOptions {
  readonly isUpsert: boolean;
  readonly isValidated: boolean;
  /** The equalities of the filter, which an upsert stores. */
  readonly filtered: ReadonlyMap<string, string>;
}

/** An update, with `$set` around plain fields, the timestamp, and the additions of an upsert. */
export function translateUpdate(node: Node | undefined, schema: SchemaFacts, options: UpdateOptions): string {
  const update = node === undefined ? undefined : bare(node);
  if (update === undefined) throw new CannotMigrate('no update is given');
  if (Node.isArrayLiteralExpression(update))
    throw new CannotMigrate('the update is a pipeline, which can copy a private field into a public one');
  if (!Node.isObjectLiteralExpression(update)) return variableUpdate(update, schema, options);
  const entries = entriesOf(update);
  if (entries.some(({ key }) => key === undefined))
    throw new CannotMigrate('the update spreads a variable: name its fields here');
  const operators = entries.filter(({ key }) => key?.startsWith('$') === true);
  const plain = entries.filter((entry) => !operators.includes(entry));
  const stamps = setStamps(entries, schema);
  const inserted = options.isUpsert ? insertedBy(entries, schema, options.filtered) : [];
  if (operators.length === 0 && plain.length > 0) {
    const edits = plain.flatMap((one) => fieldEdits(one, schema, options));
    return objectOf([`$set: ${withEntries(update, edits, stamps)}`, ...operatorOf('$setOnInsert', inserted)]);
  }
  const set = [...plain.map((one) => plainText(one, schema, options)), ...stamps];
  const more: Readonly<Record<string, readonly string[]>> = { $set: set, $setOnInsert: inserted };
  const missing = Object.entries(more).filter(([name]) => operators.every(({ key }) => key !== name));
  return objectOf([
    ...missing.flatMap(([name, added]) => (name === '$set' ? operatorOf(name, added) : [])),
    ...operators.map((entry) => operatorText(entry, schema, options, more[entry.key ?? ''] ?? [])),
    ...missing.flatMap(([name, added]) => (name === '$set' ? [] : operatorOf(name, added))),
  ]);
}

function operatorOf(name: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`${name}: ${objectOf(entries)}`];
}

/** `User.updateOne(filter, changes)` sets the fields of the variable. */
function variableUpdate(update: Node, schema: SchemaFacts, { isUpsert, isValidated }: UpdateOptions): string {
  const isChanged = allPaths(schema.paths).some(
    (path) =>
      path.changes.length > 0 ||
      path.functions.includes('set') ||
      path.bson === 'objectId' ||
      path.hasId ||
      (isValidated && path.validators.length > 0),
  );
  if (isChanged || isUpsert || kindsOf(update).has('any'))
    throw new CannotMigrate('the update is in a variable, and Mongoose changes its values: write it here');
  const properties = update.getType().getProperties();
  if (properties.length === 0 || properties.some((one) => one.getName().startsWith('$') || one.isOptional()))
    throw new CannotMigrate('the update is in a variable, and Mongoose leaves out its undefined values: write it here');
  const stamps = schema.updated === undefined ? [] : [entryText(schema.updated, 'new Date()')];
  return stamps.length === 0
    ? `{ $set: ${update.getText()} }`
    : `{ $set: { ...${update.getText()}, ${stamps.join(', ')} } }`;
}

function setStamps(entries: readonly ObjectEntry[], { updated }: SchemaFacts): readonly string[] {
  if (updated === undefined) return [];
  const isSet = entries.some(({ key, value }) => {
    if (key === updated) return true;
    const fields = bare(value);
    return (
      key?.startsWith('$') === true &&
      Node.isObjectLiteralExpression(fields) &&
      entriesOf(fields).some((one) => one.key === updated)
    );
  });
  return isSet ? [] : [entryText(updated, 'new Date()')];
}

function operatorText(
  { key = '', value, node }: ObjectEntry,
  schema: SchemaFacts,
  options: UpdateOptions,
  added: readonly string[],
): string {
  const fields = bare(value);
  if (!Node.isObjectLiteralExpression(fields)) {
    if (!VALUES.has(key)) return node.getText();
    const set = variableUpdate(fields, schema, options);
    if (key === '$set') return set.slice(2, -2);
    throw new CannotMigrate(
      `the fields of '${key}' are in a variable, and Mongoose changes its values: write them here`,
    );
  }
  const entries = entriesOf(fields);
  if (VALUES.has(key) && entries.some((one) => one.key === undefined))
    throw new CannotMigrate(
      `'${key}' spreads a variable, and Mongoose removes fields that its schema does not have: name its fields here`,
    );
  const edits = VALUES.has(key)
    ? entries.flatMap((one) =>
        key === '$push' || key === '$addToSet' ? elementEdits(one, schema) : fieldEdits(one, schema, options),
      )
    : entries.flatMap((one) => defined(one));
  return `${key}: ${withEntries(fields, edits, added)}`;
}

function defined({ key, value }: ObjectEntry): readonly Edit[] {
  if (maybeUndefined(value)) throw new CannotMigrate(`'${key}' may be undefined: Mongoose leaves it out then`);
  return [];
}

function plainText(entry: ObjectEntry, schema: SchemaFacts, options: UpdateOptions): string {
  return textWith(entry.node, fieldEdits(entry, schema, options));
}

function fieldEdits(entry: ObjectEntry, schema: SchemaFacts, { isValidated }: UpdateOptions): readonly Edit[] {
  const { key = '', value, node } = entry;
  const path = pathAt(schema.paths, key);
  if (path === undefined) return defined(entry);
  if (isValidated && path.validators.length > 0)
    throw new CannotMigrate(`the schema checks '${key}' (${path.validators.join(', ')}), and the library does not`);
  if (path.functions.includes('immutable')) throw new CannotMigrate(`the schema makes '${key}' immutable`);
  const edits = valueEdits(value, node, path);
  if (!maybeUndefined(value)) return edits;
  if (!isSimple(bare(value))) throw new CannotMigrate(`'${key}' may be undefined: Mongoose leaves it out then`);
  const [cast] = edits;
  const tested = bare(value).getText();
  const text =
    cast === undefined
      ? tested
      : Node.isShorthandPropertyAssignment(node)
        ? cast.text.slice(keyOf(key).length + 2)
        : cast.text;
  return [replace(node, presentEntry(key, text, tested))];
}

/** `$push: { items: { … } }` and `$push: { items: { $each: [ … ] } }`: each element gets the additions of a subdocument. */
function elementEdits(entry: ObjectEntry, schema: SchemaFacts): readonly Edit[] {
  const { key = '', value, node } = entry;
  const found = pathAt(schema.paths, key);
  if (found === undefined) return defined(entry);
  const path = { ...found, depth: Math.max(0, found.depth - 1) };
  const written = bare(value);
  if (!Node.isObjectLiteralExpression(written)) return [...defined(entry), ...valueEdits(value, node, path)];
  const each = entriesOf(written).find((one) => one.key === '$each');
  if (each === undefined) return path.children === undefined ? [] : [replace(written, subdocumentText(written, path))];
  return valueEdits(each.value, each.node, found);
}
