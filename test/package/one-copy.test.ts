import { afterAll, expect, it } from 'vitest';

import { packApp } from './support/packed-app.ts';

const { run: runProgram, remove } = await packApp();
afterAll(remove);

/** One view, one operator and one result, each made by one entry and used by another. */
const CROSSES = `
function crosses(main, privileged, { MongoClient }) {
  const client = new MongoClient('mongodb://127.0.0.1:1');
  const collection = client.db('x').collection('users');
  const view = main.defineView()({ public: { username: 1 } });
  const logins = new privileged.PrivilegedCollection(collection, view, { reason: 'test' });
  logins.find({ username: main.op({ $ne: 'x' }) }, { projection: { username: 1, open: main.subtree } });
  let refusal;
  try { logins.find({ username: { $ne: 'x' } }, { projection: ['username'] }); } catch (error) { refusal = error; }
  assert.ok(refusal instanceof main.RefusedCallError);
  assert.deepEqual(main.sendable(view.pick({ username: 'ada', hash: 'x' })), { username: 'ada' });
  assert.throws(() => main.sendable({ hash: new privileged.Sensitive('x') }, { envelope: ['hash'] }), main.RefusedCallError);
}
`;

it('import: what one entry made, another knows', async () => {
  const printed = await runProgram(
    'import.mjs',
    `
    import assert from 'node:assert';
    import * as mongodb from 'mongodb';
    import * as main from 'safe-collection';
    import * as privileged from 'safe-collection/privileged';
    ${CROSSES}
    crosses(main, privileged, mongodb);
  `,
  );
  expect(printed).toBe('');
});

it('require: what one entry made, another knows', async () => {
  const printed = await runProgram(
    'require.cjs',
    `
    const assert = require('node:assert');
    ${CROSSES}
    crosses(require('safe-collection'), require('safe-collection/privileged'), require('mongodb'));
  `,
  );
  expect(printed).toBe('');
});

it('the CommonJS files, which a bundler may take: what one entry made, another knows', async () => {
  const printed = await runProgram(
    'files.cjs',
    `
    const assert = require('node:assert');
    ${CROSSES}
    crosses(require('./node_modules/safe-collection/dist/index.cjs'), require('./node_modules/safe-collection/dist/privileged.cjs'), require('mongodb'));
  `,
  );
  expect(printed).toBe('');
});

it('import and require in one program: one copy', async () => {
  const printed = await runProgram(
    'both.mjs',
    `
    import assert from 'node:assert';
    import { createRequire } from 'node:module';
    import * as mongodb from 'mongodb';
    import * as main from 'safe-collection';
    import * as privileged from 'safe-collection/privileged';
    const require = createRequire(import.meta.url);
    ${CROSSES}
    assert.equal(require('safe-collection').defineView, main.defineView);
    assert.equal(require('safe-collection/privileged').Sensitive, privileged.Sensitive);
    for (const name of ['fastify', 'express', 'hono']) {
      assert.equal(require('safe-collection/' + name).guardResponses, (await import('safe-collection/' + name)).guardResponses);
    }
    crosses(require('safe-collection'), privileged, mongodb);
    crosses(main, require('safe-collection/privileged'), mongodb);
  `,
  );
  expect(printed).toBe('');
});

it('the adapters know the results of the main entry', async () => {
  const printed = await runProgram(
    'adapter.mjs',
    `
    import assert from 'node:assert';
    import { createServer } from 'node:http';
    import fastify from 'fastify';
    import { Hono } from 'hono';
    import { defineView } from 'safe-collection';
    import { guardResponses } from 'safe-collection/fastify';
    import { guardResponses as guardedHono } from 'safe-collection/hono';
    const view = defineView()({ public: { username: 1 } });
    const result = view.pick({ username: 'ada', hash: 'x' });
    const app = fastify();
    await app.register(guardResponses, { onRefused() {} });
    app.get('/result', () => result);
    app.get('/copy', () => ({ ...result }));
    assert.equal((await app.inject('/result')).body, '{"username":"ada"}');
    assert.equal((await app.inject('/copy')).statusCode, 500);
    const hono = new Hono();
    hono.use(guardedHono({ onRefused() {} }));
    hono.get('/result', (c) => c.json(result));
    hono.get('/copy', (c) => c.json({ ...result }));
    assert.equal(await (await hono.request('/result')).text(), '{"username":"ada"}');
    assert.equal((await hono.request('/copy')).status, 500);
  `,
  );
  expect(printed).toBe('');
});

it('exports seven entries, and nothing behind them', async () => {
  const printed = await runProgram(
    'closed.mjs',
    `
    import assert from 'node:assert';
    const names = async (entry) => Object.keys(await import(entry)).sort();
    assert.deepEqual(await names('safe-collection/privileged'), ['PrivilegedCollection', 'Sensitive', 'createMongoView']);
    assert.deepEqual(await names('safe-collection/testing'), ['twoWorlds', 'worldMatchers']);
    assert.deepEqual(await names('safe-collection/agent'), ['agentTools']);
    for (const name of ['fastify', 'express', 'hono']) assert.deepEqual(await names('safe-collection/' + name), ['guardResponses']);
    assert.ok(!(await names('safe-collection')).some((name) => /privileged|sensitive/i.test(name)));
    await assert.rejects(import('safe-collection/dist/index.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  `,
  );
  expect(printed).toBe('');
});
