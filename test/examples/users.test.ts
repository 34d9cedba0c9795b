import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';

import { startServices } from './services.ts';

/** Words that are only in the private values and names of a user. */
const PRIVATE =
  /_id|password|\$2b\$|api_key|sk_live|internal_role|admin|ssn|000-12|street|St James|geo|access_code|1852#|sess_|token/;

it('answers a user by id with all that is public and nothing else', async () => {
  const { get, ada } = await startServices();
  const { status, body, text } = await get('users', `/api/user/${ada._id.toHexString()}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    username: 'ada',
    email: 'ada@example.com',
    joined_at: '2026-03-14T09:26:53.000Z',
    profile: { bio: 'Writes notes on engines.', avatar: '/img/ada.png' },
    addresses: [{ city: 'London' }, { city: 'Ockham' }],
  });
  expect(text).not.toMatch(PRIVATE);
});

it('answers a user by name with what a stranger may see', async () => {
  const { get } = await startServices();
  const { status, body, text } = await get('users', '/api/user/public/ada');
  expect(status).toBe(200);
  expect(body).toEqual({
    username: 'ada',
    profile: { bio: 'Writes notes on engines.', avatar: '/img/ada.png' },
    addresses: [{ city: 'London' }, { city: 'Ockham' }],
  });
  expect(text).not.toMatch(PRIVATE);
});

it('answers a summary', async () => {
  const { get, ada } = await startServices();
  const { status, body } = await get('users', `/api/user/summary/${ada._id.toHexString()}`);
  expect(status).toBe(200);
  expect(body).toEqual({ username: 'ada', joined_at: '2026-03-14T09:26:53.000Z', profile: { avatar: '/img/ada.png' } });
});

it('answers a user without the optional parts', async () => {
  const { get, alan } = await startServices();
  const { status, body } = await get('users', `/api/user/${alan._id.toHexString()}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    username: 'alan',
    email: 'alan@example.com',
    joined_at: '2026-03-14T09:26:53.000Z',
    addresses: [],
  });
});

it('answers the fields that a client chose, and refuses a private one', async () => {
  const { get } = await startServices();
  expect(await get('users', '/api/user?username=ada&fields=username,email')).toMatchObject({
    status: 200,
    body: [{ username: 'ada', email: 'ada@example.com' }],
  });
  expect(await get('users', '/api/user?username=ada&fields=username,password_hash')).toMatchObject({
    status: 400,
    body: { error: { code: 'projection_path' } },
  });
});

it.each([
  ['an operator', '?username[$ne]=', 'filter_operator_untagged'],
  ['an encoded operator', '?username%5B%24ne%5D=', 'filter_operator_untagged'],
  ['a pattern operator', '?username[$regex]=.*', 'filter_operator_untagged'],
  ['a list', '?username=ada&username=grace', 'filter_value'],
  ['a subdocument', '?username[first]=ada', 'filter_value'],
  ['nothing', '', 'input_invalid'],
])('refuses %s as a username', async (_, query, code) => {
  const { get } = await startServices();
  expect(await get('users', `/api/user${query}`)).toMatchObject({ status: 400, body: { error: { code } } });
});

it('answers 404 for a missing document or route, and 400 for a bad id or path', async () => {
  const { get } = await startServices();
  expect((await get('users', `/api/user/${new ObjectId().toHexString()}`)).status).toBe(404);
  expect((await get('users', `/api/user/summary/${new ObjectId().toHexString()}`)).status).toBe(404);
  expect((await get('users', '/api/user/public/nobody')).status).toBe(404);
  expect((await get('users', '/api/secrets')).status).toBe(404);
  expect((await get('users', '/api/user/1')).status).toBe(400);
  expect((await get('users', '/api/user/summary/ada')).status).toBe(400);
  expect((await get('users', '/api/user/public/%E0%A4%A')).status).toBe(400);
});

it('does not answer a field that is added to the database afterwards', async () => {
  const { get, db, ada } = await startServices();
  const paths = [
    `/api/user/${ada._id.toHexString()}`,
    '/api/user/public/ada',
    `/api/user/summary/${ada._id.toHexString()}`,
  ];
  const before = await Promise.all(paths.map((path) => get('users', path)));
  await db.collection('users').updateMany(
    {},
    {
      $set: { two_factor_secret: 'JBSWY3DP', 'profile.salary': 90_000, 'addresses.$[].gate_key': 'K-17' },
    },
  );
  const after = await Promise.all(paths.map((path) => get('users', path)));
  // `alan` has no profile: the new field makes one, whose presence is public, so ada is the one to look at.
  expect(after).toEqual(before);
});

it('returns 500 without the stored value if a subdocument is stored at a public leaf', async () => {
  const { get, db } = await startServices();
  await db.collection('users').updateOne({ username: 'ada' }, { $set: { 'profile.bio': { text: 'SECRET-TEXT' } } });
  const { status, body, text } = await get('users', '/api/user/public/ada');
  expect(status).toBe(500);
  expect(body).toMatchObject({ error: { code: 'schema_drift' } });
  expect(text).not.toContain('SECRET-TEXT');
});

it('does not repeat in an error what the client sent as a value', async () => {
  const { get } = await startServices();
  const { text } = await get('users', '/api/user?username[$gt]=MARKED-VALUE');
  expect(text).not.toContain('MARKED-VALUE');
});
