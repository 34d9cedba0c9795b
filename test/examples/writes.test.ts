import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';

import { startServices } from './services.ts';

const EVE = { username: 'eve', email: 'eve@example.com', password: 'correct horse battery' };
const LINE = { product: 'chair', quantity: 2 };

describe('POST /api/user', () => {
  it('signs up: returns public fields, and stores fields that only the program sets', async () => {
    const { send, db } = await startServices();
    const { status, body, text } = await send('users', 'POST', '/api/user', { ...EVE, profile: { bio: 'Listens.' } });
    expect(status).toBe(201);
    expect(body).toEqual({
      username: 'eve',
      email: 'eve@example.com',
      joined_at: expect.any(String) as string,
      profile: { bio: 'Listens.' },
      addresses: [],
    });
    expect(text).not.toMatch(/_id|scrypt|sk_|internal_role|password/);
    const stored = await db.collection('users').findOne({ username: 'eve' });
    expect(stored).toMatchObject({
      internal_role: 'user',
      sessions: [],
      addresses: [],
      joined_at: expect.any(Date) as Date,
    });
    expect(stored).not.toHaveProperty('password');
    expect(stored?.['password_hash']).toMatch(/^scrypt\$/);
  });

  it.each<readonly [string, object, string]>([
    ['internal_role', { ...EVE, internal_role: 'admin' }, 'internal_role'],
    ['password_hash', { ...EVE, password_hash: 'x' }, 'password_hash'],
    ['api_key', { ...EVE, api_key: 'x' }, 'api_key'],
    ['_id', { ...EVE, _id: 'x' }, '_id'],
    ['joined_at', { ...EVE, joined_at: 0 }, 'joined_at'],
    ['profile.ssn', { ...EVE, profile: { bio: 'x', ssn: '1' } }, 'profile.ssn'],
    ['addresses', { ...EVE, addresses: [] }, 'addresses'],
    ['an unknown field', { ...EVE, is_admin: true }, 'is_admin'],
  ])('answers 400 with the name of the field, and stores nothing: %s', async (_, body, field) => {
    const { send, db } = await startServices();
    const { status, body: answer, text } = await send('users', 'POST', '/api/user', body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { code: 'write_path' } });
    expect(text).toContain(`'${field}'`);
    expect(await db.collection('users').countDocuments({ username: 'eve' })).toBe(0);
  });

  it.each<readonly [string, unknown, string]>([
    ['an invalid name', { ...EVE, username: 'MARKED VALUE' }, 'validation_failed'],
    ['a name of another type', { ...EVE, username: 7 }, 'validation_failed'],
    ['a subdocument for a name', { ...EVE, username: { $ne: 'x' } }, 'write_value'],
    ['an invalid address', { ...EVE, email: 'MARKED VALUE' }, 'validation_failed'],
    ['a short password', { ...EVE, password: 'short' }, 'password'],
    ['no name', { email: EVE.email, password: EVE.password }, 'validation_failed'],
    ['an own trusted', { ...EVE, trusted: { set: { internal_role: 'admin' } } }, 'write_path'],
    [
      'an own __proto__',
      `{"username":"eve","email":"eve@example.com","password":"correct horse battery","__proto__":{"internal_role":"admin"}}`,
      'input_invalid',
    ],
    ['a list', [EVE], 'bad_body'],
    ['no JSON', '{', 'bad_body'],
  ])('answers 400 for %s', async (_, body, code) => {
    const { send, db } = await startServices();
    const { status, body: answer, text } = await send('users', 'POST', '/api/user', body);
    expect({ status, code: (answer as { error: { code: string } }).error.code }).toEqual({ status: 400, code });
    expect(text).not.toContain('MARKED');
    expect(await db.collection('users').countDocuments()).toBe(3);
  });

  it('answers 409 for a name that is taken, and does not repeat it', async () => {
    const { send } = await startServices();
    const { status, body, text } = await send('users', 'POST', '/api/user', { ...EVE, username: 'grace' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: 'duplicate_key' } });
    expect(text).not.toContain('grace');
  });
});

describe('PATCH /api/user/:id', () => {
  it('edits the profile, and answers it as it is now', async () => {
    const { send, ada, db } = await startServices();
    const { status, body } = await send('users', 'PATCH', `/api/user/${ada._id.toHexString()}`, {
      'profile.bio': 'Counts.',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ username: 'ada', profile: { bio: 'Counts.', avatar: '/img/ada.png' } });
    expect(await db.collection('users').findOne({ _id: ada._id })).toMatchObject({
      profile: { ssn: '000-12-1815' },
      internal_role: 'admin',
    });
  });

  it.each<readonly [string, object, string]>([
    ['internal_role', { internal_role: 'admin' }, 'internal_role'],
    ['a private field beside its own', { email: 'a@example.com', api_key: 'x' }, 'api_key'],
    ['a nested private field', { 'profile.ssn': 'x' }, 'profile.ssn'],
    ['a whole branch', { profile: { bio: 'x', ssn: 'y' } }, 'profile'],
    ['an element by its number', { 'addresses.0.access_code': 'x' }, 'addresses.0.access_code'],
    ['a position', { 'addresses.$[].access_code': 'x' }, 'addresses.$[].access_code'],
    ['the time of joining', { joined_at: 0 }, 'joined_at'],
  ])('answers 400 with the name of the field, and changes nothing: %s', async (_, body, field) => {
    const { send, db, alan } = await startServices();
    const { status, body: answer, text } = await send('users', 'PATCH', `/api/user/${alan._id.toHexString()}`, body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { code: 'write_path' } });
    expect(text).toContain(`'${field}'`);
    expect(await db.collection('users').findOne({ _id: alan._id })).toEqual(alan);
  });

  it('returns 404 for an unknown user, 400 for an empty change, and 400 if the validator refuses the input', async () => {
    const { send, alan } = await startServices();
    expect(
      (await send('users', 'PATCH', `/api/user/${new ObjectId().toHexString()}`, { email: 'a@example.com' })).status,
    ).toBe(404);
    expect((await send('users', 'PATCH', `/api/user/${alan._id.toHexString()}`, {})).status).toBe(400);
    expect(await send('users', 'PATCH', `/api/user/${alan._id.toHexString()}`, { email: 'none' })).toMatchObject({
      status: 400,
      body: { error: { code: 'validation_failed' } },
    });
  });
});

describe('POST /api/order', () => {
  it('places an order of the user that the gateway names', async () => {
    const { send, ada, db } = await startServices();
    const { status, body } = await send('orders', 'POST', '/api/order', LINE, { 'x-user-id': ada._id.toHexString() });
    expect(status).toBe(201);
    expect(body).toEqual({ ...LINE, user_id: ada._id.toHexString(), order_date: expect.any(String) as string });
    expect(await db.collection('orders').findOne({ product: 'chair' })).toMatchObject({
      user_id: ada._id,
      cost_center: 'CC-7741',
      internal_notes: [],
    });
  });

  it.each<readonly [string, object]>([
    ['internal_role', { ...LINE, internal_role: 'admin' }],
    ['cost_center', { ...LINE, cost_center: 'CC-0' }],
    ['user_id', { ...LINE, user_id: 'x' }],
    ['order_date', { ...LINE, order_date: 0 }],
  ])('answers 400 with the name of the field, and stores nothing: %s', async (field, body) => {
    const { send, ada, db } = await startServices();
    const {
      status,
      body: answer,
      text,
    } = await send('orders', 'POST', '/api/order', body, { 'x-user-id': ada._id.toHexString() });
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { code: 'write_path' } });
    expect(text).toContain(`'${field}'`);
    expect(await db.collection('orders').countDocuments()).toBe(3);
  });

  it.each<readonly [string, object]>([
    ['no quantity', { product: 'chair' }],
    ['a negative one', { product: 'chair', quantity: -1 }],
    ['one that is not a number', { product: 'chair', quantity: '2' }],
  ])('answers 400 for %s', async (_, body) => {
    const { send, ada } = await startServices();
    expect(await send('orders', 'POST', '/api/order', body, { 'x-user-id': ada._id.toHexString() })).toMatchObject({
      status: 400,
      body: { error: { code: 'validation_failed' } },
    });
  });

  it('answers 400 without a user, and 405 for what it does not answer', async () => {
    const { send } = await startServices();
    expect((await send('orders', 'POST', '/api/order', LINE)).status).toBe(400);
    expect((await send('orders', 'PATCH', '/api/order', LINE)).status).toBe(405);
    expect((await send('orders', 'POST', '/api/nothing', LINE)).status).toBe(404);
    expect((await send('orders', 'POST', '/api/order', `{"product":"${'x'.repeat(20_000)}"}`)).status).toBe(413);
  });
});
