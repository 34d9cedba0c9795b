import type { Plan } from '../plan/plan.ts';
import type { Emitted } from '../plan/emit.ts';
import { driverOptions } from './driver-options.ts';
import type { CallTarget } from './target.ts';

/** The first matching document, or `null`. It does the same as the driver's `findOne()`, which would copy the options once more. */
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
  // With a single batch the server has ended the cursor, and the driver closes it.
  if (!cursor.closed) await cursor.close();
  return document;
}
