import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { ConsumerState, type LeaseStart } from '../driver/consumer-state.ts';
import { openWatch } from '../driver/open-watch.ts';
import type { CallContext } from '../errors/call-context.ts';
import { abortOf, onAbort } from '../input/abort-signal.ts';
import { bsonOf } from '../input/bson-of.ts';
import { planConsume, type PlannedConsume } from '../plan/plan-watch.ts';
import type { ChangeEvent, ConsumerContext } from '../types/change-event.ts';
import type { ViewPolicy } from '../view/policy.ts';
import type { CollectionHandle } from './collection-handle.ts';
import { resumeTokens, type ResumeTokens } from './resume-tokens.ts';
import { SafeChangeStream } from './safe-change-stream.ts';

type Handler = (event: ChangeEvent<unknown>, context: ConsumerContext) => void | Promise<void>;

/** So often a lease is renewed before it ends, and asked for by those who wait. */
const RENEWALS = 3;

/** Everything that a group needs. */
interface Group {
  readonly handle: CollectionHandle;
  readonly call: CallContext<ViewPolicy>;
  readonly planned: PlannedConsume;
  readonly tokens: ResumeTokens;
  readonly state: ConsumerState;
  readonly handler: Handler;
}

/** Passes the events of a stream to a handler, in one process of a group at a time, until the signal is aborted. */
export async function consume(
  handle: CollectionHandle,
  filter: unknown,
  options: unknown,
  handler: unknown,
): Promise<void> {
  const call = handle.call('consume');
  if (typeof handler !== 'function')
    return call.refuse('argument_invalid', 'consume() needs a function that gets the events.');
  const planned = planConsume(filter, options, call);
  const { plan, lease, signal } = planned;
  const { target } = handle;
  const tokens = resumeTokens(handle.sealer(call), target.collection.namespace, plan, call);
  if (target.transaction !== undefined)
    call.refuse('argument_invalid', 'consume() does not work in a transaction: call it on the collection itself.');
  const state = new ConsumerState(target, plan, idOf(planned, handle, call), lease);
  const group = { handle, call, planned, tokens, state, handler: handler as Handler };
  while (abortOf(signal) === undefined) {
    const held = await state.acquire();
    if (held === undefined) await rest(lease / RENEWALS, signal);
    else await holdLease(held, group);
  }
}

/** The group of one scope of a collection. The values of the scope are not stored as they are. */
function idOf({ group }: PlannedConsume, { target }: CollectionHandle, call: CallContext): string {
  const { scope } = call;
  const name = `${target.collection.collectionName}/${group}`;
  if (scope === undefined) return name;
  const sorted = [...scope].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const bytes = bsonOf({ scope: sorted }, 'The scope', call);
  return `${name}/${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
}

/** Works while this process has the lease, and gives it up at the end, also after an error. */
async function holdLease(held: LeaseStart, group: Group): Promise<void> {
  const { call, planned, tokens, state, handle } = group;
  try {
    const after = held.token === undefined ? undefined : tokens.open(held.token, call, 'group');
    const opened = await openWatch(handle.target, planned.plan, after);
    const stream = new SafeChangeStream<unknown>(opened, planned.plan, tokens);
    // From here on no change is missed, also if the process ends before the first event.
    const begun = held.token !== undefined || (await state.store(tokens.seal(opened.source.token)));
    try {
      if (begun) await passOn(stream, group);
    } finally {
      await stream.close();
    }
  } finally {
    // If this fails, the lease ends by itself.
    await state.release().catch(() => undefined);
  }
}

async function passOn(stream: SafeChangeStream<unknown>, { planned, state, handler }: Group): Promise<void> {
  const lost = new AbortController();
  const stop = (): void => void stream.close().catch(() => undefined);
  const unfollow = planned.signal === undefined ? () => undefined : onAbort(planned.signal, stop);
  const renew = async (): Promise<void> => {
    // If the server can't be reached, the lease still lasts for a while.
    if (await state.renew().catch(() => state.isHeld)) return;
    lost.abort(new Error('Another process took over.'));
    stop();
  };
  const renewal = setInterval(() => void renew(), planned.lease / RENEWALS);
  try {
    for await (const event of stream) {
      if (!state.isHeld) return;
      await handler(event, Object.freeze({ signal: lost.signal }));
      if (!(await state.store(event.token))) return;
    }
  } finally {
    clearInterval(renewal);
    unfollow();
  }
}

async function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const ended = new AbortController();
  const unfollow = signal === undefined ? () => undefined : onAbort(signal, () => ended.abort());
  await pause(milliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
  unfollow();
}
