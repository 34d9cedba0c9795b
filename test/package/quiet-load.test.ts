import { afterAll, expect, it } from 'vitest';

import { packApp } from './support/packed-app.ts';

const { run, remove } = await packApp();
afterAll(remove);

/** Cloudflare Workers, for one, forbid random numbers while a module is loaded. */
const FORBIDDING = `
  import crypto from 'node:crypto';
  import { syncBuiltinESMExports } from 'node:module';
  import 'mongodb';
  import 'fastify';
  import 'hono';
  const forbid = (holder, name) => { holder[name] = () => { throw new Error(name + '() was called while the package was loaded'); }; };
  const NAMES = ['randomBytes', 'randomFillSync', 'randomFill', 'randomUUID', 'randomInt', 'generateKeySync', 'createHmac', 'pseudoRandomBytes'];
  const originals = Object.fromEntries(NAMES.map((name) => [name, crypto[name]]));
  for (const name of NAMES) forbid(crypto, name);
  const { getRandomValues, randomUUID } = Object.getPrototypeOf(globalThis.crypto);
  for (const name of ['getRandomValues', 'randomUUID']) forbid(Object.getPrototypeOf(globalThis.crypto), name);
  const { random } = Math;
  forbid(Math, 'random');
  syncBuiltinESMExports();
`;

it.each([
  'safe-collection',
  'safe-collection/privileged',
  'safe-collection/fastify',
  'safe-collection/express',
  'safe-collection/hono',
  'safe-collection/testing',
  'safe-collection/agent',
])('loading %s draws no random numbers', async (entry) => {
  const printed = await run(
    'quiet.mjs',
    `${FORBIDDING}
    await import('${entry}');
  `,
  );
  expect(printed).toBe('');
});

it('what needs random numbers draws them when it is used', async () => {
  const printed = await run(
    'later.mjs',
    `${FORBIDDING}
    const { Sensitive } = await import('safe-collection/privileged');
    Object.assign(crypto, originals);
    Object.assign(Object.getPrototypeOf(globalThis.crypto), { getRandomValues, randomUUID });
    Math.random = random;
    syncBuiltinESMExports();
    if (!new Sensitive('x').equals('x')) throw new Error('not equal');
  `,
  );
  expect(printed).toBe('');
});
