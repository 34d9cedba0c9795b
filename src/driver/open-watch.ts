import type { Document } from 'mongodb';

import { callContext } from '../errors/call-context.ts';
import type { WatchPlan } from '../plan/plan.ts';
import { decodeOptionsOf } from '../results/bson/decode-options.ts';
import type { IdSealer } from '../seal/id-sealer.ts';
import { throwIfAborted } from '../input/abort-signal.ts';
import { assertImages } from './assert-images.ts';
import { assertMaySend } from './assert-may-send.ts';
import { ChangeSource } from './change-source.ts';
import { cursorTarget, type Target } from './target.ts';

/** A stream that the server has begun. */
export interface OpenedWatch {
  readonly source: ChangeSource;
  /** Whether the server could not go on at the token, so that changes were missed. */
  readonly isLost: boolean;
  /** Whether stored regular expressions are returned as `BSONRegExp`. */
  readonly keepsRegExps: boolean;
  /** Seals the opaque ids of the documents. */
  readonly ids: IdSealer | undefined;
}

/** Opens the stream of an authorised plan. */
export async function openWatch(
  target: Target,
  plan: WatchPlan,
  resumeAfter: Document | undefined,
): Promise<OpenedWatch> {
  if (target.transaction !== undefined)
    callContext(plan.operation, plan.view).refuse(
      'argument_invalid',
      'watch() does not work in a transaction: call it on the collection itself.',
    );
  assertMaySend(target, plan);
  throwIfAborted(plan.options['signal'] as AbortSignal | undefined);
  const { bsonRegExp } = decodeOptionsOf(target.collection, plan);
  const to = cursorTarget(target, plan);
  await assertImages(to, plan);
  assertMaySend(target, plan);
  const source = new ChangeSource(to, plan, resumeAfter);
  return { source, isLost: (await source.open()) === 'lost', keepsRegExps: bsonRegExp, ids: target.ids };
}
