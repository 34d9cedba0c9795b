import type { Plan } from '../plan/plan.ts';
import type { Emitted } from '../plan/emit.ts';
import { driverOptions } from './driver-options.ts';
import type { Target } from './target.ts';

/**
 * Makes something of the first document that matches, or of `null`. It is asked for as the driver's `findOne()` asks, which would
 * copy the options once more.
 */
export async function firstDocument<T>(
  target: Target,
  plan: Plan & { readonly filter: Emitted },
  planned: object,
  read: (document: object | null) => T,
): Promise<T> {
  const options = driverOptions(target, plan, planned);
  options['limit'] = 1;
  options['singleBatch'] = true;
  const cursor = target.collection.find(plan.filter, options);
  const document: object | null = await cursor.next();
  // The driver closes a cursor that the server has ended, which one batch does.
  if (!cursor.closed) await cursor.close();
  return read(document);
}
