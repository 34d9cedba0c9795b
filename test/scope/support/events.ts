import { SafeCollectionError } from 'safe-collection';

import type { Name } from './draw.ts';

/** What a stream needs besides the calls of the scope. */
export interface World {
  /** Changes the rows of others in another way in each world, and leaves them as they were. */
  disturb(): Promise<void>;
  /** Stores a row of the scope with this value at this path, as the last change of a burst. */
  mark(collection: Name, path: string, value: string): Promise<void>;
}

/** A stream as JavaScript sees it. */
export interface LooseStream {
  next(): Promise<{ readonly type: string; readonly document?: Readonly<Record<string, unknown>> } | null>;
  close(): Promise<void>;
}

/** A write that is refused or fails makes no event. */
export function ofTheLibrary(error: unknown): void {
  if (!(error instanceof SafeCollectionError)) throw error;
}

/** The events before the mark, without their tokens. A write of several rows has no order of its own. */
export async function eventsUntil(
  stream: LooseStream,
  isMark: (document: Readonly<Record<string, unknown>>) => boolean,
): Promise<unknown> {
  const events: string[] = [];
  for (;;) {
    const event = await stream.next();
    if (event === null) throw new Error('The stream ended before the mark.');
    const { type, document } = event;
    if (document !== undefined && isMark(document)) return { events: events.toSorted() };
    events.push(JSON.stringify({ type, document }).replaceAll(/"[\w-]{22}"/g, '"id"'));
  }
}
