import type { DocumentSource } from './document-source.ts';

/** A source that announces itself before it is first read. Where that fails, every read fails and nothing is sent. */
export function announceSource(source: DocumentSource, announce: () => Promise<void>): DocumentSource {
  let announced: Promise<void> | undefined;
  const once = (): Promise<void> => (announced ??= announce());
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
