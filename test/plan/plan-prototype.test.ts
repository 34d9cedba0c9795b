import { afterEach, expect, it } from 'vitest';

import { SafeCollection } from '../../src/index.ts';
import { type User, usersFixture, userView } from '../privileged/users.ts';

const { db, sent } = await usersFixture();
const users = new SafeCollection(db.collection<User>('users'), userView);

const POLLUTION = { sort: { password_hash: -1 }, sealed: { children: new Map() }, limit: 1, skip: 1 };

afterEach(() => {
  for (const key of Object.keys(POLLUTION)) delete (Object.prototype as Record<string, unknown>)[key];
});

it.each(Object.entries(POLLUTION))('a plan without %s takes none from Object.prototype', async (key, value) => {
  sent();
  (Object.prototype as Record<string, unknown>)[key] = value;
  await users.find({}, { projection: ['username'] }).toArray();
  await users.findOne({}, { projection: ['username'] });
  delete (Object.prototype as Record<string, unknown>)[key];
  const [find, findOne] = sent();
  expect(find?.command[key]).toBeUndefined();
  expect(findOne?.command[key]).toBe(key === 'limit' ? 1 : undefined);
});
