import { bare, entriesOf, entryOf, Node, objectsBehind, stringsByType, Tracer } from '../project/index.ts';
import type { NameIndex, ObjectEntry, ObjectLiteralExpression } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { PLAIN_PATH } from './schema-facts.ts';
import type { SchemaFacts, SchemaPath } from './schema-facts.ts';
import { ENDS, scalarType } from './schema-types.ts';

const VALIDATORS = new Set(['validate', 'match', 'min', 'max', 'minlength', 'maxlength', 'minLength', 'maxLength']);
const FUNCTIONS = new Set(['set', 'get', 'alias', 'transform', 'immutable', 'refPath']);
const CHANGES = ['trim', 'lowercase', 'uppercase'];
/** Methods of a schema that do not affect calls. */
const HARMLESS = new Set(['index', 'pre', 'post', 'virtual', 'method', 'static', 'searchIndex', 'path']);

const TRACERS = new WeakMap<NameIndex, Tracer<Node>>();

/** The `new Schema(…)` that an expression may be. */
export function schemasBehind(node: Node, index: NameIndex): readonly Node[] {
  const known = TRACERS.get(index);
  const tracer =
    known ??
    Tracer.of<Node>(index, (found) =>
      Node.isNewExpression(found) && /(?:^|\.)Schema$/.test(found.getExpression().getText()) ? [found] : undefined,
    );
  TRACERS.set(index, tracer);
  return tracer.trace(node);
}

/** Reads a schema from its source. If a part can't be read, the whole schema is refused. */
export function readSchema(made: Node, index: NameIndex): SchemaFacts {
  const [definition, given] = Node.isNewExpression(made) ? made.getArguments() : [];
  const settings = given === undefined ? new Map<string, Node>() : optionsBehind(given, index);
  const stamps = stampsOf(settings?.get('timestamps'));
  const uses = usesOf(made, index);
  const base = {
    hooks: uses.flatMap(({ method, first, options }) =>
      (method === 'pre' || method === 'post') && !isOfDocuments(options) ? hookNames(first) : [],
    ),
    ...stamps,
    versionKey: versionKeyOf(settings?.get('versionKey')),
    virtuals: new Set([
      ...namesIn(settings?.get('virtuals')),
      ...uses.flatMap(({ method, first }) =>
        method === 'virtual' && Node.isStringLiteral(first) ? [first.getLiteralValue()] : [],
      ),
    ]),
    changesJson: settings?.has('toJSON') === true || settings?.has('toObject') === true,
    collection: stringAt(settings?.get('collection')),
  };
  const strange = uses.find(({ method, isAboutPath }) => !HARMLESS.has(method) && !isAboutPath);
  try {
    if (settings === undefined) throw new CannotMigrate('the options of its schema are in a variable');
    if (
      settings.has('discriminatorKey') ||
      settings.has('strict') ||
      settings.has('minimize') ||
      settings.has('strictQuery')
    )
      throw new CannotMigrate(
        'its schema has an option (discriminatorKey, strict, strictQuery or minimize) that changes what is stored',
      );
    if (strange !== undefined)
      throw new CannotMigrate(
        strange.method === 'plugin'
          ? 'its schema has a plugin, which may change any call'
          : `its schema is changed by ${strange.method}()`,
      );
    const paths = definition === undefined ? [] : readPaths(definition, index);
    return { ...base, paths, refusal: undefined };
  } catch (thrown) {
    if (!(thrown instanceof CannotMigrate)) throw thrown;
    return { ...base, paths: [], refusal: thrown.message };
  }
}

function readPaths(definition: Node, index: NameIndex): readonly SchemaPath[] {
  const [object, ...others] = objectsBehind(definition, index);
  if (object === undefined || others.length > 0) throw new CannotMigrate('its schema is not a literal');
  return entriesOf(object).flatMap((entry) => {
    if (entry.key !== undefined) return [readPath(entry.key, entry, index)];
    if (Node.isSpreadAssignment(entry.node)) return readPaths(entry.value, index);
    throw new CannotMigrate('a field of its schema has a computed name');
  });
}

function readPath(name: string, { value }: Pick<ObjectEntry, 'value'>, index: NameIndex): SchemaPath {
  const written = bare(value);
  if (Node.isArrayLiteralExpression(written)) {
    const [element] = written.getElements();
    if (element === undefined) return { ...PLAIN_PATH, name, type: 'unknown', bson: 'unknown', depth: 1 };
    const inner = readPath(name, { value: element }, index);
    return {
      ...inner,
      depth: inner.depth + 1,
      isRequired: false,
      default: undefined,
      isSubdocument: inner.children !== undefined,
      hasId: inner.children !== undefined && (inner.hasId || isNested(element)),
    };
  }
  const [schema] = schemasBehind(written, index);
  if (schema !== undefined) return ofSchema(name, schema, index);
  const object = Node.isIdentifier(written) ? objectsBehind(written, index)[0] : written;
  if (!Node.isObjectLiteralExpression(object)) return { ...PLAIN_PATH, name, ...scalarType(written) };
  const type = entryOf(object, 'type');
  if (type === undefined || isTypeField(type))
    return object.getProperties().length === 0
      ? { ...PLAIN_PATH, name, type: 'unknown', bson: 'unknown' }
      : { ...PLAIN_PATH, name, type: '', bson: '', children: readPaths(object, index) };
  return withRules(readPath(name, { value: type }, index), object, index);
}

/** `{ type: { type: String } }` has a field named `type`. */
function isTypeField(type: Node): boolean {
  const written = bare(type);
  return Node.isObjectLiteralExpression(written) && entryOf(written, 'type') !== undefined;
}

function isNested(element: Node): boolean {
  const written = bare(element);
  return Node.isObjectLiteralExpression(written) && !isOff(entryOf(written, '_id'));
}

function ofSchema(name: string, schema: Node, index: NameIndex): SchemaPath {
  const facts = readSchema(schema, index);
  if (facts.refusal !== undefined) throw new CannotMigrate(facts.refusal);
  if (facts.hooks.length > 0) throw new CannotMigrate(`the schema of its '${name}' has hooks`);
  if (facts.created !== undefined || facts.updated !== undefined)
    throw new CannotMigrate(`the schema of its '${name}' has its own timestamps`);
  const [, given] = Node.isNewExpression(schema) ? schema.getArguments() : [];
  const hasId = !isOff(given === undefined ? undefined : optionsBehind(given, index)?.get('_id'));
  return { ...PLAIN_PATH, name, type: '', bson: '', children: facts.paths, isSubdocument: true, hasId };
}

function withRules(path: SchemaPath, object: ObjectLiteralExpression, index: NameIndex): SchemaPath {
  const entries = entriesOf(object);
  if (entries.some(({ key }) => key === undefined))
    throw new CannotMigrate(`the rules of '${path.name}' in its schema are spread in`);
  const has = (name: string) => entries.some(({ key, value }) => key === name && !isOff(value));
  const of = entryOf(object, 'of');
  const required = entryOf(object, 'required');
  const literals = enumOf(entryOf(object, 'enum'), index);
  return {
    ...path,
    type: literals ?? (path.type === ENDS.map && of !== undefined ? `Record<string, ${typeOfMap(of)}>` : path.type),
    isRequired: required !== undefined && isAlways(required),
    default: entryOf(object, 'default'),
    changes: CHANGES.filter(has),
    functions: entries.flatMap(({ key }) => (key !== undefined && FUNCTIONS.has(key) && has(key) ? [key] : [])),
    validators: [
      ...entries.flatMap(({ key }) => (key !== undefined && VALIDATORS.has(key) ? [key] : [])),
      ...(literals === undefined && has('enum') ? ['enum'] : []),
      ...(required !== undefined && !isAlways(required) && !isOff(required) ? ['required'] : []),
    ],
    ref: stringAt(entryOf(object, 'ref')),
    isHidden: isOff(entryOf(object, 'select')),
  };
}

function typeOfMap(of: Node): string {
  const written = bare(of);
  return Node.isIdentifier(written) || Node.isPropertyAccessExpression(written) ? scalarType(written).type : 'unknown';
}

/** `true` or `[true, 'a message']`. */
function isAlways(node: Node): boolean {
  const written = bare(node);
  if (Node.isArrayLiteralExpression(written)) return written.getElements()[0]?.getText() === 'true';
  return written.getText() === 'true' || Node.isStringLiteral(written);
}

function isOff(node: Node | undefined): boolean {
  return node !== undefined && /^(?:false|0)$/.test(bare(node).getText());
}

/** The type of a list of strings: `'draft' | 'public'`. */
function enumOf(node: Node | undefined, index: NameIndex): string | undefined {
  const written = node === undefined ? undefined : bare(node);
  const list = Node.isObjectLiteralExpression(written) ? entryOf(written, 'values') : written;
  const elements = list === undefined ? undefined : listBehind(bare(list), index);
  const words = elements
    ?.map((element) => bare(element))
    .map((element) => (Node.isStringLiteral(element) ? element.getLiteralValue() : undefined));
  if (words === undefined || words.length === 0 || words.includes(undefined)) return undefined;
  return words.map((word) => `'${String(word).replaceAll("'", String.raw`\'`)}'`).join(' | ');
}

function listBehind(node: Node, index: NameIndex): readonly Node[] | undefined {
  if (Node.isArrayLiteralExpression(node)) return node.getElements();
  const [found, ...others] = Tracer.of<Node>(index, (one) =>
    Node.isArrayLiteralExpression(one) ? [one] : undefined,
  ).trace(node);
  return Node.isArrayLiteralExpression(found) && others.length === 0 ? found.getElements() : undefined;
}

function optionsBehind(node: Node, index: NameIndex): ReadonlyMap<string, Node> | undefined {
  const [object] = objectsBehind(node, index);
  if (object === undefined) return undefined;
  return new Map(entriesOf(object).flatMap(({ key, value }) => (key === undefined ? [] : [[key, value] as const])));
}

function stampsOf(node: Node | undefined): Pick<SchemaFacts, 'created' | 'updated'> {
  const written = node === undefined ? undefined : bare(node);
  if (written === undefined || isOff(written)) return { created: undefined, updated: undefined };
  const named = (key: string) => {
    const value = Node.isObjectLiteralExpression(written) ? entryOf(written, key) : undefined;
    return value === undefined || value.getText() === 'true'
      ? key
      : isOff(value)
        ? undefined
        : (stringAt(value) ?? key);
  };
  return { created: named('createdAt'), updated: named('updatedAt') };
}

function versionKeyOf(node: Node | undefined): string | undefined {
  return isOff(node) ? undefined : (stringAt(node) ?? '__v');
}

function stringAt(node: Node | undefined): string | undefined {
  const [text, ...others] = node === undefined ? [] : stringsByType(bare(node));
  return others.length === 0 ? text : undefined;
}

interface SchemaUse {
  readonly method: string;
  readonly first: Node | undefined;
  readonly options: Node | undefined;
  /** `schema.path('name').validate(…)`. */
  readonly isAboutPath: boolean;
}

/** The methods that are called on a schema, anywhere in the project. */
function usesOf(made: Node, index: NameIndex): readonly SchemaUse[] {
  const names = [
    'pre',
    'post',
    'plugin',
    'virtual',
    'add',
    'set',
    'loadClass',
    'discriminator',
    'remove',
    'omit',
    'pick',
    'clone',
    'queue',
    'path',
  ];
  return names.flatMap((name) =>
    (index.calls.get(name) ?? []).flatMap((call): readonly SchemaUse[] => {
      const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
      if (!Node.isCallExpression(call) || !Node.isPropertyAccessExpression(callee)) return [];
      if (!schemasBehind(callee.getExpression(), index).includes(made)) return [];
      const [first, options] = call.getArguments();
      return [{ method: name, first, options, isAboutPath: false }];
    }),
  );
}

/** `pre('deleteOne', { document: true, query: false }, …)` runs only for documents. */
function isOfDocuments(options: Node | undefined): boolean {
  return Node.isObjectLiteralExpression(options) && isOff(entryOf(options, 'query'));
}

function hookNames(first: Node | undefined): readonly string[] {
  const written = first === undefined ? undefined : bare(first);
  if (Node.isStringLiteral(written)) return [written.getLiteralValue()];
  if (Node.isArrayLiteralExpression(written)) return written.getElements().flatMap((element) => hookNames(element));
  return [Node.isRegularExpressionLiteral(written) ? written.getText() : '/./'];
}

function namesIn(node: Node | undefined): readonly string[] {
  const written = node === undefined ? undefined : bare(node);
  return Node.isObjectLiteralExpression(written) ? entriesOf(written).flatMap(({ key }) => key ?? []) : [];
}
