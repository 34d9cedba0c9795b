import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { expect, inject, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

it('runs to its end, and strikes out private fields', async () => {
  const output = await runDemo();
  const lines = output.split('\n');

  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(output).toMatch(/^ {2}username +ada +│ username +ada$/m);
  for (const path of [
    '_id',
    'password_hash',
    'api_key',
    'internal_role',
    'profile.ssn',
    'addresses[0].access_code',
    'cost_center',
  ]) {
    const ofPath = lines.filter((line) => line.slice(2).startsWith(`${path} `));
    expect(ofPath.length, path).toBeGreaterThan(0);
    for (const line of ofPath) expect(line).toMatch(/^- .* │$/);
  }
  for (const path of ['orders[0].internal_notes', '[0].center', '[0].buyer.password_hash']) {
    expect(
      lines.filter((line) => line.slice(2).startsWith(`${path} `) && line.startsWith('- ')),
      path,
    ).toHaveLength(1);
  }
  expect(output).toMatch(/raw, 584 bytes +│ safe, 202 bytes/);
  expect(output).toMatch(/^- two_factor_secret +JBSWY3DP +│$/m);
  expect(output).toMatch(/^- internal_role +admin +│$/m);
  expect(output).toMatch(/^- password +correct horse battery +│$/m);
  expect(output).toMatch(/^ +│ password_hash +scrypt/m);
  expect(output).toContain('safe, 400 write_path');
  expect(output).toMatch(/^ {4}logged: login, findOne by username reads password_hash\n {4}→ 401 /m);
  expect(output).toMatch(/as acme \(its own\) → 200$/m);
  expect(output).toMatch(/as globex \(of another tenant\) → 404$/m);
  expect(output).toMatch(/as acme \(with one character changed\) → 404$/m);
  expect(output).toMatch(/^ {4}event: update\n {4}data: \{"id":".{22}","product":"chair","quantity":5\}$/m);
  expect(output).toContain('→ 200 {"total":1,"staff":[{"name":"ada","role":"admin"}]}');
  for (const answer of [
    '404 not_found',
    '400 bad_id',
    '400 filter_operator_untagged',
    '400 projection_path',
    '400 sort_path',
    '400 option_value',
  ]) {
    expect(output).toContain(`→ ${answer}`);
  }
  expect(output.trimEnd().split('\n').at(-1)).toMatch(
    /^\d+ answers: \d+ bytes raw, \d+ bytes safe; \d+ values stayed in the database\.$/,
  );
});

it('leaves no database behind on a server of the user', async () => {
  await using client = new MongoClient(inject('mongodbUri'));
  await runDemo();
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  expect(databases.filter(({ name }) => name.startsWith('safe-collection-example-'))).toEqual([]);
});

/** As `npm run example` on the server of the tests. A command that fails, or does not end, fails the test. */
async function runDemo(): Promise<string> {
  const env = { ...process.env, MONGODB_URI: inject('mongodbUri') };
  const { stdout } = await run('npm', ['run', '--silent', 'example'], { cwd: root, env });
  return stdout;
}
