import type { Plan } from '../plan/plan.ts';
import type { Emitted } from '../plan/emit.ts';
import { carriesDriverName } from './carries-driver-name.ts';
import { driverOptions, unpinnedOptions } from './driver-options.ts';
import { assertPrototypeStayedClean } from './prototype-guard.ts';
import type { Target } from './target.ts';

/**
 * Makes something of the first document that matches, or of `null`. It is asked for as the driver's `findOne()` asks, which would
 * copy the options once more.
 *
 * The driver copies what is pinned several times, which shows in a read of one document. So names are pinned only where one of
 * them stands on Object.prototype, and an answer counts only where none has come there meanwhile.
 */
export async function firstDocument<T>(
  target: Target,
  plan: Plan & { readonly filter: Emitted },
  planned: object,
  read: (document: object | null) => T,
): Promise<T> {
  const isPinned = carriesDriverName(Object.prototype);
  const options = isPinned ? driverOptions(target, plan, planned) : unpinnedOptions(target, plan, planned);
  options['limit'] = 1;
  options['singleBatch'] = true;
  const cursor = target.collection.find(plan.filter, options);
  const document: object | null = await cursor.next();
  // The driver closes a cursor that the server has ended, which one batch does.
  if (!cursor.closed) await cursor.close();
  if (!isPinned) assertPrototypeStayedClean(plan);
  return read(document);
}
