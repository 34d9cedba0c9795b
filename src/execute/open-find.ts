import type { AggregationCursor, FindCursor } from 'mongodb';

import { driftAt } from '../errors/drift.ts';
import type { AggregatePlan, FindPlan } from '../plan/plan.ts';
import { expose } from '../view/expose.ts';
import { driverOptions } from './driver-options.ts';
import { handOut } from './hand-out.ts';
import { mapError } from './map-error.ts';
import type { Target } from './target.ts';

/** The documents of a plan, one after the other, already held to its shape. It leads to no handle of the driver. */
export interface DocumentSource {
  /** The next document, or `null` after the last. */
  next(): Promise<object | null>;
  /** All documents that are left. */
  rest(): Promise<object[]>;
  close(): Promise<void>;
}

/** Opens the driver's cursor behind a `DocumentSource`. */
export function openFind(target: Target, plan: FindPlan): DocumentSource {
  const { filter, projection, sort } = plan;
  return holdCursor(target.collection.find(filter, driverOptions(target, plan, { projection, sort })), target, plan);
}

/** Opens an aggregation behind a `DocumentSource`. */
export function openAggregate(target: Target, plan: AggregatePlan): DocumentSource {
  return holdCursor(target.collection.aggregate([...plan.pipeline], driverOptions(target, plan)), target, plan);
}

/** The documents of a driver's cursor, held to the shape of a plan. A failed read closes it. */
function holdCursor(cursor: FindCursor | AggregationCursor, target: Target, plan: FindPlan | AggregatePlan): DocumentSource {
  const { shape, operation, view } = plan;
  const hold = (document: object): object => handOut(expose(document, shape, driftAt(operation, view)), plan);
  const read = async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      await cursor.close().catch(() => undefined);
      throw mapError(error, plan, target.onDriverError);
    }
  };
  return Object.freeze({
    next: () => read(async () => held(await cursor.next(), hold)),
    rest: () => read(async () => (await cursor.toArray()).map(hold)),
    close: () => read(() => cursor.close()),
  });
}

function held(document: object | null, hold: (document: object) => object): object | null {
  return document === null ? null : hold(document);
}
