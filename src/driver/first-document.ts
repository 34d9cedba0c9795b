import type { Plan } from '../plan/plan.ts';
import type { Emitted } from '../plan/emit.ts';
import { driverOptions } from './driver-options.ts';
import type { CallTarget } from './target.ts';

/** The first document that matches, or `null`. It is asked for as the driver's `findOne()` asks, which would copy the options once more. */
export async function firstDocument(
  target: CallTarget,
  plan: Plan & { readonly filter: Emitted },
  planned: object,
): Promise<object | null> {
  const options = driverOptions(target, plan, planned);
  options['limit'] = 1;
  options['singleBatch'] = true;
  const cursor = target.collection.find(plan.filter, options);
  const document: object | null = await cursor.next();
  // The driver closes a cursor that the server has ended, which one batch does.
  if (!cursor.closed) await cursor.close();
  return document;
}
