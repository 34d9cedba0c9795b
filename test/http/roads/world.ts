import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect } from 'vitest';

import { defineView, SafeCollection, subtree } from '../../../src/index.ts';
import { PrivilegedCollection } from '../../../src/privileged.ts';
import { type User, usersFixture, userView } from '../../privileged/users.ts';

/** The data of the tests' handlers: results, raw documents, sealed values, and a file of a document. */
export type HttpWorld = Awaited<ReturnType<typeof httpWorld>>;

export async function httpWorld() {
  const { db } = await usersFixture();
  const raw = db.collection<User>('users');
  const users = new SafeCollection(raw, userView);
  const open = new SafeCollection(raw, defineView<User>()({ public: { username: 1, settings: subtree } }));
  const logins = new PrivilegedCollection(raw, userView, { reason: 'test' });
  const folder = await mkdtemp(join(tmpdir(), 'http-'));
  const rawAda = async (): Promise<User> => (await raw.findOne({ username: 'ada' })) ?? expect.fail('no ada');
  const files = { document: join(folder, 'ada.json'), page: join(folder, 'page.html') };
  await writeFile(files.document, JSON.stringify(await rawAda()));
  await writeFile(files.page, '<p>hello</p>');
  afterAll(() => rm(folder, { recursive: true }));
  return {
    raw,
    users,
    logins,
    files,
    /** A result of one field. */
    ada: async () => (await users.findOne({ username: 'ada' }, { projection: ['username'] })) ?? expect.fail('no ada'),
    /** A result with a date, a branch and an array. */
    wideAda: async () =>
      (await users.findOne(
        { username: 'ada' },
        { projection: ['username', 'joined_at', 'profile.bio', 'addresses.city'] },
      )) ?? expect.fail('no ada'),
    /** A result with a subtree. */
    openAda: async () =>
      (await open.findOne({ username: 'ada' }, { projection: ['username', 'settings'] })) as unknown as {
        settings: Record<string, unknown>;
      },
    rawAda,
    /** A raw document as JSON text. */
    text: async () => JSON.stringify(await rawAda()),
  };
}
