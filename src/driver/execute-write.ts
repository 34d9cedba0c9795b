import { BSON, ReadPreference, type AnyBulkWriteOperation, type Document } from 'mongodb';

import { quote } from '../errors/quote.ts';
import { VersionConflictError } from '../errors/version-conflict-error.ts';
import { ownScalar } from '../input/own-scalar.ts';
import type { Emitted } from '../plan/emit.ts';
import { emit, emptyDocument } from '../plan/emit.ts';
import type { BulkPlan, FindAndModifyPlan, InsertPlan, WritePlan } from '../plan/plan.ts';
import type { DeleteModel, UpdateModel, WriteModel } from '../plan/update/write-model.ts';
import { readResult, resultReader } from '../results/result-reader.ts';
import { driverOptions } from './driver-options.ts';
import { assertPrototypeIsClean, assertPrototypeStayedClean } from './prototype-guard.ts';
import type { CallTarget } from './target.ts';

/** Stores the documents of a plan. Returns their ids, and the documents in the plan's shape if it has one. */
export async function insert(target: CallTarget, plan: InsertPlan): Promise<object> {
  const { operation, models, shape } = plan;
  const documents = models.map(({ document }) => document);
  const reader = shape && resultReader(target.collection, { ...plan, shape }, target.ids);
  const ids =
    operation === 'insertOne'
      ? await insertOne(target, plan, documents[0] ?? emptyDocument())
      : await insertMany(target, plan, documents);
  if (reader === undefined) return ids;
  // They are read as they are stored, so that the results are those of a find(). The BSON serializer looks for `toBSON` on prototypes.
  assertPrototypeStayedClean(plan);
  const shown = documents.map((document) => readResult(BSON.serialize(document), reader));
  return operation === 'insertOne' ? { ...ids, document: shown[0] } : { ...ids, documents: shown };
}

async function insertOne(target: CallTarget, plan: InsertPlan, document: Emitted): Promise<object> {
  const { acknowledged, insertedId } = await target.collection.insertOne(document, driverOptions(target, plan));
  return { acknowledged, insertedId: ownScalar(insertedId) };
}

async function insertMany(target: CallTarget, plan: InsertPlan, documents: readonly Emitted[]): Promise<object> {
  await connectFirst(target, plan);
  const { acknowledged, insertedCount, insertedIds } = await target.collection.insertMany(
    documents,
    driverOptions(target, plan),
  );
  return { acknowledged, insertedCount, insertedIds: ownIds(insertedIds) };
}

/** Updates or deletes documents. */
export function write(target: CallTarget, plan: WritePlan): Promise<object> {
  const { model } = plan;
  return isUpdate(model) ? update(target, plan, model) : remove(target, plan, model);
}

async function update(target: CallTarget, plan: WritePlan, model: UpdateModel): Promise<object> {
  const options = driverOptions(target, plan, arrayFiltersOf(model));
  const result = await target.collection[model.kind](model.filter, model.update, options);
  const { acknowledged, matchedCount, modifiedCount, upsertedCount, upsertedId } = result;
  if (matchedCount === 0) await assertNoConflict(target, plan);
  const counts = model.tellsModified ? { matchedCount, modifiedCount } : { matchedCount };
  return { acknowledged, ...counts, upsertedCount, upsertedId: ownScalar(upsertedId) };
}

async function remove(target: CallTarget, plan: WritePlan, model: DeleteModel): Promise<object> {
  const { acknowledged, deletedCount } = await target.collection[model.kind](model.filter, driverOptions(target, plan));
  if (deletedCount === 0) await assertNoConflict(target, plan);
  return { acknowledged, deletedCount };
}

/**
 * Updates or deletes one document and returns it in the plan's shape. The document is returned as raw bytes. With `raw` the driver
 * would also leave the parts of an error raw, such as the fields of an index; with `fieldsAsRaw` it decodes errors as usual
 * (driver 7.9, Connection.sendCommand).
 */
export async function findAndModify(target: CallTarget, plan: FindAndModifyPlan): Promise<object | null> {
  const { model, projection, sort, tellsUpserted } = plan;
  const reader = resultReader(target.collection, plan, target.ids);
  const options = driverOptions(target, plan, {
    projection,
    sort,
    includeResultMetadata: tellsUpserted,
    raw: true,
    documentsReturnedIn: 'value',
  });
  const answer: object | null = isUpdate(model)
    ? await target.collection.findOneAndUpdate(
        model.filter,
        model.update,
        Object.assign(options, arrayFiltersOf(model)),
      )
    : await target.collection.findOneAndDelete(model.filter, options);
  const document = tellsUpserted ? (answer as RawModifyResult).value : answer;
  if (document === null && !plan.options['upsert']) await assertNoConflict(target, plan);
  const value = document === null ? null : readResult(document, reader);
  return tellsUpserted ? { value, upserted: isUpserted(answer as RawModifyResult) } : value;
}

/** The driver's answer with metadata. With `raw`, all its documents are bytes. */
interface RawModifyResult {
  readonly value: object | null;
  readonly lastErrorObject: Uint8Array;
}

/** Whether the server created a document. Its `upserted` is the `_id` of that document, which may be private. */
function isUpserted({ lastErrorObject }: RawModifyResult): boolean {
  return Object.hasOwn(BSON.deserialize(lastErrorObject, { bsonRegExp: true }), 'upserted');
}

/** Sends several writes as one command. */
export async function bulkWrite(target: CallTarget, plan: BulkPlan): Promise<object> {
  const operations = plan.models.map(bulkOperation);
  await connectFirst(target, plan);
  const result = await target.collection.bulkWrite(operations, driverOptions(target, plan));
  const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds, insertedIds } = result;
  const tellsModified = plan.models.every((model) => !isUpdate(model) || model.tellsModified);
  return {
    insertedCount,
    matchedCount,
    ...(tellsModified ? { modifiedCount } : {}),
    deletedCount,
    upsertedCount,
    upsertedIds: ownIds(upsertedIds),
    insertedIds: ownIds(insertedIds),
  };
}

/**
 * Connects the client before a bulk. The driver serializes the parts of a bulk when they are added, and keeps the bytes (driver 7.9). If
 * it is not connected, it adds them later, after the check of the prototypes.
 */
async function connectFirst({ collection }: CallTarget, plan: InsertPlan | BulkPlan): Promise<void> {
  const { client } = collection.db;
  const { topology, s } = client as ClientInternals;
  // `connect()` would reopen a client that the program has closed.
  if (topology !== undefined || s?.hasBeenClosed === true) return;
  await client.connect();
  assertPrototypeIsClean(plan);
}

/** Private fields of the driver's client (drivers 6.22 to 7.9). */
interface ClientInternals {
  readonly topology?: unknown;
  readonly s?: { readonly hasBeenClosed?: unknown };
}

function isUpdate(model: WriteModel): model is UpdateModel {
  return model.kind === 'updateOne' || model.kind === 'updateMany';
}

function arrayFiltersOf({ arrayFilters }: UpdateModel): { readonly arrayFilters?: Document[] } {
  return arrayFilters.length === 0 ? {} : { arrayFilters: [...arrayFilters] };
}

/** The driver looks for the keys with `in`, so the operation has no prototype. */
function bulkOperation(model: WriteModel & { readonly collation?: Emitted }): AnyBulkWriteOperation {
  if (model.kind === 'insertOne')
    return emit('insertOne', emit('document', model.document)) as unknown as AnyBulkWriteOperation;
  const body = Object.assign(
    emit('filter', model.filter),
    model.collation === undefined ? {} : { collation: model.collation },
  );
  if (isUpdate(model)) Object.assign(body, { update: model.update, upsert: model.upsert, ...arrayFiltersOf(model) });
  return emit(model.kind, body) as unknown as AnyBulkWriteOperation;
}

/** The ids by index. */
function ownIds(ids: Readonly<Record<number, unknown>>): object {
  return Object.fromEntries(Object.entries(ids).map(([place, id]) => [place, ownScalar(id)]));
}

/** Throws a version conflict if the filter matches a document of another version. */
async function assertNoConflict(target: CallTarget, plan: WritePlan | FindAndModifyPlan): Promise<void> {
  const { model, operation, view } = plan;
  if (model.unversioned === undefined) return;
  // The collection may be set to read from secondaries, which may have an older version.
  const readPreference = ReadPreference.primary;
  const options = driverOptions(target, plan, { projection: { _id: 1 }, sort: undefined, readPreference }, 'findOne');
  const other = await target.collection.findOne(model.unversioned, options);
  if (other === null) return;
  throw new VersionConflictError(
    `${operation}() on ${quote(view)} failed: the document changed since you read it (version conflict). Reload it and retry.`,
    { operation, view },
  );
}
