import type { Collection } from 'mongodb';

import { driftAt } from '../errors/drift.ts';
import {
  assertIssued,
  type AggregatePlan,
  type CountPlan,
  type DistinctPlan,
  type EstimatePlan,
  type ExistsPlan,
  type FindPlan,
  type Plan,
} from '../plan/plan.ts';
import { expose, exposeLeaf } from '../view/expose.ts';
import { driverOptions } from './driver-options.ts';
import { mapError } from './map-error.ts';
import { openAggregate, openFind, type DocumentSource } from './open-find.ts';
import { assertPrototypeIsClean } from './prototype-guard.ts';

/** A plan with one answer: each but `find`, which has a cursor. */
type AnswerPlan = FindPlan<'findOne'> | ExistsPlan | CountPlan | EstimatePlan | DistinctPlan;

/** Sends an authorised plan and holds the answer to it. This and `openCursor` are the only doors to the driver. */
export function execute(collection: Collection, plan: FindPlan<'findOne'>): Promise<object | null>;
export function execute(collection: Collection, plan: ExistsPlan): Promise<boolean>;
export function execute(collection: Collection, plan: CountPlan | EstimatePlan): Promise<number>;
export function execute(collection: Collection, plan: DistinctPlan): Promise<readonly unknown[]>;
export async function execute(collection: Collection, plan: AnswerPlan): Promise<unknown> {
  admit(plan);
  try {
    return await send(collection, plan);
  } catch (error) {
    throw mapError(error, plan);
  }
}

function send(collection: Collection, plan: AnswerPlan): Promise<unknown> {
  switch (plan.operation) {
    case 'findOne':
      return findOne(collection, plan);
    case 'exists':
      return exists(collection, plan);
    case 'countDocuments':
      return collection.countDocuments(plan.filter, driverOptions(plan));
    case 'estimatedDocumentCount':
      return collection.estimatedDocumentCount(driverOptions(plan));
    case 'distinct':
      return distinct(collection, plan);
  }
}

/** Opens a cursor for an authorised plan; nothing is sent before it is first read. */
export function openCursor(collection: Collection, plan: FindPlan | AggregatePlan): DocumentSource {
  admit(plan);
  return plan.operation === 'aggregate' ? openAggregate(collection, plan) : openFind(collection, plan);
}

function admit(plan: Plan): void {
  assertIssued(plan);
  assertPrototypeIsClean(plan);
}

async function findOne(collection: Collection, plan: FindPlan<'findOne'>): Promise<object | null> {
  const { filter, projection, sort, shape, operation, view } = plan;
  const document = await collection.findOne(filter, driverOptions(plan, { projection, sort }));
  return document === null ? null : expose(document, shape, driftAt(operation, view));
}

async function exists(collection: Collection, plan: ExistsPlan): Promise<boolean> {
  const found = await collection.findOne(plan.filter, driverOptions(plan, { projection: { _id: 1 } }));
  return found !== null;
}

async function distinct(collection: Collection, plan: DistinctPlan): Promise<readonly unknown[]> {
  const { leaf, filter, operation, view } = plan;
  const values: readonly unknown[] = await collection.distinct(leaf.path, filter, driverOptions(plan));
  return values.map((value) => exposeLeaf(value, leaf, driftAt(operation, view)));
}
