import { driftAt } from '../errors/drift.ts';
import type { FindPlan } from '../plan/plan.ts';
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

/** Opens the driver's cursor behind a `DocumentSource`. A failed read closes it. */
export function openFind(target: Target, plan: FindPlan): DocumentSource {
  const { filter, projection, sort, shape, operation, view } = plan;
  const cursor = target.collection.find(filter, driverOptions(target, plan, { projection, sort }));
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
