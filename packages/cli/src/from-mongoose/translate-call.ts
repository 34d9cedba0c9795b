import { bare, Node } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { COLLECTION } from '../sources/source.ts';
import type { SourceImport, Translation } from '../sources/source.ts';
import { isConditionOnly, isUnused } from '../sources/value-use.ts';
import { objectOf } from '../sources/write-object.ts';
import { checkDocument, checkHooks } from './check-call.ts';
import type { Model, Models } from './find-models.ts';
import { populateText } from './populate.ts';
import { projectionOf } from './selected-fields.ts';
import type { QueryChain } from './query-chain.ts';
import { optionEntries, readQuery } from './read-query.ts';
import type { QueryParts } from './read-query.ts';
import { mappedLiteral, translateDocument } from './translate-document.ts';
import { idFilter, translateFilter } from './translate-filter.ts';
import { translateUpdate } from './translate-update.ts';
import { filteredValues } from './upsert-defaults.ts';

export interface MongooseCall {
  readonly method: string;
  readonly arguments: readonly Node[];
  readonly chain: QueryChain;
  readonly model: Model;
  readonly models: Pick<Models, 'named'>;
}

type Translate = (call: MongooseCall, index: NameIndex) => string;

const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  find: translateFind,
  findOne: (call, index) => translateFindOne(call, translateFilter(call.arguments[0], call.model.schema, index), index),
  findById: (call, index) => translateFindOne(call, idFilter(call.arguments[0], call.model.schema), index),
  findOneAndUpdate: (call, index) =>
    findAndUpdate(call, translateFilter(call.arguments[0], call.model.schema, index), index),
  findByIdAndUpdate: (call, index) => findAndUpdate(call, idFilter(call.arguments[0], call.model.schema), index),
  findOneAndDelete: (call, index) =>
    findAndDelete(call, translateFilter(call.arguments[0], call.model.schema, index), index),
  findByIdAndDelete: (call, index) => findAndDelete(call, idFilter(call.arguments[0], call.model.schema), index),
  updateOne: translateWrite,
  updateMany: translateWrite,
  deleteOne: translateDelete,
  deleteMany: translateDelete,
  countDocuments: translateCount,
  estimatedDocumentCount: (call) => plain(call, `${COLLECTION}.estimatedDocumentCount()`),
  exists: translateExists,
  distinct: translateDistinct,
  create: translateCreate,
  insertMany: translateInsertMany,
  aggregate: translateAggregate,
};

const REASONS: Readonly<Record<string, string>> = {
  bulkWrite: 'Mongoose casts and stamps each model of a bulk: write it with bulkWrite() of the library',
  findOneAndReplace: 'a replacement of the library keeps the private fields: write it by hand, or use $set',
  replaceOne: 'a replacement of the library keeps the private fields: write it by hand, or use $set',
  where: 'the query is built step by step: write its filter in find()',
  watch: 'a change stream of Mongoose differs from the driver’s',
  populate: 'populate() of documents that are there: read the other collection by itself, or use findPopulated()',
};

/** The methods of a model that are migrated. */
export const MODEL_METHODS = new Set([...Object.keys(TRANSLATIONS), ...Object.keys(REASONS)]);

/** Translates one call to the driver's API. Throws `CannotMigrate` with the reason. */
export function translateCall(call: MongooseCall, index: NameIndex): Translation {
  const { schema } = call.model;
  if (schema.refusal !== undefined) throw new CannotMigrate(schema.refusal);
  const translate = TRANSLATIONS[call.method];
  if (translate === undefined) throw new CannotMigrate(REASONS[call.method] ?? `${call.method}() has no counterpart`);
  checkHooks(call.method, schema);
  const text = translate(call, index);
  const imports: SourceImport[] = [];
  if (/\bnew ObjectId\(/.test(text)) imports.push('ObjectId');
  if (/\bmissing\(\)/.test(text)) imports.push('missing');
  return { text, imports: new Set(imports) };
}

function optionsText(entries: readonly (string | undefined)[]): string {
  const given = entries.filter((entry) => entry !== undefined);
  return given.length === 0 ? '' : `, ${objectOf(given)}`;
}

function named(name: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${name}: ${text}`;
}

function translateFind(call: MongooseCall, index: NameIndex): string {
  const [filter, fields, options] = call.arguments;
  const query = readQuery(call.chain.parts, fields, options, ['populate']);
  checkDocument(call, query.isLean, index);
  const { sort, skip, limit, others, isCursor } = query;
  const own = [
    named('projection', projectionOf(query, call, index)),
    named('sort', sort),
    named('skip', skip),
    named('limit', limit),
    ...others,
  ];
  const start = `${COLLECTION}.find(${translateFilter(filter, call.model.schema, index)}`;
  const populate = populateText(call, index);
  if (populate !== undefined)
    return `${start}${optionsText([...own, ...chainedOptions(query), `populate: ${populate}`])})${isCursor ? '' : '.toArray()'}`;
  const chain = query.chained.map((part) => `${part.space}${part.text}`).join('');
  const end = isCursor ? '' : `${query.chained.at(-1)?.space ?? ''}.toArray()`;
  return `${start}${optionsText(own)})${chain}${end}`;
}

/** The calls on a query as options. */
function chainedOptions({ chained }: QueryParts): readonly string[] {
  return chained.flatMap(({ text }) => {
    const [, name, value] = /^\.(\w+)\((.*)\)$/s.exec(text) ?? [];
    return name === undefined || value === undefined ? [] : [`${name}: ${value}`];
  });
}

/** For one document, the sort and similar calls become options. */
function singleOptions(query: QueryParts, call: MongooseCall, index: NameIndex): readonly (string | undefined)[] {
  const { sort, skip, others } = query;
  const parts = chainedOptions(query);
  if (parts.some((text) => text.startsWith('limit:')))
    throw new CannotMigrate('limit() on one document has no meaning');
  return [
    named('projection', projectionOf(query, call, index)),
    named('sort', sort),
    named('skip', skip),
    ...others,
    ...parts,
  ];
}

function translateFindOne(call: MongooseCall, filter: string, index: NameIndex): string {
  const query = readQuery(call.chain.parts, call.arguments[1], call.arguments[2], ['populate']);
  checkDocument(call, query.isLean, index);
  const populate = populateText(call, index);
  if (populate === undefined)
    return `${COLLECTION}.findOne(${filter}${optionsText(singleOptions(query, call, index))})`;
  const text = optionsText([...singleOptions(query, call, index), 'limit: 1', `populate: ${populate}`]);
  return `${COLLECTION}.find(${filter}${text}).toArray().then((list) => list[0] ?? null)`;
}

const RETURNS = ['new', 'returnDocument', 'returnOriginal', 'upsert', 'arrayFilters', 'runValidators'];

function findAndUpdate(call: MongooseCall, filter: string, index: NameIndex): string {
  const given = optionEntries(call.arguments[2], RETURNS);
  const query = readQuery(call.chain.parts, given.get('projection') ?? given.get('select'), undefined);
  const isLean = query.isLean || given.get('lean')?.getText() === 'true';
  if (!isUnused(call.chain.end)) checkDocument(call, isLean, index);
  const isAfter =
    given.get('new')?.getText() === 'true' ||
    given.get('returnOriginal')?.getText() === 'false' ||
    /^['"]after['"]$/.test(given.get('returnDocument')?.getText() ?? '');
  const isUpsert = isOn(given.get('upsert'), 'upsert');
  const update = translateUpdate(call.arguments[1], call.model.schema, {
    isUpsert,
    isValidated: isOn(given.get('runValidators'), 'runValidators'),
    filtered: filteredValues(call.method.startsWith('findById') ? undefined : call.arguments[0], call.model.schema),
  });
  const text = optionsText([
    ...singleOptions(query, call, index),
    isUpsert ? 'upsert: true' : undefined,
    named('sort', given.get('sort')?.getText()),
    named('arrayFilters', given.get('arrayFilters')?.getText()),
    isAfter ? "returnDocument: 'after'" : undefined,
  ]);
  // An upsert that returns the document after the change always returns one.
  const isThere = isUpsert && isAfter && !isUnused(call.chain.end);
  return `${COLLECTION}.findOneAndUpdate(${filter}, ${update}${text})${isThere ? '.then((stored) => stored ?? missing())' : ''}`;
}

function isOn(node: Node | undefined, name: string): boolean {
  if (node === undefined || node.getText() === 'false') return false;
  if (node.getText() === 'true') return true;
  throw new CannotMigrate(`whether '${name}' is on is computed`);
}

function findAndDelete(call: MongooseCall, filter: string, index: NameIndex): string {
  const query = readQuery(call.chain.parts, undefined, call.arguments[1]);
  if (!isUnused(call.chain.end)) checkDocument(call, query.isLean, index);
  return `${COLLECTION}.findOneAndDelete(${filter}${optionsText(singleOptions(query, call, index))})`;
}

function translateWrite(call: MongooseCall, index: NameIndex): string {
  const { schema } = call.model;
  const given = optionEntries(call.arguments[2], ['upsert', 'arrayFilters', 'runValidators']);
  const isUpsert = isOn(given.get('upsert'), 'upsert');
  const update = translateUpdate(call.arguments[1], schema, {
    isUpsert,
    isValidated: isOn(given.get('runValidators'), 'runValidators'),
    filtered: filteredValues(call.method.startsWith('findById') ? undefined : call.arguments[0], call.model.schema),
  });
  const text = optionsText([
    isUpsert ? 'upsert: true' : undefined,
    named('arrayFilters', given.get('arrayFilters')?.getText()),
  ]);
  return plain(
    call,
    `${COLLECTION}.${call.method}(${translateFilter(call.arguments[0], schema, index)}, ${update}${text})`,
  );
}

/** Only `exec()` and `lean()` may follow. */
function plain({ chain }: MongooseCall, text: string): string {
  const other = chain.parts.find(({ method }) => method !== 'exec' && method !== 'lean');
  if (other !== undefined) throw new CannotMigrate(`${other.method}() after it has no counterpart`);
  return text;
}

function translateDelete(call: MongooseCall, index: NameIndex): string {
  optionEntries(call.arguments[1]);
  return plain(call, `${COLLECTION}.${call.method}(${translateFilter(call.arguments[0], call.model.schema, index)})`);
}

function translateCount(call: MongooseCall, index: NameIndex): string {
  const given = optionEntries(call.arguments[1]);
  const text = optionsText([...given].map(([name, value]) => `${name}: ${value.getText()}`));
  return plain(
    call,
    `${COLLECTION}.countDocuments(${translateFilter(call.arguments[0], call.model.schema, index)}${text})`,
  );
}

function translateExists(call: MongooseCall, index: NameIndex): string {
  if (!isConditionOnly(call.chain.end))
    throw new CannotMigrate('the code uses what exists() returns: it is only true or false in the library');
  const filter = translateFilter(call.arguments[0], call.model.schema, index);
  return plain(call, `${COLLECTION}.countDocuments(${filter}, { limit: 1 }).then((count) => count > 0)`);
}

function translateDistinct(call: MongooseCall, index: NameIndex): string {
  const [key, filter] = call.arguments;
  if (!Node.isStringLiteral(key)) throw new CannotMigrate('the key of distinct() is not written out');
  const rest = filter === undefined ? '' : `, ${translateFilter(filter, call.model.schema, index)}`;
  return plain(call, `${COLLECTION}.distinct(${key.getText()}${rest})`);
}

function translateAggregate(call: MongooseCall): string {
  const other = call.chain.parts.find(({ method }) => method !== 'exec');
  if (other !== undefined)
    throw new CannotMigrate(`the pipeline is built step by step, with ${other.method}(): write its stages here`);
  if (call.arguments.length > 1) throw new CannotMigrate('aggregate() has options');
  return `${COLLECTION}.aggregate(${call.arguments[0]?.getText() ?? '[]'}).toArray()`;
}

function translateCreate(call: MongooseCall, index: NameIndex): string {
  const [given, second, ...more] = call.arguments;
  if (more.length > 0) throw new CannotMigrate('create() gets several documents: give it a list');
  const document = given === undefined ? undefined : bare(given);
  if (Node.isArrayLiteralExpression(document)) {
    optionEntries(second, ['ordered']);
    return insertMany(call, document);
  }
  if (second !== undefined) throw new CannotMigrate('create() gets several documents: give it a list');
  const insert = `${COLLECTION}.insertOne(${translateDocument(document, call.model.schema)})`;
  if (isUnused(call.chain.end)) return insert;
  checkDocument(call, false, index);
  return `${insert}.then(({ insertedId }) => ${COLLECTION}.findOne({ _id: insertedId })).then((created) => created ?? missing())`;
}

function translateInsertMany(call: MongooseCall): string {
  const given = optionEntries(call.arguments[1], ['ordered']);
  return insertMany(call, call.arguments[0], optionsText([named('ordered', given.get('ordered')?.getText())]));
}

function insertMany({ model, chain }: MongooseCall, list: Node | undefined, text = ''): string {
  if (!isUnused(chain.end)) throw new CannotMigrate('the code uses the new documents: the library returns their ids');
  const documents = list === undefined ? undefined : bare(list);
  if (Node.isArrayLiteralExpression(documents))
    return `${COLLECTION}.insertMany([${documents
      .getElements()
      .map((one) => translateDocument(one, model.schema))
      .join(', ')}]${text})`;
  const mapped = documents === undefined ? undefined : mappedLiteral(documents);
  if (documents === undefined || mapped === undefined)
    throw new CannotMigrate(
      'the documents are in a variable, and Mongoose adds defaults to them: write their fields here',
    );
  const at = mapped.getStart() - documents.getStart();
  const whole = documents.getText();
  return `${COLLECTION}.insertMany(${whole.slice(0, at)}${translateDocument(mapped, model.schema)}${whole.slice(at + mapped.getText().length)}${text})`;
}
