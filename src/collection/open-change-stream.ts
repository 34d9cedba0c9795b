import { openWatch } from '../driver/open-watch.ts';
import { planWatch } from '../plan/plan-watch.ts';
import type { CollectionHandle } from './collection-handle.ts';
import { resumeTokens } from './resume-tokens.ts';
import { SafeChangeStream } from './safe-change-stream.ts';

/** Plans and opens the stream of `watch()`. A token is opened before anything is sent. */
export async function openChangeStream<T>(
  handle: CollectionHandle,
  filter: unknown,
  options: unknown,
): Promise<SafeChangeStream<T>> {
  const call = handle.call('watch');
  const { plan, resumeAfter } = planWatch(filter, options, call);
  const sealer = resumeAfter === undefined ? handle.binding.sealer : handle.sealer(call);
  const tokens = resumeTokens(sealer, handle.target.collection.namespace, plan, call);
  const after = resumeAfter === undefined ? undefined : tokens.open(resumeAfter, call, 'resumeAfter');
  return new SafeChangeStream<T>(await openWatch(handle.target, plan, after), plan, tokens);
}
