import { bare, entriesOf, functionAround, Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { keyOf } from '../init/write-interface.ts';
import { COLLECTION } from '../sources/source.ts';
import type { SourceImport, Translation } from '../sources/source.ts';
import { isUnused } from '../sources/value-use.ts';
import { objectOf } from '../sources/write-object.ts';
import { answer, numberOption, oneOf, options, projection, sortText } from './call-parts.ts';
import type { Answer, Given, PrismaCall } from './call-parts.ts';
import { argumentsOf } from './read-arguments.ts';
import type { PrismaModel } from './schema-facts.ts';
import { documentText, entriesText, updateText, writtenFields, defaultsText } from './translate-data.ts';
import type { WrittenField } from './translate-data.ts';
import { translateWhere } from './translate-where.ts';
import { valueText } from './value-text.ts';

type Translate = (call: PrismaCall, given: Given) => Written;
interface Written {
  readonly text: string;
  readonly mark?: string | undefined;
}

const SELECT = ['select', 'omit', 'include'];
const READ = [...SELECT, 'where', 'orderBy', 'take', 'skip'];

const CALLS: Readonly<Record<string, readonly [known: readonly string[], translate: Translate]>> = {
  findUnique: [[...SELECT, 'where'], (call, given) => findOne(call, given, false)],
  findUniqueOrThrow: [[...SELECT, 'where'], (call, given) => findOne(call, given, true)],
  findFirst: [READ, (call, given) => findOne(call, given, false)],
  findFirstOrThrow: [READ, (call, given) => findOne(call, given, true)],
  findMany: [READ, findMany],
  count: [['where', 'take', 'skip'], count],
  create: [[...SELECT, 'data'], create],
  createMany: [['data'], createMany],
  update: [[...SELECT, 'where', 'data'], update],
  updateMany: [['where', 'data'], updateMany],
  upsert: [[...SELECT, 'where', 'create', 'update'], upsert],
  delete: [[...SELECT, 'where'], remove],
  deleteMany: [['where'], removeMany],
};

const REASONS: Readonly<Record<string, string>> = {
  aggregate: 'write it with aggregate() of the library and $group',
  groupBy: 'write it with aggregate() of the library and $group',
  findRaw: 'nothing checks a raw command',
  aggregateRaw: 'nothing checks a raw command',
  createManyAndReturn: 'the library returns only the ids of new documents',
};

export const CLIENT_METHODS = new Set([...Object.keys(CALLS), ...Object.keys(REASONS)]);

/** Translates one call to the driver's API. Throws `CannotMigrate` with the reason. */
export function translateCall(call: PrismaCall): Translation {
  const [known, translate] = CALLS[call.method] ?? [];
  if (known === undefined || translate === undefined)
    throw new CannotMigrate(REASONS[call.method] ?? `${call.method}() has no counterpart`);
  if (call.node.getArguments().length > 1) throw new CannotMigrate('it has more than one argument');
  checkCatch(call.node);
  const { text, mark } = translate(call, argumentsOf(call.node.getArguments()[0], known, call.index));
  const imports: SourceImport[] = [];
  if (/\bnew ObjectId\(/.test(text)) imports.push('ObjectId');
  if (/\bmissing\(\)/.test(text)) imports.push('missing');
  if (/\basPattern\(/.test(text)) imports.push('asPattern');
  return { text, imports: new Set(imports), mark };
}

/** A `catch` that checks Prisma's codes would not recognise the library's errors. */
function checkCatch(node: Node): void {
  for (
    let at = node.getFirstAncestor(Node.isTryStatement);
    at !== undefined;
    at = at.getFirstAncestor(Node.isTryStatement)
  ) {
    if (functionAround(at) !== functionAround(node)) return;
    if (/PrismaClientKnownRequestError|['"]P20\d\d['"]/.test(at.getCatchClause()?.getText() ?? ''))
      throw new CannotMigrate(
        'the catch around it looks at errors of Prisma: the library has DuplicateKeyError and others',
      );
  }
}

/** The record that a write returns. */
function written(one: PrismaCall, given: Given): Answer {
  if (given.has('include'))
    throw new CannotMigrate('it includes another model in what a write returns: read the record after it');
  return answer(one, given);
}

function where({ model, index }: PrismaCall, given: Given): string {
  return translateWhere(given.get('where'), model.fields, index);
}

function driverCall(method: string, filter: string, ...others: readonly string[]): string {
  return `${COLLECTION}.${method}(${[filter, ...others].join(', ')})`;
}

function findOne(one: PrismaCall, given: Given, isThere: boolean): Written {
  const found = answer(one, given);
  if (given.has('take')) throw new CannotMigrate('take on one record means nothing');
  const own = [projection(found), sortText(given.get('orderBy'), one.model), numberOption('skip', given.get('skip'))];
  const text =
    found.populate === undefined
      ? driverCall('findOne', where(one, given), ...options(own))
      : `${driverCall('find', where(one, given), ...options([...own, 'limit: 1', found.populate]))}.toArray().then((list) => list[0] ?? null)`;
  return { text: oneOf(text, found, isThere), mark: found.mark };
}

function findMany(one: PrismaCall, given: Given): Written {
  const found = answer(one, given);
  const text = `${driverCall('find', where(one, given), ...options([projection(found), sortText(given.get('orderBy'), one.model), numberOption('skip', given.get('skip')), numberOption('limit', given.get('take')), found.populate]))}.toArray()`;
  const { record } = found;
  const name = one.model.client === 'found' ? 'one' : one.model.client;
  return {
    text: record === undefined ? text : `${text}.then((found) => found.map((${name}) => (${record(name)})))`,
    mark: found.mark,
  };
}

function count(one: PrismaCall, given: Given): Written {
  return {
    text: driverCall(
      'countDocuments',
      where(one, given),
      ...options([numberOption('skip', given.get('skip')), numberOption('limit', given.get('take'))]),
    ),
  };
}

function dataOf(given: Given, name = 'data'): Node {
  const data = given.get(name);
  if (data === undefined) throw new CannotMigrate(`it has no ${name}`);
  return data;
}

function create(one: PrismaCall, given: Given): Written {
  const insert = driverCall('insertOne', documentText(dataOf(given), one.model.fields, one.index));
  if (isUnused(one.node)) return { text: insert };
  const found = written(one, given);
  const read = driverCall('findOne', '{ _id: insertedId }', ...options([projection(found)]));
  return { text: oneOf(`${insert}.then(({ insertedId }) => ${read})`, found, true), mark: found.mark };
}

function createMany({ node, model, index }: PrismaCall, given: Given): Written {
  const data = bare(dataOf(given));
  if (!Node.isArrayLiteralExpression(data))
    throw new CannotMigrate('the records are in a variable: write their fields here');
  const text = driverCall(
    'insertMany',
    `[${data
      .getElements()
      .map((element) => documentText(element, model.fields, index))
      .join(', ')}]`,
  );
  return { text: isUnused(node) ? text : `${text}.then(({ insertedCount }) => ({ count: insertedCount }))` };
}

function update(one: PrismaCall, given: Given): Written {
  const changes = updateText(dataOf(given), one.model.fields, one.index);
  if (isUnused(one.node))
    return {
      text: `${driverCall('updateOne', where(one, given), changes)}.then(({ matchedCount }) => (matchedCount === 0 ? missing() : undefined))`,
    };
  const found = written(one, given);
  const text = driverCall(
    'findOneAndUpdate',
    where(one, given),
    changes,
    ...options([projection(found), `returnDocument: 'after'`]),
  );
  return { text: oneOf(text, found, true), mark: found.mark };
}

function updateMany(one: PrismaCall, given: Given): Written {
  const text = driverCall('updateMany', where(one, given), updateText(dataOf(given), one.model.fields, one.index));
  return { text: isUnused(one.node) ? text : `${text}.then(({ matchedCount }) => ({ count: matchedCount }))` };
}

function remove(one: PrismaCall, given: Given): Written {
  checkGuard(one.model);
  if (isUnused(one.node))
    return {
      text: `${driverCall('deleteOne', where(one, given))}.then(({ deletedCount }) => (deletedCount === 0 ? missing() : undefined))`,
    };
  const found = written(one, given);
  return {
    text: oneOf(driverCall('findOneAndDelete', where(one, given), ...options([projection(found)])), found, true),
    mark: found.mark,
  };
}

function removeMany(one: PrismaCall, given: Given): Written {
  checkGuard(one.model);
  const text = driverCall('deleteMany', where(one, given));
  return { text: isUnused(one.node) ? text : `${text}.then(({ deletedCount }) => ({ count: deletedCount }))` };
}

function checkGuard({ guarded }: PrismaModel): void {
  if (guarded !== undefined)
    throw new CannotMigrate(
      `Prisma looks after the relation that ${guarded} has to it (onDelete): delete or check those records too`,
    );
}

/** MongoDB applies `$set` to a new document too, so both parts have to agree. */
function upsert(one: PrismaCall, given: Given): Written {
  const { model, index } = one;
  const created = writtenFields(dataOf(given, 'create'), model.fields, true, index);
  const updated = writtenFields(dataOf(given, 'update'), model.fields, false, index);
  const isSame = updated.every(
    ({ field, operator, value, tested }) =>
      operator === '$set' &&
      tested === undefined &&
      created.some((other) => other.field === field && other.value === value && other.tested === undefined),
  );
  if (!isSame) throw new CannotMigrate('the upsert writes other values to a new record than to one that is there');
  const inserted = created.filter(({ field }) => !updated.some((other) => other.field === field));
  const stamps = model.fields.filter((field) => field.isUpdatedAt).map((field) => `${keyOf(field.stored)}: new Date()`);
  const set = [...entriesText(updated), ...stamps];
  const onInsert = [
    ...entriesText(inserted),
    ...defaultsText(
      model.fields.filter((field) => !field.isUpdatedAt),
      created,
    ),
  ];
  const changes = objectOf([
    ...(set.length === 0 ? [] : [`$set: ${objectOf(set)}`]),
    ...(onInsert.length === 0 ? [] : [`$setOnInsert: ${objectOf(onInsert)}`]),
  ]);
  checkFilter(given.get('where'), created);
  if (isUnused(one.node)) return { text: driverCall('updateOne', where(one, given), changes, '{ upsert: true }') };
  const found = written(one, given);
  const text = driverCall(
    'findOneAndUpdate',
    where(one, given),
    changes,
    ...options([projection(found), 'upsert: true', `returnDocument: 'after'`]),
  );
  return { text: oneOf(text, found, true), mark: found.mark };
}

/** The server stores what the filter names, so the new record has to have the same. */
function checkFilter(filter: Node | undefined, created: readonly WrittenField[]): void {
  const object = filter === undefined ? undefined : bare(filter);
  const entries = Node.isObjectLiteralExpression(object) ? entriesOf(object) : [];
  const isSame = entries.every(({ key, value }) =>
    created.some(
      (one) => one.field.name === key && one.tested === undefined && one.value === valueText(value, one.field),
    ),
  );
  if (entries.length === 0 || !isSame)
    throw new CannotMigrate('the upsert finds by what its new record does not have: the server would store it too');
}
