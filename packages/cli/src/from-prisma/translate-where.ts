import { bare, entriesOf, Node } from '../project/index.ts';
import type { NameIndex, ObjectEntry, ObjectLiteralExpression } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { isSimple, kindsOf, maybeNull, maybeUndefined } from '../sources/values.ts';
import { entryText, objectOf, presentEntry } from '../sources/write-object.ts';
import { objectAt } from './read-arguments.ts';
import { fieldNamed } from './schema-facts.ts';
import type { PrismaField } from './schema-facts.ts';
import { textFilter } from './text-filter.ts';
import { listText, valueText } from './value-text.ts';

/** A `where` as the driver's filter. Conditions with another meaning there are refused. */
export function translateWhere(node: Node | undefined, fields: readonly PrismaField[], index: NameIndex): string {
  return node === undefined
    ? '{}'
    : whereText(objectAt(node, 'the filter', index), { fields, prefix: '', isInside: false, index });
}

interface Place {
  readonly fields: readonly PrismaField[];
  readonly prefix: string;
  /** Whether it is in AND, OR or NOT, where an undefined value would change the meaning. */
  readonly isInside: boolean;
  readonly index: NameIndex;
}

function whereText(object: ObjectLiteralExpression, place: Place): string {
  const entries = entriesOf(object);
  if (entries.length !== object.getProperties().length)
    throw new CannotMigrate('the filter has a method or an accessor');
  return objectOf(entries.flatMap((entry) => entryTexts(entry, place)));
}

function entryTexts({ key, value }: ObjectEntry, place: Place): readonly string[] {
  if (key === undefined) return [spreadText(bare(value), place)];
  if (key === 'AND' || key === 'OR' || key === 'NOT') return logicalTexts(key, bare(value), place);
  const field = fieldNamed(place.fields, key);
  if (field === undefined) return compoundTexts(key, bare(value), place);
  if (field.kind === 'relation')
    throw new CannotMigrate(
      `the filter asks for '${key}', which is a relation: read it by itself, or join it with $lookup`,
    );
  const path = `${place.prefix}${field.stored}`;
  const text = operandText(value, field, path, place);
  if (typeof text !== 'string') return text;
  if (!maybeUndefined(value)) return [entryText(path, text)];
  if (place.isInside || !isSimple(bare(value)))
    throw new CannotMigrate(`'${key}' of the filter may be undefined: build the filter without it`);
  return [presentEntry(path, text, bare(value).getText())];
}

/** `...(name ? { name } : {})`. */
function spreadText(node: Node, place: Place): string {
  if (place.isInside) throw new CannotMigrate('a filter inside of AND, OR or NOT spreads something');
  if (Node.isConditionalExpression(node))
    return `...(${node.getCondition().getText()} ? ${branch(node.getWhenTrue(), place)} : ${branch(node.getWhenFalse(), place)})`;
  if (Node.isBinaryExpression(node) && node.getOperatorToken().getText() === '&&')
    return `...(${node.getLeft().getText()} ? ${branch(node.getRight(), place)} : {})`;
  throw new CannotMigrate('the filter spreads a variable: name its fields here');
}

function branch(node: Node, place: Place): string {
  const object = bare(node);
  if (!Node.isObjectLiteralExpression(object))
    throw new CannotMigrate('the filter spreads a variable: name its fields here');
  return whereText(object, place);
}

function logicalTexts(key: 'AND' | 'OR' | 'NOT', node: Node, place: Place): readonly string[] {
  const parts = Node.isArrayLiteralExpression(node) ? node.getElements().map((element) => bare(element)) : [node];
  if (parts.length === 0 || !parts.every(Node.isObjectLiteralExpression))
    throw new CannotMigrate(`the filters of ${key} are in a variable, or there is none`);
  if (key === 'NOT' && parts.some((part) => !isSafeToNegate(part, place.fields)))
    throw new CannotMigrate('NOT on an optional field: a missing field does not match in Prisma, and does in MongoDB');
  if (place.prefix !== '') throw new CannotMigrate(`${key} inside of a composite`);
  const texts = parts.map((part) => whereText(part, { ...place, isInside: true }));
  return [`${key === 'AND' ? '$and' : key === 'OR' ? '$or' : '$nor'}: [${texts.join(', ')}]`];
}

/** Fields that are always present: only for them a negation has the same meaning. */
function isSafeToNegate(object: ObjectLiteralExpression, fields: readonly PrismaField[]): boolean {
  return entriesOf(object).every(({ key }) => {
    const field = key === undefined ? undefined : fieldNamed(fields, key);
    return (
      field !== undefined && !field.isOptional && !field.isList && (field.kind === 'scalar' || field.kind === 'enum')
    );
  });
}

/** `{ author_title: { author, title } }` of `@@unique([author, title])`. */
function compoundTexts(key: string, node: Node, place: Place): readonly string[] {
  if (Node.isObjectLiteralExpression(node) && key.includes('_')) {
    const entries = entriesOf(node);
    if (entries.every((entry) => entry.key !== undefined && fieldNamed(place.fields, entry.key) !== undefined))
      return entries.flatMap((entry) => entryTexts(entry, place));
  }
  throw new CannotMigrate(`the filter names '${key}', which the model does not have`);
}

function operandText(value: Node, field: PrismaField, path: string, place: Place): string | readonly string[] {
  const node = bare(value);
  if (node.getText() === 'null') return nullText(field);
  if (Node.isObjectLiteralExpression(node)) {
    if (field.kind === 'composite') return compositeTexts(node, field, path, place);
    return field.isList ? listOperators(node, field) : operatorsText(node, field);
  }
  if (field.isList || field.kind === 'composite' || field.type === 'Json')
    throw new CannotMigrate(`'${field.name}' is compared as a whole`);
  checkValue(value, field);
  return valueText(value, field);
}

function checkValue(value: Node, field: PrismaField): void {
  if (maybeNull(value))
    throw new CannotMigrate(
      `'${field.name}' may be compared with null, which a missing field does not match in Prisma, and does in MongoDB`,
    );
  const kinds = kindsOf(value);
  if (kinds.has('other') && !(field.isObjectId && kinds.has('objectId')))
    throw new CannotMigrate(`'${field.name}' is compared with an object that is in a variable`);
}

/** In Prisma `null` matches a stored null, but not a missing field. */
function nullText(field: PrismaField): string {
  if (!field.isOptional) throw new CannotMigrate(`'${field.name}' can’t be null`);
  return `{ $type: 'null' }`;
}

function compositeTexts(
  node: ObjectLiteralExpression,
  field: PrismaField,
  path: string,
  place: Place,
): readonly string[] {
  const [entry, ...more] = entriesOf(node);
  const inner = entry === undefined ? undefined : bare(entry.value);
  if (entry?.key === undefined || more.length > 0)
    throw new CannotMigrate(`'${field.name}' is compared as a whole: use is or some`);
  if (entry.key === 'isSet' && /^(?:true|false)$/.test(entry.value.getText()))
    return [entryText(path, `{ $exists: ${entry.value.getText()} }`)];
  if (!Node.isObjectLiteralExpression(inner) || entry.key !== (field.isList ? 'some' : 'is'))
    throw new CannotMigrate(`'${entry.key}' of the composite '${field.name}' has no counterpart`);
  if (field.isList)
    return [
      entryText(
        path,
        `{ $elemMatch: ${whereText(inner, { ...place, fields: field.children, prefix: '', isInside: true })} }`,
      ),
    ];
  return entriesOf(inner).flatMap((one) => entryTexts(one, { ...place, fields: field.children, prefix: `${path}.` }));
}

function listOperators(node: ObjectLiteralExpression, field: PrismaField): string {
  const [entry, ...more] = entriesOf(node);
  if (entry?.key === undefined || more.length > 0 || maybeUndefined(entry.value))
    throw new CannotMigrate(`the filter of the list '${field.name}' is not written out`);
  if (entry.key === 'has') {
    checkValue(entry.value, field);
    return valueText(entry.value, field);
  }
  if (entry.key === 'hasSome') return `{ $in: ${listText(entry.value, field)} }`;
  if (entry.key === 'hasEvery') return `{ $all: ${listText(entry.value, field)} }`;
  throw new CannotMigrate(`'${entry.key}' of the list '${field.name}' means something else for a missing list`);
}

const ORDER: Readonly<Record<string, string>> = { gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte' };

function operatorsText(node: ObjectLiteralExpression, field: PrismaField): string {
  const entries = entriesOf(node);
  const text = textFilter(entries, field);
  if (text !== undefined) return text;
  const [only] = entries;
  if (only?.key === 'equals' && entries.length === 1)
    return only.value.getText() === 'null' ? nullText(field) : plainText(only.value, field);
  return objectOf(entries.map(({ key, value }) => operatorText(key, value, field)));
}

function plainText(value: Node, field: PrismaField): string {
  defined(value, field);
  checkValue(value, field);
  return valueText(value, field);
}

function defined(value: Node, field: PrismaField): void {
  if (maybeUndefined(value))
    throw new CannotMigrate(`an operand of '${field.name}' may be undefined: build the filter without it`);
}

function operatorText(key: string | undefined, value: Node, field: PrismaField): string {
  const where = `'${field.name}' is optional: a missing field does not match '${key ?? ''}' in Prisma, and does in MongoDB`;
  if (key === 'in') {
    defined(value, field);
    if (field.isOptional && /\bnull\b/.test(value.getText())) throw new CannotMigrate(where);
    return `$in: ${listText(value, field)}`;
  }
  if (key === 'notIn' || key === 'not') {
    if (field.isOptional) throw new CannotMigrate(where);
    if (key === 'notIn') return `$nin: ${listText(value, field)}`;
    if (Node.isObjectLiteralExpression(bare(value)) || value.getText() === 'null')
      throw new CannotMigrate(`'not' of '${field.name}' has a filter of its own: write it with $nor`);
    return `$ne: ${plainText(value, field)}`;
  }
  if (key === 'isSet' && /^(?:true|false)$/.test(value.getText())) return `$exists: ${value.getText()}`;
  const operator = ORDER[key ?? ''];
  if (operator === undefined) throw new CannotMigrate(`'${key ?? '...'}' of '${field.name}' has no counterpart`);
  if (field.isOptional && (key === 'lt' || key === 'lte'))
    throw new CannotMigrate(`'${field.name}' is optional: null is less than any value in Prisma, and not in MongoDB`);
  return `${operator}: ${plainText(value, field)}`;
}
