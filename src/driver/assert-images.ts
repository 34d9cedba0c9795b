import { callContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';
import type { WatchPlan } from '../plan/plan.ts';
import { callError } from './call-error.ts';
import { settledFor } from './driver-options.ts';
import type { CallTarget } from './target.ts';

/** Throws unless the server keeps the images of the collection's documents before and after each change. */
export async function assertImages(target: CallTarget, plan: WatchPlan): Promise<void> {
  if (await keepsImages(target, plan)) return;
  const name = target.collection.collectionName;
  callContext(plan.operation, plan.view).refuse(
    'images_missing',
    `watch() needs the documents as they were before each change, and the collection does not keep them. Run db.command({ collMod: ${quote(name)}, changeStreamPreAndPostImages: { enabled: true } }) once.`,
  );
}

async function keepsImages(target: CallTarget, plan: WatchPlan): Promise<boolean> {
  const { collection } = target;
  try {
    const [info] = await collection.db
      .listCollections({ name: collection.collectionName }, settledFor('find'))
      .toArray();
    const images: unknown = (info as { options?: { changeStreamPreAndPostImages?: unknown } } | undefined)?.options
      ?.changeStreamPreAndPostImages;
    return typeof images === 'object' && images !== null && 'enabled' in images && images.enabled === true;
  } catch (error) {
    throw callError(error, target, plan);
  }
}
