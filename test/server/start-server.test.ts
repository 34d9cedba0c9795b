import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Db, MongoClient } from 'mongodb';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { thisHost } from '../../scripts/mongod/host.ts';
import { startServer } from '../../scripts/mongod/start-server.ts';
import { temporaryFolder } from './fake-host.ts';

const quietHost = { ...thisHost, say: () => {} };

it('starts a replica set with transactions', async () => {
  const { client, db } = await startedDb();
  const users = db.collection<{ _id: number }>('users');
  await users.insertOne({ _id: 1 });

  await client.withSession((session) => session.withTransaction(() => users.insertOne({ _id: 2 }, { session })));
  const aborted = client.withSession((session) =>
    session.withTransaction(async () => {
      await users.insertOne({ _id: 3 }, { session });
      throw new Error('changed my mind');
    }),
  );
  await expect(aborted).rejects.toThrow('changed my mind');
  expect(await users.find().sort({ _id: 1 }).toArray()).toEqual([{ _id: 1 }, { _id: 2 }]);
});

it('starts a replica set with change streams', async () => {
  const { db } = await startedDb();
  const users = await db.createCollection<{ _id: number }>('users');
  await using stream = users.watch();
  // The first read opens the stream on the server; earlier inserts are not events.
  expect(await stream.tryNext()).toBeNull();
  await users.insertOne({ _id: 1 });
  expect(await stream.next()).toMatchObject({ operationType: 'insert', fullDocument: { _id: 1 } });
});

it('leaves no process and no folder behind after stop()', async () => {
  const folder = await temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const server = await startServer({}, quietHost);
  await server.stop();
  await server.stop();
  expect(server.processIds.filter(isAlive)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it('leaves no process behind if the program that started it is killed', async () => {
  const program = fileURLToPath(new URL('./start-and-wait.ts', import.meta.url));
  const env = { ...process.env, TMPDIR: await temporaryFolder() };
  const parent = spawn(process.execPath, ['--import', 'tsx', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const processIds = JSON.parse(String(line)) as number[];
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(processIds.filter(isAlive)).toEqual([]), { timeout: 25_000, interval: 100 });
});

it('starts more members on request', async () => {
  // A server of the user's own has the members it has.
  const members = process.env['MONGODB_URI'] ? 1 : 3;
  const server = await startServer({ members }, quietHost);
  onTestFinished(() => server.stop());
  await using client = await new MongoClient(server.uri).connect();
  expect(client.options.hosts.length).toBeGreaterThanOrEqual(members);
});

it('uses the server that MONGODB_URI names, and leaves it running', async () => {
  const uri = inject('mongodbUri');
  const server = await startServer({}, { ...quietHost, env: { MONGODB_URI: uri } });
  expect(server).toMatchObject({ uri, processIds: [] });
  await server.stop();
  await using client = new MongoClient(uri);
  expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
});

async function startedDb(): Promise<{ client: MongoClient; db: Db }> {
  const server = await startServer({}, quietHost);
  onTestFinished(() => server.stop());
  const client = new MongoClient(server.uri);
  onTestFinished(() => client.close());
  const db = client.db(`safe-collection-${randomUUID()}`);
  onTestFinished(async () => void (await db.dropDatabase()));
  return { client, db };
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
