import type { AggregationCursor, Collection, FindCursor } from 'mongodb';

import { driftAt } from '../errors/drift.ts';
import type {
  AggregatePlan,
  BulkPlan,
  CountPlan,
  DistinctPlan,
  EstimatePlan,
  ExistsPlan,
  FindAndModifyPlan,
  FindPlan,
  InsertPlan,
  PagePlan,
  Plan,
  WritePlan,
} from '../plan/plan.ts';
import type { MaybePromise } from '../plan/update/maybe-promise.ts';
import { exposeElement } from '../results/expose.ts';
import { assertMaySend } from './assert-may-send.ts';
import { assertSearchIndex, searches } from './assert-search-index.ts';
import { driverOptions } from './driver-options.ts';
import { decodeOptionsOf } from '../results/bson/decode-options.ts';
import { JsonBuffer } from '../results/json/json-buffer.ts';
import { jsonReader, type JsonTarget } from '../results/json/json-reader.ts';
import { provedJson, type ProvedJson } from '../results/json/proved-json.ts';
import { pageReader, type PageEnd } from '../results/page-reader.ts';
import { readResult, resultReader, type ResultReader } from '../results/result-reader.ts';
import type { DocumentSource } from './document-source.ts';
import { bulkWrite, findAndModify, insert, write } from './execute-write.ts';
import { storedPath } from '../view/path-tree.ts';
import { markValues } from '../results/mark-result.ts';
import { inTurn } from './in-turn.ts';
import { callError } from './call-error.ts';
import { assertPrototypeIsClean, assertPrototypeStayedClean } from './prototype-guard.ts';
import { reportBroadcast } from './report-broadcast.ts';
import { callTarget, cursorTarget, type CallTarget, type Target } from './target.ts';
import { withRegExps } from '../results/with-reg-exps.ts';
import type { Emitted } from '../plan/emit.ts';
import { RawSource, type CursorPlan } from './raw-source.ts';

/** A plan with a single answer: all except those with a cursor. */
type AnswerPlan =
  | FindPlan<'findOne'>
  | FindPlan<'findOneJson'>
  | ExistsPlan
  | CountPlan
  | EstimatePlan
  | DistinctPlan
  | InsertPlan
  | WritePlan
  | FindAndModifyPlan
  | BulkPlan;

/**
 * Sends an authorised plan, or a promise of one, and checks the answer against it. Only this function and `openCursor` call the
 * driver.
 */
export function execute(
  target: Target,
  plan: MaybePromise<FindPlan<'findOne'> | FindAndModifyPlan>,
): Promise<object | null>;
export function execute(target: Target, plan: FindPlan<'findOneJson'>): Promise<ProvedJson | null>;
export function execute(target: Target, plan: ExistsPlan): Promise<boolean>;
export function execute(target: Target, plan: CountPlan | EstimatePlan): Promise<number>;
export function execute(target: Target, plan: DistinctPlan): Promise<readonly unknown[]>;
export function execute(target: Target, plan: MaybePromise<InsertPlan | WritePlan | BulkPlan>): Promise<object>;
export function execute(
  target: Target,
  plan: MaybePromise<InsertPlan | WritePlan | FindAndModifyPlan | BulkPlan>,
): Promise<object | null>;
export function execute(target: Target, later: MaybePromise<AnswerPlan>): Promise<unknown> {
  return inTurn(target, later, async (plan) => {
    const to = callTarget(target, plan);
    try {
      reportBroadcast(to, plan);
      const before = beforeSending(to, plan);
      if (before !== undefined) await before();
      return await answer(to, plan);
    } finally {
      to.signal.release();
    }
  });
}

/**
 * What has to be done before a plan is sent, or `undefined`: the program's hook runs, and the index of a text search is checked. The
 * prototypes are checked again afterwards, because other code may have run.
 */
function beforeSending(target: CallTarget, plan: Plan): (() => Promise<void>) | undefined {
  const { onRead } = target;
  const isSearch = searches(plan);
  if (onRead === undefined && !isSearch) return undefined;
  return async () => {
    await onRead?.(plan);
    assertPrototypeIsClean(plan);
    if (!isSearch) return;
    await assertSearchIndex(target, plan);
    assertPrototypeIsClean(plan);
  };
}

async function answer(target: CallTarget, plan: AnswerPlan): Promise<unknown> {
  try {
    const found = await send(target, plan);
    assertPrototypeStayedClean(plan);
    return found;
  } catch (error) {
    throw callError(error, target, plan);
  }
}

function send(target: CallTarget, plan: AnswerPlan): Promise<unknown> {
  switch (plan.operation) {
    case 'findOne':
      return findOne(target, plan);
    case 'findOneJson':
      return findOneJson(target, plan);
    case 'exists':
      return exists(target, plan);
    case 'countDocuments':
      return target.collection.countDocuments(plan.filter, driverOptions(target, plan));
    case 'estimatedDocumentCount':
      return plan.filter === undefined
        ? target.collection.estimatedDocumentCount(driverOptions(target, plan))
        : target.collection.countDocuments(plan.filter, driverOptions(target, plan));
    case 'distinct':
      return distinct(target, plan);
    case 'insertOne':
    case 'insertMany':
      return insert(target, plan);
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne':
    case 'deleteOne':
    case 'deleteMany':
      return write(target, plan);
    case 'findOneAndUpdate':
    case 'findOneAndReplace':
    case 'findOneAndDelete':
      return findAndModify(target, plan);
    case 'bulkWrite':
      return bulkWrite(target, plan);
  }
}

/** Opens a cursor for an authorised plan. Nothing is sent before the first read. */
export function openCursor(target: Target, plan: FindPlan | AggregatePlan): DocumentSource {
  const to = cursorTarget(target, plan);
  return afterwards(
    openSource(to, plan, (collection) => resultReader(collection, plan, to.ids)),
    beforeSending(to, plan),
  );
}

/** The same for documents that are written as JSON. */
export function openJson(target: Target, plan: FindPlan | AggregatePlan, json: JsonTarget): DocumentSource<true> {
  const to = cursorTarget(target, plan);
  const source = openSource(to, plan, (collection) => jsonReader(collection, plan, json, to.ids));
  return afterwards(source, beforeSending(to, plan));
}

/** The same for a page. It also finds where the page ends. */
export function openPage(target: Target, plan: PagePlan, end: PageEnd): DocumentSource {
  const to = cursorTarget(target, plan);
  const source = openSource(to, plan, (collection) => pageReader(collection, plan, end, to.ids));
  return afterwards(source, beforeSending(to, plan));
}

function openSource<T extends object | true>(
  target: CallTarget,
  plan: CursorPlan,
  readerFor: (collection: Collection, plan: CursorPlan) => ResultReader<T>,
): DocumentSource<T> {
  assertMaySend(target, plan);
  reportBroadcast(target, plan);
  const reader = readerFor(target.collection, plan);
  try {
    const cursor = plan.operation === 'aggregate' ? openAggregate(target, plan) : openFind(target, plan);
    return new RawSource(cursor, target, plan, reader);
  } catch (error) {
    throw callError(error, target, plan);
  }
}

async function findOne(target: CallTarget, plan: FindPlan<'findOne'>): Promise<object | null> {
  const { projection, sort } = plan;
  const reader = resultReader(target.collection, plan, target.ids);
  const document = await firstDocument(target, plan, { projection, sort, raw: true });
  return document === null ? null : readResult(document, reader);
}

/** The first matching document as JSON, or `null`. */
async function findOneJson(target: CallTarget, plan: FindPlan<'findOneJson'>): Promise<ProvedJson | null> {
  const { projection, sort, ejson } = plan;
  const out = new JsonBuffer();
  const reader = jsonReader(target.collection, plan, { out, format: 'single', ejson }, target.ids);
  const document = await firstDocument(target, plan, { projection, sort, raw: true });
  if (document === null) return null;
  readResult(document, reader);
  return provedJson(out.finish());
}

async function exists(target: CallTarget, plan: ExistsPlan): Promise<boolean> {
  return (await firstDocument(target, plan, { projection: { _id: 1 } })) !== null;
}

/** The driver decodes these values. It throws for a regular expression that JavaScript rejects, so it decodes them as `BSONRegExp`. */
async function distinct(target: CallTarget, plan: DistinctPlan): Promise<readonly unknown[]> {
  const { leaf, filter, operation, view } = plan;
  // This throws, before anything is sent, if the driver could not decode the values.
  const { bsonRegExp } = decodeOptionsOf(target.collection, plan);
  const found: readonly unknown[] = await target.collection.distinct(
    storedPath(leaf),
    filter,
    driverOptions(target, plan),
  );
  const values = bsonRegExp ? found : found.map(withRegExps);
  const onDrift = driftAt(operation, view);
  return markValues(
    values.map((value) => exposeElement(value, leaf, onDrift, target.ids)),
    plan,
  );
}

/** The first matching document, or `null`. It does the same as the driver's `findOne()`, which would copy the options once more. */
async function firstDocument(
  target: CallTarget,
  plan: Plan & { readonly filter: Emitted },
  planned: object,
): Promise<object | null> {
  const options = driverOptions(target, plan, planned);
  options['limit'] = 1;
  options['singleBatch'] = true;
  const cursor = target.collection.find(plan.filter, options);
  const document: object | null = await cursor.next();
  // With a single batch the server has ended the cursor, and the driver closes it.
  if (!cursor.closed) await cursor.close();
  return document;
}

/** A source that does something before the first read. If that fails, every read fails and the plan is not sent. */
function afterwards<T>(source: DocumentSource<T>, before: (() => Promise<void>) | undefined): DocumentSource<T> {
  if (before === undefined) return source;
  let done: Promise<void> | undefined;
  const once = (): Promise<void> => (done ??= before());
  return Object.freeze({
    get hasFailed() {
      return source.hasFailed;
    },
    take: () => source.take(),
    fetch: async () => {
      await once();
      return await source.fetch();
    },
    rest: async () => {
      await once();
      return await source.rest();
    },
    close: () => source.close(),
  });
}

/** Opens a driver's cursor for a `find`. With a limit, the first batch has all documents. */
function openFind(target: CallTarget, plan: FindPlan | PagePlan): FindCursor {
  const { filter, projection, sort, options } = plan;
  const batchSize = options['batchSize'] ?? options['limit'];
  return target.collection.find(filter, driverOptions(target, plan, { projection, sort, batchSize, raw: true }));
}

/** Opens a driver's cursor for an aggregation. */
function openAggregate(target: CallTarget, plan: AggregatePlan): AggregationCursor {
  const raw = { raw: true, documentsReturnedIn: 'firstBatch' };
  return target.collection.aggregate([...plan.pipeline], driverOptions(target, plan, raw));
}
