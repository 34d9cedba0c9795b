import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { PrivilegedRead } from 'safe-collection/privileged';
import { expect, inject, it, onTestFinished } from 'vitest';

import { openAccounts } from '../../examples/accounts/open-accounts.ts';
import { hashPassword, isPassword } from '../../examples/accounts/password.ts';
import { seedAccounts } from '../../examples/accounts/seed-accounts.ts';
import { serveAccounts } from '../../examples/accounts/serve-accounts.ts';
import { seedUsers } from '../../examples/users/seed-users.ts';

/** Words in the private values and names of a user. */
const PRIVATE = /_id|password|scrypt|api_key|sk_live|internal_role|ssn|000-|street|geo|access_code|sess_/;

async function startAccounts() {
  const client = await new MongoClient(inject('mongodbUri')).connect();
  onTestFinished(() => client.close());
  const db = client.db(`safe-collection-${randomUUID()}`);
  onTestFinished(async () => void (await db.dropDatabase()));
  await seedUsers(db);
  await seedAccounts(db, { ada: 'engine-1843', grace: 'nanosecond' });
  const reads: PrivilegedRead[] = [];
  const service = await serveAccounts(openAccounts(db, (read) => void reads.push(read)));
  onTestFinished(() => service[Symbol.asyncDispose]());
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(service.url + path, init);
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as unknown };
  };
  const post = (body: unknown) =>
    ask('/api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const logIn = async (username: string, password: string) =>
    ((await post({ username, password })).body as { token: string }).token;
  return { db, reads, ask, post, logIn };
}

it('logs in with the right password, and answers with the public user and a token', async () => {
  const { post, reads } = await startAccounts();
  const { status, body, text } = await post({ username: 'ada', password: 'engine-1843' });
  expect(status).toBe(200);
  expect(body).toEqual({
    user: { username: 'ada', joined_at: '2026-03-14T09:26:53.000Z', profile: { avatar: '/img/ada.png' } },
    token: expect.any(String) as string,
  });
  expect(text).not.toMatch(PRIVATE);
  expect(reads).toEqual([
    {
      reason: 'login',
      operation: 'findOne',
      view: 'user',
      paths: { projection: ['password_hash'], filter: ['username'], sort: [] },
    },
  ]);
});

it.each([
  ['a wrong password', { username: 'ada', password: 'engine-1844' }],
  ['no password', { username: 'ada', password: '' }],
  ['an unknown name', { username: 'nobody', password: 'engine-1843' }],
  ['an unknown name without a password', { username: 'nobody', password: '' }],
  ['a user without a password of ours', { username: 'alan', password: '' }],
])('answers %s with the same 401', async (_name, credentials) => {
  const { post } = await startAccounts();
  expect(await post(credentials)).toMatchObject({ status: 401, body: { error: 'wrong name or password' } });
});

it.each([
  ['an operator for a name', { username: { $ne: '' }, password: 'engine-1843' }],
  ['an operator for a password', { username: 'ada', password: { $ne: '' } }],
  ['no name', { password: 'engine-1843' }],
])('answers %s with a 400 that repeats nothing', async (_name, credentials) => {
  const { post, reads } = await startAccounts();
  expect(await post(credentials)).toMatchObject({ status: 400, text: '{"error":"Bad Request"}' });
  expect(reads).toEqual([]);
});

it('finds a user by an API key, and sends public fields', async () => {
  const { ask } = await startAccounts();
  const { status, body, text } = await ask('/api/account', { headers: { 'x-api-key': 'sk_live_grace_51Hx9Qe7' } });
  expect(status).toBe(200);
  expect(body).toEqual({
    username: 'grace',
    email: 'grace@example.com',
    joined_at: '2026-03-14T09:26:53.000Z',
    profile: { avatar: '/img/grace.png' },
    addresses: [],
  });
  expect(text).not.toMatch(PRIVATE);
  expect((await ask('/api/account', { headers: { 'x-api-key': 'sk_live' } })).status).toBe(401);
  expect((await ask('/api/account')).status).toBe(401);
});

it('reports only to an admin, and not after the role was revoked', async () => {
  const { db, ask, logIn } = await startAccounts();
  const report = (token: string) => ask('/api/admin/report', { headers: { authorization: `Bearer ${token}` } });
  const admin = await logIn('ada', 'engine-1843');
  expect(await report(admin)).toMatchObject({
    status: 200,
    text: '{"total":1,"staff":[{"name":"ada","role":"admin"}]}',
  });
  expect(await report(await logIn('grace', 'nanosecond'))).toMatchObject({
    status: 403,
    body: { error: 'for admins' },
  });
  expect((await report('')).status).toBe(401);
  expect((await ask('/api/admin/report')).status).toBe(401);
  await db.collection('users').updateMany({}, { $set: { internal_role: 'user' } });
  expect((await report(admin)).status).toBe(403);
});

it("reads nothing if the record of it can't be written", async () => {
  const { db } = await startAccounts();
  const service = await serveAccounts(
    openAccounts(db, () => {
      throw new Error('the audit log is down');
    }),
  );
  onTestFinished(() => service[Symbol.asyncDispose]());
  const answer = await fetch(`${service.url}/api/account`, { headers: { 'x-api-key': 'sk_live_grace_51Hx9Qe7' } });
  expect([answer.status, await answer.text()]).toEqual([500, '{"error":"Internal Server Error"}']);
});

it('hashes each password with its own salt', async () => {
  const [one, other] = [await hashPassword('x'), await hashPassword('x')];
  expect(one).not.toBe(other);
  expect([
    await isPassword('x', one),
    await isPassword('x', other),
    await isPassword('y', one),
    await isPassword('x', '$2b$12$abc'),
    await isPassword('', 'scrypt$$'),
  ]).toEqual([true, true, false, false, false]);
});
