import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

import { expect } from 'vitest';

import { ADA, SECRETS } from '../privileged/users.ts';

/** One answer, as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** Asks a local server for a path. A connection that the server cut is an answer with status 0. */
export async function ask(origin: string, path: string, init: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(`${origin}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  } catch {
    return { status: 0, type: null, text: '' };
  }
}

/** Listens on a free port of this machine, and gives the origin. */
export async function originOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PRIVATE = [...SECRETS, 'ada@example.com', String(ADA._id), 'Rivoli'];

/** Nothing of a document is in the answer. */
export function expectNoValue(answer: Answer): void {
  for (const secret of PRIVATE) expect(answer.text).not.toContain(secret);
}

export const REFUSED: Answer = { status: 500, type: expect.stringMatching(/^application\/json/) as string, text: '{"error":"Internal Server Error"}' };

/** The route of a case, made from its name. */
export function routeOf(name: string): string {
  return `/${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}
