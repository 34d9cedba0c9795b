import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { HTTP_LANES } from '../../bench/http/lanes.ts';
import { PRINTED } from '../../bench/json/json-lanes.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let out = '';

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'safe-collection-bench-'));
});
afterAll(() => rm(out, { recursive: true, force: true }));

/** Runs a command of the benchmark on the tests' server. Its numbers mean nothing; that it runs is what counts. */
async function quickRun(command: string): Promise<{ readonly code: number; readonly printed: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', resolve(ROOT, 'bench', command), '--quick', '--out', out], {
    cwd: ROOT,
    env: { ...process.env, MONGODB_URI: inject('mongodbUri') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, printed };
}

describe('a quick run', () => {
  it(
    'of npm run bench compares all contenders, prints its tables and writes them with a chart',
    { timeout: 600_000 },
    async () => {
      const { code, printed } = await quickRun('bench.ts');
      expect(code).toBe(0);
      for (const lane of [
        'safe-collection',
        'mongoose, lean',
        'papr',
        'typegoose',
        'MikroORM',
        'raw driver + projection + zod',
      ]) {
        expect(printed).toContain(`| ${lane} |`);
      }
      for (const heading of [
        'findOne',
        'insertMany 100',
        'mixed load, 64 in flight',
        'group by product',
        '1,000 users, 8 paths',
      ]) {
        expect(printed).toContain(`### ${heading}`);
      }
      expect(printed).not.toMatch(/NaN|undefined|Infinity/);
      expect(await readFile(join(out, 'RESULTS.md'), 'utf8')).toBe(printed.trimEnd() + '\n');
      expect(await readFile(join(out, 'chart.svg'), 'utf8')).toMatch(/^<svg [^]*safe-collection[^]*<\/svg>\n$/);
    },
  );

  it(
    'of npm run bench:http loads a server of each contender, and writes its tables with a chart',
    { timeout: 600_000 },
    async () => {
      const { code, printed } = await quickRun('bench-http.ts');
      expect(code).toBe(0);
      for (const lane of Object.values(HTTP_LANES)) expect(printed).toContain(`| ${lane} |`);
      expect(printed).toContain('## 1,000 users, 8 paths, 2 connections');
      expect(printed).not.toMatch(/NaN|undefined|Infinity/);
      expect(await readFile(join(out, 'RESULTS-HTTP.md'), 'utf8')).toBe(printed.trimEnd() + '\n');
      expect(await readFile(join(out, 'chart-http.svg'), 'utf8')).toMatch(
        /^<svg [^]*safe-collection, JSON[^]*<\/svg>\n$/,
      );
    },
  );

  it('of npm run bench:json compares what it costs to print a read', { timeout: 120_000 }, async () => {
    const { code, printed } = await quickRun('bench-json.ts');
    expect(code).toBe(0);
    for (const lane of Object.values(PRINTED)) expect(printed).toContain(`| ${lane} |`);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('of npm run bench:memory streams every document in each way', { timeout: 120_000 }, async () => {
    const { code, printed } = await quickRun('bench-memory.ts');
    expect(code).toBe(0);
    expect(printed).toMatch(/^\| 10,000(?: \| [\d.]+){7} \|$/m);
  });

  it('has installed what the check of the peers needs, and it passes', { timeout: 120_000 }, async () => {
    const tsc = resolve(ROOT, 'node_modules/@typescript/native/bin/tsc');
    const child = spawn(process.execPath, [tsc, '-p', resolve(ROOT, 'bench/tsconfig.json')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const errors: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, ...errors]).toEqual([0]);
  });

  it('leaves no database behind', async () => {
    const client = await new MongoClient(inject('mongodbUri')).connect();
    try {
      const { databases } = await client.db().admin().listDatabases();
      expect(databases.filter(({ name }) => name.startsWith('safe-collection-bench-'))).toEqual([]);
    } finally {
      await client.close();
    }
  });
});
