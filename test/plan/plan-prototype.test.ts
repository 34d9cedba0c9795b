import { afterEach, expect, it } from 'vitest';

import { SafeCollection } from '../../src/index.ts';
import { type User, usersFixture, userView } from '../privileged/users.ts';

const { db, sent } = await usersFixture();
const users = new SafeCollection(db.collection<User>('users'), userView);

const LEAF = { kind: 'leaf', path: 'username', children: new Map() };
const POLLUTION = { sort: { password_hash: -1 }, sealed: { children: new Map([['username', LEAF]]) }, limit: 1, skip: 1 };

afterEach(() => {
  for (const key of Object.keys(POLLUTION)) delete (Object.prototype as Record<string, unknown>)[key];
});

it.each(Object.entries(POLLUTION))('a plan without %s takes none from Object.prototype', async (key, value) => {
  sent();
  (Object.prototype as Record<string, unknown>)[key] = value;
  const all = await users.find({}, { projection: ['username'] }).toArray();
  const first = await users.findOne({}, { projection: ['username'] });
  delete (Object.prototype as Record<string, unknown>)[key];
  expect(all[0]).toEqual({ username: expect.any(String) });
  expect(first).toEqual(all[0]);
  const [find, findOne] = sent();
  expect(find?.command[key]).toBeUndefined();
  expect(findOne?.command[key]).toBe(key === 'limit' ? 1 : undefined);
});
