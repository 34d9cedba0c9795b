import { bare, entriesOf, Node } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { isSimple, kindsOf, maybeUndefined } from '../sources/values.ts';
import { entryText, objectOf, presentEntry } from '../sources/write-object.ts';
import { objectAt } from './read-arguments.ts';
import { fieldNamed } from './schema-facts.ts';
import type { PrismaField } from './schema-facts.ts';
import { listText, valueText } from './value-text.ts';

/** One field that is written: its stored name, its value, and the operator that writes it. */
export interface WrittenField {
  readonly field: PrismaField;
  readonly operator: '$set' | '$unset' | '$inc' | '$mul' | '$push';
  readonly value: string;
  /** The value that has to be defined for it to be written; nothing if it is always written. */
  readonly tested: string | undefined;
}

/** Reads the `data` of a call, by the fields of the model. */
export function writtenFields(
  node: Node,
  fields: readonly PrismaField[],
  isCreate: boolean,
  index: NameIndex,
): readonly WrittenField[] {
  const written = bare(node);
  if (Node.isIdentifier(written) && !isLiteralBehind(written, index)) return ofVariable(written, fields);
  const object = objectAt(node, 'the data', index);
  const entries = entriesOf(object);
  if (entries.length !== object.getProperties().length) throw new CannotMigrate('the data has a method or an accessor');
  return entries.flatMap((entry) => {
    if (entry.key !== undefined) return fieldOf(entry, fields, isCreate);
    const spread = bare(entry.value);
    if (Node.isSpreadAssignment(entry.node) && isSimple(spread)) return ofVariable(spread, fields);
    throw new CannotMigrate('the data spreads an expression: name its fields here');
  });
}

function isLiteralBehind(node: Node, index: NameIndex): boolean {
  try {
    objectAt(node, '', index);
    return true;
  } catch (thrown) {
    if (thrown instanceof CannotMigrate) return false;
    throw thrown;
  }
}

/** A variable whose type has named properties is written field by field. */
function ofVariable(node: Node, fields: readonly PrismaField[]): readonly WrittenField[] {
  const type = node.getType();
  const properties = type.getProperties();
  if (!type.isObject() || properties.length === 0 || type.getStringIndexType() !== undefined || type.isArray())
    throw new CannotMigrate('the data is in a variable, whose type does not name its fields: name them here');
  return properties.map((property) => {
    const name = property.getName();
    const field = fieldNamed(fields, name);
    const own = property.getTypeAtLocation(node);
    const members = own.isUnion() ? own.getUnionTypes() : [own];
    const isPlain = members.every(
      (one) =>
        one.isUndefined() ||
        one.isNull() ||
        one.isString() ||
        one.isStringLiteral() ||
        one.isNumber() ||
        one.isBoolean() ||
        one.isBooleanLiteral() ||
        one.getSymbol()?.getName() === 'Date',
    );
    const isStrings = own.isArray() && own.getArrayElementType()?.isString() === true;
    if (
      field === undefined ||
      field.kind === 'relation' ||
      field.kind === 'composite' ||
      (field.isList ? !isStrings : !isPlain) ||
      (field.isObjectId && members.some((one) => one.isNull()))
    )
      throw new CannotMigrate(
        `the data is in a variable, and its '${name}' is not a plain field of the model: name its fields here`,
      );
    const text = `${node.getText()}.${name}`;
    const value = !field.isObjectId
      ? text
      : field.isList
        ? `${text}.map((id) => new ObjectId(id))`
        : `new ObjectId(${text})`;
    const isMissing = property.isOptional() || members.some((one) => one.isUndefined());
    return { field, operator: '$set', value, tested: isMissing ? text : undefined };
  });
}

function fieldOf(
  { key = '', value }: ObjectEntry,
  fields: readonly PrismaField[],
  isCreate: boolean,
): readonly WrittenField[] {
  const field = fieldNamed(fields, key);
  if (field === undefined) throw new CannotMigrate(`the data names '${key}', which the model does not have`);
  const node = bare(value);
  if (field.kind === 'relation') return [connected(node, field, fields)];
  if (field.kind === 'composite') return [composite(node, field, isCreate)];
  const write = (operator: WrittenField['operator'], text: string, from: Node = value): WrittenField => {
    const isMissing = maybeUndefined(from);
    if (isMissing && !isSimple(bare(from)))
      throw new CannotMigrate(`'${key}' may be undefined: Prisma leaves it out then`);
    return { field, operator, value: text, tested: isMissing ? bare(from).getText() : undefined };
  };
  if (field.type === 'Json') {
    if (node.getText() === 'null' || /Prisma\./.test(node.getText()))
      throw new CannotMigrate(`'${key}' has a null of Prisma's`);
    return [write('$set', node.getText())];
  }
  if (Node.isObjectLiteralExpression(node)) return operatorFields(node, field, write);
  if (field.isList) return [write('$set', listText(value, field))];
  if (kindsOf(value).has('other') && !field.isObjectId && field.kind !== 'enum')
    throw new CannotMigrate(`'${key}' is written with an object that is in a variable`);
  return [write('$set', valueText(value, field))];
}

type Write = (operator: WrittenField['operator'], text: string, from?: Node) => WrittenField;

function operatorFields(node: Node, field: PrismaField, write: Write): readonly WrittenField[] {
  const [entry, ...more] = Node.isObjectLiteralExpression(node) ? entriesOf(node) : [];
  if (entry?.key === undefined || more.length > 0)
    throw new CannotMigrate(`what is written to '${field.name}' has more than one operator`);
  const { key, value } = entry;
  const text = bare(value).getText();
  if (key === 'set') return [write('$set', field.isList ? listText(value, field) : valueText(value, field), value)];
  if (key === 'unset' && text === 'true') return [write('$unset', `''`, value)];
  if (key === 'push' && field.isList) {
    const isList = Node.isArrayLiteralExpression(bare(value)) || value.getType().isArray();
    return [write('$push', isList ? `{ $each: ${listText(value, field)} }` : valueText(value, field), value)];
  }
  if (field.isOptional)
    throw new CannotMigrate(`'${field.name}' is optional: Prisma leaves null as it is where MongoDB counts from 0`);
  if (key === 'increment') return [write('$inc', text, value)];
  if (key === 'decrement') return [write('$inc', /^[\w.]+$/.test(text) ? `-${text}` : `-(${text})`, value)];
  if (key === 'multiply') return [write('$mul', text, value)];
  throw new CannotMigrate(`'${key}' of '${field.name}' has no counterpart`);
}

/** `author: { connect: { id } }` stores the id. */
function connected(node: Node, field: PrismaField, fields: readonly PrismaField[]): WrittenField {
  const key = field.foreignKey === undefined ? undefined : fieldNamed(fields, field.foreignKey);
  const [entry, ...more] = Node.isObjectLiteralExpression(node) ? entriesOf(node) : [];
  const target = entry?.key === 'connect' && more.length === 0 ? bare(entry.value) : undefined;
  const [id, ...others] = Node.isObjectLiteralExpression(target) ? entriesOf(target) : [];
  if (key === undefined || id?.key !== 'id' || others.length > 0 || maybeUndefined(id.value))
    throw new CannotMigrate(`the data writes to the relation '${field.name}': write the other record by itself`);
  return { field: key, operator: '$set', value: valueText(id.value, key), tested: undefined };
}

function composite(node: Node, field: PrismaField, isCreate: boolean): WrittenField {
  const inner = Node.isObjectLiteralExpression(node) ? entriesOf(node).find(({ key }) => key === 'set') : undefined;
  const whole = inner === undefined ? node : bare(inner.value);
  const parts =
    field.isList && Node.isArrayLiteralExpression(whole)
      ? whole.getElements().map((element) => bare(element))
      : [whole];
  const isWritten =
    parts.every(Node.isObjectLiteralExpression) && (!field.isList || Node.isArrayLiteralExpression(whole));
  const isUpdate =
    !isCreate &&
    inner === undefined &&
    Node.isObjectLiteralExpression(node) &&
    entriesOf(node).some(({ key }) =>
      ['update', 'upsert', 'unset', 'push', 'updateMany', 'deleteMany'].includes(key ?? ''),
    );
  if (!isWritten || isUpdate)
    throw new CannotMigrate(`the composite '${field.name}' is not written out whole: write it here`);
  const texts = parts.map((part) => {
    const written = entriesOf(part).flatMap((entry) => {
      if (entry.key === undefined) throw new CannotMigrate(`the composite '${field.name}' spreads a variable`);
      return fieldOf(entry, field.children, true);
    });
    return objectOf([...entriesText(written), ...defaultsText(field.children, written)]);
  });
  return {
    field,
    operator: '$set',
    value: field.isList ? `[${texts.join(', ')}]` : (texts[0] ?? '{}'),
    tested: undefined,
  };
}

/** Fields as entries of an object; those that may be undefined are added only if they are defined. */
export function entriesText(written: readonly WrittenField[]): readonly string[] {
  return written.map(({ field, value, tested }) =>
    tested === undefined ? entryText(field.stored, value) : presentEntry(field.stored, value, tested),
  );
}

/** The default values of Prisma in a new document. */
export function defaultsText(fields: readonly PrismaField[], written: readonly WrittenField[]): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind === 'relation' || written.some((one) => one.field === field)) return [];
    if (field.isUpdatedAt) return [entryText(field.stored, 'new Date()')];
    if (field.default === undefined) return field.isList ? [entryText(field.stored, '[]')] : [];
    if (field.default.kind === 'auto') return [];
    if (field.default.kind === 'computed')
      throw new CannotMigrate(`Prisma computes the default of '${field.name}' (${field.default.text})`);
    return [entryText(field.stored, field.default.text)];
  });
}

/** A new document. */
export function documentText(node: Node, fields: readonly PrismaField[], index: NameIndex): string {
  const written = writtenFields(node, fields, true, index);
  const withDefault = written.find(
    ({ field, tested }) => tested !== undefined && (field.default !== undefined || field.isUpdatedAt),
  );
  if (withDefault !== undefined) {
    const { field } = withDefault;
    if (field.default?.kind !== 'text')
      throw new CannotMigrate(`'${field.name}' may be undefined, and Prisma computes its default`);
  }
  const filled = written.map((one) =>
    one.tested === undefined || one.field.default === undefined
      ? one
      : { ...one, value: `${one.tested} === undefined ? ${one.field.default.text} : ${one.value}`, tested: undefined },
  );
  if (filled.some(({ operator }) => operator !== '$set'))
    throw new CannotMigrate('the data of a new record has an operator');
  return objectOf([...entriesText(filled), ...defaultsText(fields, filled)]);
}

/** An update by operators, with `@updatedAt`. */
export function updateText(node: Node, fields: readonly PrismaField[], index: NameIndex): string {
  const written = writtenFields(node, fields, false, index);
  const stamps = fields
    .filter((field) => field.isUpdatedAt && !written.some((one) => one.field === field))
    .map((field) => entryText(field.stored, 'new Date()'));
  const operators = [...new Set(['$set' as const, ...written.map(({ operator }) => operator)])];
  return objectOf(
    operators.flatMap((operator) => {
      const entries = [
        ...entriesText(written.filter((one) => one.operator === operator)),
        ...(operator === '$set' ? stamps : []),
      ];
      return entries.length === 0 ? [] : [`${operator}: ${objectOf(entries)}`];
    }),
  );
}
