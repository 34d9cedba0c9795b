import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';

import { afterAll, describe, expect, it, vi } from 'vitest';

import { Sensitive } from '../../src/privileged.ts';
import { ask, expectNoValue, hasValue } from './answers.ts';
import { BODIES, HARMLESS } from './roads/bodies.ts';
import { EXPRESS, serveExpress } from './roads/express-roads.ts';
import { FASTIFY, serveFastify } from './roads/fastify-roads.ts';
import { HONO, serveHono } from './roads/hono-roads.ts';
import { OPENED, SEALED } from './roads/sensitive-roads.ts';
import { pathOf } from './roads/served.ts';
import { httpWorld } from './roads/world.ts';

// Express logs what it answers with an error page; Hono's server what it could not write.
vi.spyOn(console, 'error').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

const world = await httpWorld();
const adapters = [
  { name: 'Express', roads: EXPRESS, served: await serveExpress(world) },
  { name: 'Fastify', roads: FASTIFY, served: await serveFastify(world) },
  { name: 'Hono', roads: HONO, served: await serveHono(world) },
];
afterAll(async () => {
  for (const { served } of adapters) await served.close();
});

describe.each(adapters)('$name: no value of a raw document is sent by', ({ roads, served }) => {
  it.each([...Object.keys(BODIES), ...Object.keys(roads.stopped)])('%s', async (road) => {
    served.refusals.length = 0;
    const answer = await ask(served.origin, pathOf(road));
    expectNoValue(answer);
    const harmless = HARMLESS[road];
    if (harmless !== undefined) expect(answer).toMatchObject({ status: 200, text: harmless });
    // Refused, or cut off if the head was already written.
    else expect(answer.status).toSatisfy((status: number) => status === 0 || status >= 400);
    for (const error of served.refusals) expect(error.code).toBe('not_sendable');
  });
});

describe.each(adapters)('$name: out of reach, as documented, is', ({ roads, served }) => {
  it.each(Object.keys(roads.outOfReach))('%s', async (road) => {
    const answer = await ask(served.origin, pathOf(road));
    expect(hasValue(answer) || answer.text === '{"total":10}', JSON.stringify(answer)).toBe(true);
  });
});

describe('no sensitive value is shown by', () => {
  const SECRET = 's3cr3t-value-of-ada';

  it.each(Object.entries(SEALED))('%s', async (_road, walk) => {
    const out = await walk(new Sensitive(SECRET));
    const shown = typeof out === 'string' ? out : inspect(out, { showHidden: true, depth: null });
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain(SECRET);
  });

  it('these, of bytes or of a document', () => {
    const values = { bytes: new Sensitive(Buffer.from(SECRET)), document: new Sensitive({ hash: SECRET }) };
    expect(JSON.stringify(values)).toBe('{"bytes":"[redacted]","document":"[redacted]"}');
    expect(inspect(values, { showHidden: true, depth: null })).not.toContain(SECRET);
  });

  it.each(Object.entries(OPENED))('these, but by: %s', (_road, walk) => {
    expect(inspect(walk(new Sensitive(SECRET)))).toContain(SECRET);
  });
});

describe('the docs list what is out of reach, and nothing else', () => {
  const listed = (page: string): string[] => {
    const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
    const region =
      /<!-- out of reach -->\n(.*?)<!-- \/out of reach -->/s.exec(text)?.[1] ?? expect.fail('no such region');
    return [...region.matchAll(/^- \*\*(.*?)\.\*\*/gm)].map(([, name = '']) => name);
  };

  it('docs/responses.md', () => {
    const roads = adapters.flatMap(({ roads: { outOfReach } }) => Object.keys(outOfReach));
    expect(listed('responses.md').toSorted()).toEqual([...new Set(roads)].toSorted());
  });

  it('docs/privileged.md', () => {
    expect(listed('privileged.md').toSorted()).toEqual(Object.keys(OPENED).toSorted());
  });
});

it('tries more than thirty ways', () => {
  const stopped = new Set([
    ...Object.keys(BODIES),
    ...Object.keys(SEALED),
    ...adapters.flatMap(({ roads }) => Object.keys(roads.stopped)),
  ]);
  expect(stopped.size).toBeGreaterThanOrEqual(30);
});
