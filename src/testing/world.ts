import { randomBytes } from 'node:crypto';

import type { Db, Document, MongoClient } from 'mongodb';

import type { Observation } from './locate.ts';
import { openApp, type TestedApp } from './open-app.ts';
import { sentRequest, type WorldRequest } from './world-request.ts';

/** What an application gets to run in a world. */
export interface World {
  /** A database of the world's own, filled with its documents. */
  readonly db: Db;
  /** Where the application logs: a stream for pino or morgan, whose lines are compared too. */
  readonly log: { write(line: string): void };
}

/** The documents of a world, by collection. */
export type Contents = ReadonlyMap<string, readonly Document[]>;

/** How a world is set up. */
export interface WorldSettings {
  readonly client: MongoClient;
  readonly app: (world: World) => TestedApp | Promise<TestedApp>;
  readonly prepare: ((db: Db) => unknown) | undefined;
  readonly requests: readonly WorldRequest[];
}

/** Fills a database, runs the application on it, sends the requests one after another, and drops the database. */
export async function observe(contents: Contents, settings: WorldSettings): Promise<readonly Observation[]> {
  const db = settings.client.db(`two_worlds_${randomBytes(8).toString('hex')}`);
  try {
    await fill(db, contents);
    await settings.prepare?.(db);
    return await observeApp(db, settings);
  } finally {
    await db.dropDatabase();
  }
}

async function fill(db: Db, contents: Contents): Promise<void> {
  for (const [name, documents] of contents) {
    if (documents.length > 0) await db.collection(name).insertMany([...documents], { forceServerObjectId: true });
    else await db.createCollection(name);
  }
}

async function observeApp(db: Db, { app, requests }: WorldSettings): Promise<readonly Observation[]> {
  let lines: string[] = [];
  const log = { write: (line: string): void => void lines.push(line.trimEnd()) };
  const opened = await openApp(await app({ db, log }));
  const observations: Observation[] = [];
  try {
    for (const request of requests) {
      lines = [];
      const from = performance.now();
      const answer = await opened.send(sentRequest(request));
      const milliseconds = performance.now() - from;
      observations.push({ ...answer, log: lines, milliseconds });
    }
  } finally {
    await opened.close();
  }
  return observations;
}
