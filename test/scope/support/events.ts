import { SafeCollectionError } from 'safe-collection';

import type { Name } from './draw.ts';

/** What a stream needs besides the calls of the scope. */
export interface World {
  /** Changes the rows of others in another way in each world, and leaves them as they were. */
  disturb(): Promise<void>;
  /** Stores a row of the scope with this value at this path, as the last change of a burst. */
  mark(collection: Name, path: string, value: string): Promise<void>;
  /** Waits until a group has begun: it misses no change from then on. */
  begun(group: string, signal: AbortSignal): Promise<void>;
}

/** An event as JavaScript sees it. */
interface LooseEvent {
  readonly type: string;
  readonly document?: Readonly<Record<string, unknown>>;
}

/** A stream as JavaScript sees it. */
export interface LooseStream {
  next(): Promise<LooseEvent | null>;
  close(): Promise<void>;
}

/** A burst of changes, whose last one is the mark: a row with this value at this path. */
export interface Burst {
  readonly make: () => Promise<void>;
  readonly isMark: (document: Readonly<Record<string, unknown>>) => boolean;
}

/** A write that is refused or fails makes no event. */
export function ofTheLibrary(error: unknown): void {
  if (!(error instanceof SafeCollectionError)) throw error;
}

/** The events of a burst that a stream sends. */
export async function watched(opening: unknown, { make, isMark }: Burst): Promise<unknown> {
  const stream = (await opening) as LooseStream;
  try {
    await make();
    const events = new Events();
    for (;;) {
      const event = await stream.next();
      if (event === null) throw new Error('The stream ended before the mark.');
      if (event.document !== undefined && isMark(event.document)) return events.seen();
      events.add(event);
    }
  } finally {
    await stream.close();
  }
}

type Consuming = (signal: AbortSignal, handler: (event: LooseEvent) => void) => Promise<unknown>;

/** The events of a burst that a handler gets. */
export async function consumed(
  consume: Consuming,
  begun: (signal: AbortSignal) => Promise<void>,
  { make, isMark }: Burst,
): Promise<unknown> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const events = new Events();
  const consuming = consume(signal, (event) => {
    if (event.document !== undefined && isMark(event.document)) stopping.abort();
    else events.add(event);
  });
  // It may end in the middle of the burst.
  consuming.catch(() => undefined);
  try {
    await Promise.race([consuming, begun(signal)]);
    await make();
    await consuming;
    return events.seen();
  } finally {
    stopping.abort();
  }
}

/** Events without their tokens. A write of several rows has no order of its own. */
class Events {
  readonly #texts: string[] = [];

  add({ type, document }: LooseEvent): void {
    this.#texts.push(JSON.stringify({ type, document }).replaceAll(/"[\w-]{22}"/g, '"id"'));
  }

  seen(): object {
    return { events: this.#texts.toSorted() };
  }
}
