import { BSON, type Document } from 'mongodb';

import type { CallContext } from '../errors/call-context.ts';
import { bsonOf } from '../input/bson-of.ts';
import type { WatchPlan } from '../plan/plan.ts';
import { sealContext, type Sealer } from '../seal/sealer.ts';

/** Seals the server's resume tokens, which contain the `_id` of a document. */
export interface ResumeTokens {
  seal(token: unknown): string | undefined;
  open(token: unknown, call: CallContext, option: 'resumeAfter' | 'group'): Document;
}

/** A token belongs to the collection, the view, the filter, the scope and the projection of its stream. */
export function resumeTokens(
  sealer: Sealer | undefined,
  namespace: string,
  plan: WatchPlan,
  stream: CallContext,
): ResumeTokens {
  const stages = bsonOf(
    { stages: plan.stages },
    'The filter, which is sent for the document before and after a change,',
    stream,
  );
  const context = sealContext(['watch', namespace, plan.view, stages]);
  return {
    seal: (token) =>
      token === null || token === undefined ? undefined : sealer?.seal('resume', context, BSON.serialize({ token })),
    open: (token, call, option) => {
      const opened = sealer?.open('resume', context, token, option, call);
      return opened === undefined ? {} : (BSON.deserialize(opened.bytes)['token'] as Document);
    },
  };
}
