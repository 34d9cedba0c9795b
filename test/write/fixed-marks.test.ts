import type { CommandStartedEvent } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { op, SafeCollection, trusted } from 'safe-collection';
import { loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const raw = () => server.db.collection<User>('fixed');
const users = () => loose(new SafeCollection(raw(), userView));

beforeEach(() => raw().deleteMany({}));
afterEach(() => server.client.off('commandStarted', change));

/** A monitor that tries to change the commands that it gets. */
function change({ command }: CommandStartedEvent): void {
  const shown: unknown[] = [command];
  for (const value of shown) {
    if (Array.isArray(value)) Reflect.set(value, value.length, 'forged');
    else if (typeof value === 'object' && value !== null && Reflect.has(value, 'ssn'))
      Reflect.set(value, 'ssn', 'forged');
    if (typeof value === 'object' && value !== null && !('toHexString' in value)) shown.push(...Object.values(value));
  }
}

it("a command monitor can't change the content of op() and trusted() for later calls", async () => {
  const among = op({ $in: ['ada'] });
  const set = trusted({ set: { profile: { ssn: '1' }, tags: ['t'] } } as never);
  server.client.on('commandStarted', change);
  await users()
    .insertMany([{ username: 'ada' }], { trusted: set })
    .catch(() => undefined);
  await users()
    .findOne({ username: among }, { projection: ['username'] })
    .catch(() => undefined);
  server.client.off('commandStarted', change);
  await raw().deleteMany({});
  await users().insertMany([{ username: 'ada' }, { username: 'forged' }], { trusted: set });
  expect(
    await raw()
      .find({}, { projection: { _id: 0, username: 1, profile: 1, tags: 1 } })
      .toArray(),
  ).toEqual(['ada', 'forged'].map((username) => ({ username, profile: { ssn: '1' }, tags: ['t'] })));
  expect(
    await users()
      .find({ username: among }, { projection: ['username'] })
      .toArray(),
  ).toEqual([{ username: 'ada' }]);
});
