import { randomUUID } from 'node:crypto';

import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { auditProject } from '../../src/audit/audit-project.ts';
import { htmlReport } from '../../src/audit/output/html.ts';
import { sarifReport } from '../../src/audit/output/sarif.ts';
import { terminalReport } from '../../src/audit/output/terminal.ts';
import { DatabaseError } from '../../src/database/database-error.ts';
import { sampleDatabase } from '../../src/database/sample-database.ts';
import { folderOf } from '../support/folder.ts';
import { SHOP } from '../support/shop.ts';

const client = new MongoClient(inject('mongodbUri'));
const name = `safe-collection-${randomUUID()}`;
const db = client.db(name);
const uri = () => {
  const url = new URL(inject('mongodbUri'));
  url.pathname = `/${name}`;
  return url.href;
};

const SMALL: object = { a: 1 };
const SECRET = 'Zx9-very-secret-value';

beforeAll(async () => {
  await db.collection<object>('users').insertMany(
    Array.from({ length: 300 }, (_, at) => ({
      username: `${SECRET}-${at}`,
      password_hash: `$2b$10$${'a'.repeat(53)}`,
      age: at % 3 === 0 ? String(at) : at,
      profile: at % 2 === 0 ? { ssn: `123-45-${1000 + at}`, bio: SECRET } : null,
      tags: ['a', 'b'],
      matrix: [[1], [2]],
      byDay: { '2024-01-01': SECRET, ['0123456789abcdef'.repeat(2)]: 1 },
      '<b>&"': 1,
      at: new Date(),
    })),
  );
  await db.collection<object>('empty_but_one').insertOne(SMALL);
});
afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

it('types, frequency, depth of arrays, and keys that are data', async () => {
  const sampled = await sampleDatabase({ uri: uri(), size: 1000 });
  expect(sampled.map((one) => [one.name, one.documents, one.sampled])).toEqual([
    ['empty_but_one', 1, 1],
    ['users', 300, 300],
  ]);
  const fields = new Map(sampled[1]?.fields.map((field) => [field.path, field]));
  expect(Object.fromEntries(fields.get('age')?.types ?? [])).toEqual({ int: 200, string: 100 });
  expect(fields.get('profile.ssn')?.documents).toBe(150);
  expect([...(fields.get('matrix')?.depths ?? [])]).toEqual([2]);
  expect([...(fields.get('tags')?.depths ?? [])]).toEqual([1]);
  expect(fields.has('byDay.*')).toBe(true);
  expect([...fields.keys()].filter((path) => path.includes('2024'))).toEqual([]);
});

it('a small sample is drawn by the server', async () => {
  const [, users] = await sampleDatabase({ uri: uri(), size: 50 });
  expect(users?.sampled).toBe(50);
});

it('it sends only reads, with a time limit', async () => {
  await db.command({ profile: 2 });
  await sampleDatabase({ uri: uri(), size: 50 });
  await db.command({ profile: 0 });
  const seen = await db.collection('system.profile').find({ appName: 'safe-collection-cli' }).toArray();
  const commands = seen.map((entry) => entry['command'] as Record<string, unknown>);
  const names = commands.map((command) => Object.keys(command)[0]);
  expect(new Set(names)).toEqual(new Set(['aggregate', 'count', 'find']));
  expect(commands.every((command) => command['maxTimeMS'] === 15_000)).toBe(true);
});

it('no stored value gets into any report, and names are escaped', async () => {
  const samples = await sampleDatabase({ uri: uri(), size: 1000 });
  const report = auditProject({ folder: folderOf(SHOP), samples });
  const outputs = [
    JSON.stringify(report),
    JSON.stringify(sarifReport(report, '0')),
    htmlReport(report),
    terminalReport(report, () => true),
  ];
  for (const output of outputs) {
    expect(output).not.toContain(SECRET);
    expect(output).not.toContain('$2b$10$');
    expect(output).not.toMatch(/123-45-\d/);
    expect(output).not.toContain('2024-01-01');
  }
  expect(outputs[2]).not.toContain('<b>&');
  expect(outputs[2]).toContain('&lt;b&gt;&amp;&quot;');
  expect(
    report.collections
      .find((one) => one.name === 'users')
      ?.fields.filter(({ sensitive }) => sensitive !== undefined)
      .map(({ path }) => path),
  ).toEqual(['api_key', 'password_hash', 'profile.ssn']);
  expect(report.findings.filter(({ rule }) => rule === 'drift').map(({ message }) => message)).toEqual([
    'users: "age" holds int (200), string (100).',
  ]);
});

it('errors say what to do and contain no password', async () => {
  const failing = async (bad: string) => {
    const error: unknown = await sampleDatabase({ uri: bad, size: 1 }).catch((thrown: unknown) => thrown);
    if (!(error instanceof DatabaseError)) throw new Error('it did not fail');
    return error.message;
  };
  expect(await failing('nonsense')).toBe(
    'The connection string is not valid. It looks like mongodb://127.0.0.1:27017/shop.',
  );
  expect(await failing('mongodb://app:hunter2@127.0.0.1:1/x?serverSelectionTimeoutMS=200')).toBe(
    'No server answered within 5 s. Is it running, and is the address of --uri right?',
  );
  expect(await failing(uri().replace(name, 'no-such-database'))).toBe(
    'The database "no-such-database" has no collections. Name another one with --db.',
  );
});
