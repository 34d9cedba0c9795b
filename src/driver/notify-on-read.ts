import type { DocumentSource } from './document-source.ts';

/** A source that calls `onRead` before the first read. If that fails, every read fails and nothing is sent. */
export function notifyOnRead(source: DocumentSource, onRead: () => Promise<void>): DocumentSource {
  let notified: Promise<void> | undefined;
  const once = (): Promise<void> => (notified ??= onRead());
  return Object.freeze({
    take: () => source.take(),
    fetch: async () => {
      await once();
      return await source.fetch();
    },
    rest: async () => {
      await once();
      return await source.rest();
    },
    close: () => source.close(),
  });
}
