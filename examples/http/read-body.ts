import type { IncomingMessage } from 'node:http';

import { HttpError } from './http-error.ts';

const LARGEST = 16_384;

/** The JSON object that a client sent, or the 400 or 413 that anything else answers. */
export async function readBody(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) throw new HttpError(413, 'too_large', 'The body is too large.');
    chunks.push(chunk);
  }
  const body = parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new HttpError(400, 'bad_body', 'The body is a JSON object.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
