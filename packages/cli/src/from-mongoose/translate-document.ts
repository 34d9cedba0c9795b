import { bare, entriesOf, Node } from '../project/index.ts';
import type { ObjectEntry, ObjectLiteralExpression } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { replace } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { isSimple, maybeUndefined } from '../sources/values.ts';
import { entryText, hasKey, presentEntry, withEntries } from '../sources/write-object.ts';
import { castValue } from './cast-value.ts';
import { defaultText } from './default-text.ts';
import type { SchemaFacts, SchemaPath } from './schema-facts.ts';
import { pathAt } from './schema-facts.ts';
import { replaced } from './translate-filter.ts';

/** A new document, with everything that Mongoose would add: defaults, timestamps, the version, ids of subdocuments. */
export function translateDocument(node: Node | undefined, schema: SchemaFacts): string {
  const document = node === undefined ? undefined : bare(node);
  if (!Node.isObjectLiteralExpression(document))
    throw new CannotMigrate(
      'the document is in a variable, and Mongoose adds defaults to it and removes fields that its schema does not have: write its fields here',
    );
  const added = [schema.created, schema.updated].flatMap((name) =>
    name === undefined || hasKey(document, name) ? [] : [entryText(name, 'new Date()')],
  );
  const version =
    schema.versionKey === undefined || hasKey(document, schema.versionKey) ? [] : [entryText(schema.versionKey, '0')];
  return objectText(document, schema.paths, [...added, ...version]);
}

/** A subdocument that is stored by an update. */
export function subdocumentText(object: ObjectLiteralExpression, path: SchemaPath): string {
  const id = path.hasId && !hasKey(object, '_id') ? ['_id: new ObjectId()'] : [];
  return objectText(object, path.children ?? [], id);
}

function objectText(object: ObjectLiteralExpression, paths: readonly SchemaPath[], added: readonly string[]): string {
  const entries = entriesOf(object);
  if (entries.length !== object.getProperties().length)
    throw new CannotMigrate('the document has a method or an accessor');
  if (entries.some(({ key }) => key === undefined))
    throw new CannotMigrate(
      'the document spreads a variable, and Mongoose removes fields that its schema does not have: name its fields here',
    );
  const edits = entries.flatMap((entry) => fieldEdits(entry, pathAt(paths, entry.key ?? ''), entry.key ?? ''));
  const defaults = paths.flatMap((path) => {
    if (hasKey(object, path.name)) return [];
    const text = defaultText(path);
    return text === undefined ? [] : [entryText(path.name, text)];
  });
  return withEntries(object, edits, [...defaults, ...added]);
}

function fieldEdits(entry: ObjectEntry, path: SchemaPath | undefined, key: string): readonly Edit[] {
  const { value, node } = entry;
  if (key.includes('.') || key.includes('$')) throw new CannotMigrate(`the document has the key '${key}'`);
  if (path === undefined) return [];
  if (path.validators.length > 0)
    throw new CannotMigrate(`the schema checks '${key}' (${path.validators.join(', ')}), and the library does not`);
  const edits = valueEdits(value, node, path);
  if (!maybeUndefined(value)) return edits;
  if (!isSimple(bare(value))) throw new CannotMigrate(`'${key}' may be undefined: Mongoose leaves it out then`);
  const tested = bare(value).getText();
  const [cast] = edits;
  const text = cast === undefined ? tested : castText(cast, node, key);
  const otherwise = defaultText(path);
  return [
    otherwise === undefined
      ? replace(node, presentEntry(key, text, tested))
      : replace(node, entryText(key, `${tested} === undefined ? ${otherwise} : ${text}`)),
  ];
}

/** The value of an edit that may include the key. */
function castText({ text }: Edit, entry: Node, key: string): string {
  return Node.isShorthandPropertyAssignment(entry) ? text.slice(key.length + 2) : text;
}

/** Casts, and additions to subdocuments. */
export function valueEdits(value: Node, entry: Node, path: SchemaPath): readonly Edit[] {
  const written = bare(value);
  if (path.children === undefined) {
    const elements = path.depth > 0 && Node.isArrayLiteralExpression(written) ? written.getElements() : [];
    if (elements.length > 0) return elements.flatMap((element) => casted(element, element, path));
    if (
      path.depth > 0 &&
      (path.bson === 'objectId' || path.changes.length > 0) &&
      !Node.isArrayLiteralExpression(written)
    ) {
      const isIds = written.getType().getText().endsWith('ObjectId[]');
      if (!isIds) throw new CannotMigrate(`Mongoose changes the value of '${path.name}', which is in a variable`);
    }
    return path.depth > 0 ? [] : casted(value, entry, path);
  }
  if (Node.isObjectLiteralExpression(written)) return [replaced(entry, value, subdocumentText(written, path))];
  if (Node.isArrayLiteralExpression(written))
    return written.getElements().flatMap((element) => valueEdits(element, element, path));
  const mapped = mappedLiteral(written);
  if (mapped !== undefined) return [replace(mapped, subdocumentText(mapped, path))];
  if (isPlain(path)) return [];
  throw new CannotMigrate(
    `Mongoose adds ids or defaults to '${path.name}', which is in a variable: write its fields here`,
  );
}

function casted(value: Node, entry: Node, path: SchemaPath): readonly Edit[] {
  const text = castValue(value, path, true);
  return text === undefined ? [] : [replaced(entry, value, text)];
}

/** The object in `items.map((item) => ({ … }))`. */
export function mappedLiteral(node: Node): ObjectLiteralExpression | undefined {
  if (!Node.isCallExpression(node) || !node.getExpression().getText().endsWith('.map')) return undefined;
  const [callback] = node.getArguments();
  const body = Node.isArrowFunction(callback) ? bare(callback.getBody()) : undefined;
  return Node.isObjectLiteralExpression(body) ? body : undefined;
}

/** Whether Mongoose stores a branch unchanged. */
function isPlain(path: SchemaPath): boolean {
  return (
    !path.hasId &&
    (path.children ?? []).every((child) => {
      if (
        child.changes.length > 0 ||
        child.functions.length > 0 ||
        child.validators.length > 0 ||
        child.bson === 'objectId'
      )
        return false;
      return defaultText(child) === undefined && (child.children === undefined || isPlain(child));
    })
  );
}
