/**
 * Measures `audit --uri`: 20 collections of 100,000 documents, of which a fifth of the fields are sensitive. It prints
 * how long it took, how much memory, which planted fields were found and what else was flagged. Build first.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';

import { startServer } from '../../../scripts/mongod/start-server.ts';
import { OPEN, put, RARE, SENSITIVE } from './planted-fields.ts';

const COLLECTIONS = 20;
const DOCUMENTS = 100_000;
/** The number of generated documents; the server copies them until there are enough. */
const DRAWN = 5000;
const MAIN = resolve(import.meta.dirname, '../dist/main.js');

const LIMITS = { seconds: 20, megabytes: 300, falseShare: 0.05 };

interface Report {
  readonly collections: readonly {
    readonly name: string;
    readonly fields: readonly { readonly path: string; readonly sensitive?: object }[];
  }[];
}

async function fill(db: Db, at: number): Promise<ReadonlySet<string>> {
  const names = Object.keys(SENSITIVE);
  // Each collection has half of the sensitive fields, alternating, and all of the open ones.
  const planted = new Set(names.filter((_, index) => (index + at) % 2 === 0));
  const documents = Array.from({ length: DRAWN }, (_, index) => {
    const document: Record<string, unknown> = {};
    for (const [path, make] of Object.entries(OPEN)) put(document, path, make(index));
    for (const [path, make] of Object.entries(SENSITIVE))
      if (planted.has(path) && (!RARE.has(path) || index % 100 === 0)) put(document, path, make(index));
    return document;
  });
  const drawn = db.collection('drawn');
  await drawn.insertMany(documents);
  await drawn
    .aggregate([
      { $unset: '_id' },
      { $set: { copy: { $range: [0, DOCUMENTS / DRAWN] } } },
      { $unwind: '$copy' },
      { $unset: 'copy' },
      { $out: `things_${String(at).padStart(2, '0')}` },
    ])
    .toArray();
  await drawn.drop();
  return planted;
}

/** Runs the program and polls the system for its highest memory use, which is not available after it has ended. */
async function run(uri: string, folder: string) {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, 'audit', folder, '--uri', uri, '--json', join(folder, 'report.json')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {
      // It ended between two polls.
    }
  }, 20);
  const code = await new Promise((done) => {
    child.once('exit', done);
  });
  clearInterval(watch);
  if (code !== 0) throw new Error(`the audit ended with ${String(code)}`);
  return {
    seconds: (performance.now() - started) / 1000,
    megabytes: peak / 1024,
    report: JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report,
  };
}

function compare({ collections }: Report, planted: ReadonlyMap<string, ReadonlySet<string>>) {
  const flagged = collections.flatMap(({ name, fields }) =>
    fields.filter(({ sensitive }) => sensitive !== undefined).map(({ path }) => ({ name, path })),
  );
  const missed = [...planted].flatMap(([name, paths]) =>
    [...paths]
      .filter((path) => !flagged.some((one) => one.name === name && one.path === path))
      .map((path) => `${name}.${path}`),
  );
  const surplus = flagged
    .filter(({ name, path }) => !(planted.get(name)?.has(path) ?? false))
    .map(({ name, path }) => `${name}.${path}`);
  return { flagged: flagged.length, missed, surplus };
}

const server = await startServer();
const client = new MongoClient(server.uri);
const db = client.db(`safe-collection-measure-${process.pid}`);
const folder = mkdtempSync(join(tmpdir(), 'safe-collection-measure-'));
try {
  const planted = new Map<string, ReadonlySet<string>>();
  for (let at = 0; at < COLLECTIONS; at += 1) planted.set(`things_${String(at).padStart(2, '0')}`, await fill(db, at));
  const uri = new URL(server.uri);
  uri.pathname = `/${db.databaseName}`;
  const { seconds, megabytes, report } = await run(uri.href, folder);
  const { flagged, missed, surplus } = compare(report, planted);
  console.log(
    `${COLLECTIONS} collections of ${DOCUMENTS} documents: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`,
  );
  console.log(
    `${flagged} fields flagged; missed: ${missed.join(', ') || 'none'}; not planted: ${surplus.join(', ') || 'none'} (${((100 * surplus.length) / Math.max(1, flagged)).toFixed(1)} %)`,
  );
  if (
    seconds > LIMITS.seconds ||
    megabytes > LIMITS.megabytes ||
    missed.length > 0 ||
    surplus.length / flagged > LIMITS.falseShare
  )
    process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  await db.dropDatabase();
  await client.close();
  await server.stop();
}
