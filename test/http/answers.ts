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
  /** The status text and all headers. */
  readonly head: string;
}

/** Asks a local server for a path. A connection that the server cut is an answer with status 0. */
export async function ask(origin: string, path: string, init: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(`${origin}${path}`, { redirect: 'manual', ...init });
    const head = `${response.statusText}\n${[...response.headers].map((pair) => pair.join(': ')).join('\n')}`;
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text(), head };
  } catch {
    return { status: 0, type: null, text: '', head: '' };
  }
}

/** Listens on a free port of this machine, and gives the origin. */
export async function originOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PRIVATE = [...SECRETS, 'ada@example.com', String(ADA._id), 'Rivoli'];

/** A value as text, as Base64 and as a list of bytes. */
function forms(value: string): string[] {
  const encoded = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + value)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [value, [...Buffer.from(value)].join(','), ...encoded.filter((text) => text.length > 7)];
}

/** Nothing of a document is in the answer: neither in its body nor in its head. */
export function expectNoValue({ text, head }: Answer): void {
  for (const form of PRIVATE.flatMap(forms)) expect(text + head).not.toContain(form);
}

/** Whether something of a document is in the answer. */
export function hasValue({ text, head }: Answer): boolean {
  return PRIVATE.some((value) => (text + head).includes(value));
}

/** The error of a call that is refused. */
export async function refuse(call: () => Promise<unknown>): Promise<unknown> {
  return await call().then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  );
}

const REFUSAL = {
  status: 500,
  type: expect.stringMatching(/^application\/json/) as string,
  text: '{"error":"Internal Server Error"}',
};

export const REFUSED: Answer = expect.objectContaining(REFUSAL) as Answer;

/** The route of a case, made from its name. */
export function routeOf(name: string): string {
  return `/${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}
