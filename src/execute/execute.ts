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
  WritePlan,
} from '../plan/plan.ts';
import type { Later } from '../plan/write/later.ts';
import { exposeElement } from '../view/expose.ts';
import { admit } from './admit.ts';
import { driverOptions } from './driver-options.ts';
import { announceSource } from './announce-source.ts';
import { callFailed } from './call-failed.ts';
import { decodeOptionsOf } from './decode/decode-options.ts';
import { readResult, resultReader } from './decode/result-reader.ts';
import type { DocumentSource } from './document-source.ts';
import { bulkWrite, findAndModify, insert, write } from './execute-write.ts';
import { firstDocument } from './first-document.ts';
import { handOutValues } from './hand-out.ts';
import { inTurn } from './in-turn.ts';
import { openAggregate, openFind } from './open-find.ts';
import type { Target } from './target.ts';

/** A plan with one answer: each but `find`, which has a cursor. */
type AnswerPlan =
  | FindPlan<'findOne'>
  | ExistsPlan
  | CountPlan
  | EstimatePlan
  | DistinctPlan
  | InsertPlan
  | WritePlan
  | FindAndModifyPlan
  | BulkPlan;

/**
 * Sends an authorised plan, or one that is on its way, and holds the answer to it. This and `openCursor` are the only doors to the
 * driver.
 */
export function execute(target: Target, plan: Later<FindPlan<'findOne'> | FindAndModifyPlan>): Promise<object | null>;
export function execute(target: Target, plan: ExistsPlan): Promise<boolean>;
export function execute(target: Target, plan: CountPlan | EstimatePlan): Promise<number>;
export function execute(target: Target, plan: DistinctPlan): Promise<readonly unknown[]>;
export function execute(target: Target, plan: Later<InsertPlan | WritePlan | BulkPlan>): Promise<object>;
export async function execute(target: Target, later: Later<AnswerPlan>): Promise<unknown> {
  return await inTurn(target, later, async (plan) => {
    if (target.announce !== undefined) await target.announce(plan);
    try {
      return await send(target, plan);
    } catch (error) {
      throw callFailed(error, plan, target);
    }
  });
}

function send(target: Target, plan: AnswerPlan): Promise<unknown> {
  switch (plan.operation) {
    case 'findOne':
      return findOne(target, plan);
    case 'exists':
      return exists(target, plan);
    case 'countDocuments':
      return target.collection.countDocuments(plan.filter, driverOptions(target, plan));
    case 'estimatedDocumentCount':
      return target.collection.estimatedDocumentCount(driverOptions(target, plan));
    case 'distinct':
      return distinct(target, plan);
    case 'insertOne':
    case 'insertMany':
      return insert(target, plan);
    case 'updateOne':
    case 'updateMany':
    case 'deleteOne':
    case 'deleteMany':
      return write(target, plan);
    case 'findOneAndUpdate':
    case 'findOneAndDelete':
      return findAndModify(target, plan);
    case 'bulkWrite':
      return bulkWrite(target, plan);
  }
}

/** Opens a cursor for an authorised plan; nothing is sent before it is first read. */
export function openCursor(target: Target, plan: FindPlan | AggregatePlan): DocumentSource {
  admit(target, plan);
  const { announce } = target;
  const source = plan.operation === 'aggregate' ? openAggregate(target, plan) : openFind(target, plan);
  return announce === undefined ? source : announceSource(source, () => announce(plan));
}

function findOne(target: Target, plan: FindPlan<'findOne'>): Promise<object | null> {
  const { projection, sort } = plan;
  const reader = resultReader(target, plan);
  return firstDocument(target, plan, { projection, sort, raw: true }, (document) => (document === null ? null : readResult(document, reader)));
}

function exists(target: Target, plan: ExistsPlan): Promise<boolean> {
  return firstDocument(target, plan, { projection: { _id: 1 } }, (document) => document !== null);
}

async function distinct(target: Target, plan: DistinctPlan): Promise<readonly unknown[]> {
  const { leaf, filter, operation, view } = plan;
  // The driver reads these values itself; where it could not, the call ends before it is sent.
  decodeOptionsOf(target.collection, plan);
  const values: readonly unknown[] = await target.collection.distinct(leaf.path, filter, driverOptions(target, plan));
  return handOutValues(values.map((value) => exposeElement(value, leaf, driftAt(operation, view))), plan);
}
