import { getSchema } from '@mrleebo/prisma-ast';
import type { Attribute, Block, Enum, Field, Model } from '@mrleebo/prisma-ast';

import type { PrismaDefault, PrismaField, PrismaModel, PrismaSchema } from './schema-facts.ts';

/** Thrown for a schema that can't be migrated. The message is the reason. */
export class PrismaSchemaError extends Error {
  override readonly name = 'PrismaSchemaError';
}

type ArgumentValue = NonNullable<Attribute['args']>[number]['value'];

/** Reads a Prisma schema for MongoDB. */
export function readSchema(source: string): PrismaSchema {
  const { list } = parse(source);
  const provider = settingOf(list, 'provider');
  if (provider !== 'mongodb')
    throw new PrismaSchemaError(`The schema's datasource is ${provider ?? 'not there'}, and has to be mongodb.`);
  const models = list.filter((block) => block.type === 'model');
  return { models: models.map((model) => readModel(model, list, models)), address: addressOf(list) };
}

function parse(source: string) {
  try {
    return getSchema(source);
  } catch (thrown) {
    throw new PrismaSchemaError(
      `The schema can't be read: ${thrown instanceof Error ? thrown.message.split('\n', 1)[0] : 'it is not Prisma’s'}.`,
    );
  }
}

function settingOf(list: readonly Block[], key: string): string | undefined {
  const value = assignmentOf(list, key);
  return typeof value === 'string' ? unquoted(value) : undefined;
}

function assignmentOf(list: readonly Block[], key: string): unknown {
  const datasource = list.find((block) => block.type === 'datasource');
  const found = datasource?.assignments.find((one) => one.type === 'assignment' && one.key === key);
  return found?.type === 'assignment' ? found.value : undefined;
}

function addressOf(list: readonly Block[]): string {
  const url = assignmentOf(list, 'url');
  if (typeof url === 'string') return `process.env['DATABASE_URL']`;
  const [name] = isFunction(url) ? (url.params ?? []) : [];
  return `process.env['${typeof name === 'string' ? unquoted(name) : 'DATABASE_URL'}']`;
}

function isFunction(value: unknown): value is { readonly name: string; readonly params?: readonly unknown[] } {
  return typeof value === 'object' && value !== null && (value as { readonly type?: unknown }).type === 'function';
}

function unquoted(text: string): string {
  return text.replaceAll(/^"|"$/g, '');
}

function readModel(model: Model, list: readonly Block[], models: readonly Model[]): PrismaModel {
  const map = model.properties.find((one) => one.type === 'attribute' && one.name === 'map');
  const stored = map?.type === 'attribute' ? map.args?.[0]?.value : undefined;
  return {
    client: model.name.slice(0, 1).toLowerCase() + model.name.slice(1),
    name: model.name,
    collection: typeof stored === 'string' ? unquoted(stored) : model.name,
    fields: fieldsOf(model.properties, list),
    guarded: models.find((other) => keeps(other, model.name))?.name,
  };
}

/** Whether a model has a relation with a referential action on deletion, which Prisma emulates for MongoDB. */
function keeps(model: Model, other: string): boolean {
  return model.properties.some((field) => {
    if (field.type !== 'field' || field.fieldType !== other) return false;
    const relation = attributeOf(field, 'relation');
    return keyValue(relation, 'fields') !== undefined && keyValue(relation, 'onDelete') !== 'NoAction';
  });
}

function fieldsOf(properties: readonly unknown[], list: readonly Block[]): readonly PrismaField[] {
  return properties.filter(isField).map((field) => readField(field, list));
}

function isField(property: unknown): property is Field {
  return (property as { readonly type: string }).type === 'field';
}

function readField(field: Field, list: readonly Block[]): PrismaField {
  const type = typeof field.fieldType === 'string' ? field.fieldType : field.fieldType.name;
  const block = list.find((one) => 'name' in one && one.name === type && ['model', 'enum', 'type'].includes(one.type));
  const kind =
    block?.type === 'enum'
      ? 'enum'
      : block?.type === 'type'
        ? 'composite'
        : block?.type === 'model'
          ? 'relation'
          : 'scalar';
  const map = attributeOf(field, 'map')?.args?.[0]?.value;
  const fields = keyValue(attributeOf(field, 'relation'), 'fields');
  const references = keyValue(attributeOf(field, 'relation'), 'references');
  const [foreignKey] = isList(fields) ? fields.args : [];
  const [referenced] = isList(references) ? references.args : [];
  // A key that refers to another field than the id is not an id.
  const isById =
    block?.type === 'model' &&
    block.properties.some((one) => isField(one) && one.name === referenced && attributeOf(one, 'id') !== undefined);
  return {
    name: field.name,
    stored: typeof map === 'string' ? unquoted(map) : field.name,
    type,
    kind,
    isList: field.array === true,
    isOptional: field.optional === true,
    isObjectId: attributeOf(field, 'ObjectId')?.group === 'db',
    isUpdatedAt: attributeOf(field, 'updatedAt') !== undefined,
    default: defaultOf(attributeOf(field, 'default')?.args?.[0]?.value, kind),
    words: block?.type === 'enum' ? wordsOf(block) : undefined,
    children: block?.type === 'type' ? fieldsOf(block.properties, list) : [],
    foreignKey: typeof foreignKey === 'string' && isById ? foreignKey : undefined,
  };
}

function isList(value: unknown): value is { readonly args: readonly unknown[] } {
  return typeof value === 'object' && value !== null && Array.isArray((value as { readonly args?: unknown }).args);
}

function attributeOf(field: Field, name: string): Attribute | undefined {
  return field.attributes?.find((attribute) => attribute.name === name);
}

function keyValue(attribute: Attribute | undefined, key: string): unknown {
  const found = attribute?.args?.map(({ value }) => value).find((value) => isKeyValue(value) && value.key === key);
  return isKeyValue(found) ? found.value : undefined;
}

function isKeyValue(value: unknown): value is { readonly key: string; readonly value: unknown } {
  return typeof value === 'object' && value !== null && (value as { readonly type?: unknown }).type === 'keyValue';
}

function wordsOf(block: Enum): readonly string[] | undefined {
  const words = block.enumerators.filter((one) => one.type === 'enumerator');
  return words.some(({ attributes }) => attributes?.some(({ name }) => name === 'map') === true)
    ? undefined
    : words.map(({ name }) => name);
}

function defaultOf(value: ArgumentValue | undefined, kind: PrismaField['kind']): PrismaDefault | undefined {
  if (value === undefined) return undefined;
  if (isFunction(value)) {
    if (value.name === 'now') return { kind: 'text', text: 'new Date()' };
    return { kind: value.name === 'auto' ? 'auto' : 'computed', text: `${value.name}()` };
  }
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'text', text: String(value) };
  if (isList(value))
    return {
      kind: 'text',
      text: `[${value.args.map((one) => (kind === 'enum' ? JSON.stringify(one) : one)).join(', ')}]`,
    };
  if (typeof value !== 'string') return { kind: 'computed', text: 'a value' };
  return {
    kind: 'text',
    text: kind === 'enum' ? `'${value}'` : /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(value) ? value : quoted(value),
  };
}

function quoted(text: string): string {
  return `'${unquoted(text).replaceAll("'", String.raw`\'`)}'`;
}
