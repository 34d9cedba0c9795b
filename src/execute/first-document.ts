import type { Plan } from '../plan/plan.ts';
import type { Emitted } from '../plan/emit.ts';
import { driverOptions } from './driver-options.ts';
import type { Target } from './target.ts';

const ONE = { limit: 1, singleBatch: true };

/** The first document that matches, as the driver's `findOne()` asks for it, which would copy the options once more. */
export async function firstDocument(target: Target, plan: Plan, filter: Emitted, planned: object): Promise<object | null> {
  const cursor = target.collection.find(filter, driverOptions(target, plan, { ...planned, ...ONE }));
  const document: object | null = await cursor.next();
  await cursor.close();
  return document;
}
