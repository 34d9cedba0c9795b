import type { Readable } from 'node:stream';

import { nodeStream, openProved, type JsonStream } from '../results/json/json-stream.ts';
import type { ByteGuard } from './byte-guard.ts';

/** A proved stream that is about to be sent. */
export interface ProvedStream {
  readonly contentType: string;
  readonly readable: Readable;
}

/** Opens a proved stream, whose bytes the guard lets pass. `undefined` for any other body. */
export function provedStream(body: unknown, guard: ByteGuard | undefined): ProvedStream | undefined {
  const chunks = openProved(body);
  if (chunks === undefined) return undefined;
  const readable = nodeStream({
    next: async () => {
      const chunk = await chunks.next();
      if (chunk !== undefined) guard?.expectMore(chunk);
      return chunk;
    },
    close: () => chunks.close(),
  });
  return { contentType: (body as JsonStream).contentType, readable };
}
