import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { isolate } from '../../src/migrate/isolate.ts';
import { migrateProject } from '../../src/migrate/migrate-project.ts';
import type { PlannedCall } from '../../src/migrate/migrate-project.ts';
import { projectOf } from '../support/user-project.ts';

vi.setConfig({ testTimeout: 240_000 });

const loading = (name: string) => `export async function ${name}(db: Db, username: string) {
  const user = await users(db).findOne({ username });
  console.log(user?.age);
  return user;
}`;

it('an error that is not near a call costs only the call that causes it', () => {
  const folder = projectOf(['one', 'two', 'three', 'four', 'five'].map((name) => loading(name)).join('\n'), {
    'uses.ts': `import type { three } from './code.js';
import type { User } from './model.js';
export const hash: (user: NonNullable<Awaited<ReturnType<typeof three>>>) => string = (user: User) => user.password_hash;
`,
  });
  const { left, migrated, faults } = migrateProject({ folder, only: [] });
  expect(left.map(({ line, reason }) => [line, reason.slice(0, 40)])).toEqual([
    [17, "it would not compile (Type '(user: User)"],
  ]);
  expect([migrated, faults]).toEqual([4, []]);
});

it('an error of a library function’s result does not cost the calls beside it', () => {
  const folder = projectOf(
    `${loading('one')}
export const takes = (user: User | null) => user?.username;
export async function run(db: Db) {
  await users(db).deleteOne({ username: 'a' });
  const count = await users(db).countDocuments({ age: 3 });
  return [takes(await one(db, 'a')), count];
}`,
  );
  const { left, migrated, faults } = migrateProject({ folder, only: [] });
  expect(left.map(({ line, method }) => [line, method])).toEqual([[7, 'findOne']]);
  expect([migrated, faults]).toEqual([2, []]);
});

it('the return type of a function that only gets a document stays, so other code still compiles', () => {
  const folder = projectOf(
    `import { check } from './check.js';
${loading('one')}
export async function run(db: Db, username: string) {
  const user = await users(db).findOne({ username });
  if (user === null) return '';
  const checked = check(user, username);
  return checked.ok ? '' : checked.error.trim();
}`,
    {
      'check.ts': `import type { User } from './model.js';
export type Checked = { ok: true } | { ok: false; error: string };
export function check(user: User, hash: string): Checked {
  if (user.password_hash !== hash) return { ok: false, error: user.password_hash };
  return { ok: true };
}
`,
    },
  );
  const { left, migrated, faults, changes } = migrateProject({ folder, only: [] });
  expect([...changes.keys()].filter((path) => path.endsWith('check.ts'))).toEqual([]);
  expect(left).toHaveLength(1);
  expect([migrated, faults]).toEqual([1, []]);
  expect(readFileSync(join(folder, 'check.ts'), 'utf8')).toContain('): Checked {');
});

it('a value of the type any is named as the reason', () => {
  const folder = projectOf(`export async function run(db: Db, value: ReturnType<typeof JSON.parse>) {
  await users(db).updateOne({ username: value.name }, { $set: { age: 3 } });
  return await users(db).countDocuments({ age: 3 });
}`);
  const { left, migrated } = migrateProject({ folder, only: [] });
  expect(left.map(({ reason }) => reason)).toEqual([
    'a value that it passes is of the type any: give it a type, for example by a schema',
  ]);
  expect(migrated).toBe(1);
});

it('one search by halves serves all errors, and an error of no call has no cause', () => {
  const calls = Array.from({ length: 40 }, () => ({}) as PlannedCall);
  const [, , , a, , , b] = calls;
  const causes: Readonly<Record<string, PlannedCall | undefined>> = { first: a, second: b, third: b, other: undefined };
  let rounds = 0;
  const found = isolate(
    Object.keys(causes).map((fault) => ({ fault, levels: [calls.slice(5, 9), calls] })),
    (without, faults) => {
      rounds += 1;
      return new Set(faults.filter((fault) => causes[fault] === undefined || !without.has(causes[fault])));
    },
  );
  expect(new Map(found)).toEqual(
    new Map([
      [a, 'first'],
      [b, 'third'],
    ]),
  );
  expect(rounds).toBeLessThan(9);
});
