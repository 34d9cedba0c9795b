import { setTimeout as pause } from 'node:timers/promises';
import { compileFunction } from 'node:vm';

import type { Db } from 'mongodb';
import { everything, op, trusted, type JsonStream } from 'safe-collection';

import { IDS, type Account } from './world.ts';

/** What the source of a cell may use. */
export interface Bindings {
  readonly C: object;
  readonly P: object;
  readonly db: Db;
  /** The value of a test of values. */
  readonly V?: unknown;
  /** Applied to each part of a call: the parts of JavaScript callers inherit nothing. */
  readonly bare?: (value: unknown) => unknown;
}

/** Opened for watching, and closed when all changes were seen. */
interface Stream {
  next(): Promise<object | null>;
  close(): Promise<void>;
}

interface Consumer {
  readonly signal: AbortSignal;
  readonly seen: (event: object) => void;
  until(running: Promise<void>): Promise<unknown>;
}

let groups = 0;

/** The names in the source of a cell, apart from those of the test. */
function helpersOf(db: Db): Readonly<Record<string, unknown>> {
  return {
    op,
    trusted,
    everything,
    ID: IDS[0],
    GROUP: `group ${(groups += 1)}`,
    textOf,
    built,
    changesOf: async (opening: Promise<Stream>) => await changesOf(db, opening),
    consumer: () => consumerOf(db),
  };
}

/** Runs the source of a cell as JavaScript. */
export async function runSource(source: string, { C, P, db, V, bare }: Bindings): Promise<unknown> {
  const names = { C, P, V, bare, ...helpersOf(db) };
  return await (compiled(source, Object.keys(names))(...Object.values(names)) as Promise<unknown>);
}

type Run = (...values: readonly unknown[]) => unknown;

/** The last sources: a call runs in both worlds, and a test of values runs the same one with each value. */
const runs = new Map<string, Run>();
const RUNS_KEPT = 200;

function compiled(source: string, names: readonly string[]): Run {
  const known = runs.get(source);
  if (known !== undefined) return known;
  const run = compileFunction(`return (async () => { ${withoutTypes(source)} })();`, [...names]) as Run;
  if (runs.size >= RUNS_KEPT) runs.clear();
  runs.set(source, run);
  return run;
}

/** The cells have few types: these are all. */
function withoutTypes(source: string): string {
  return source
    .replaceAll(': unknown[]', '')
    .replaceAll(' as never', '')
    .replace('await using cursor = ', 'const cursor = ');
}

/** A pipeline by the method of each stage: `$sort` is `sort()`. */
function built(pipeline: object, stages: readonly object[]): unknown {
  let step: Readonly<Record<string, (operand: unknown) => object>> = pipeline as never;
  for (const stage of stages) {
    const [[name, operand] = []] = Object.entries(stage) as [string, unknown][];
    step = step[String(name).slice(1)]?.(operand) as never;
  }
  return step;
}

async function textOf(stream: JsonStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += Buffer.from(chunk).toString();
  return text;
}

/** Changes only private fields, and then removes all documents: those that match leave the stream. */
async function change(db: Db): Promise<void> {
  const accounts = db.collection<Account>('accounts');
  await accounts.updateMany({}, { $set: { password_hash: `zebra ${db.databaseName}` } });
  for (const _id of IDS) await accounts.deleteOne({ _id });
}

/** All events until the stream ends, because its collection was dropped. */
async function changesOf(db: Db, opening: Promise<Stream>): Promise<unknown> {
  const stream = await opening;
  try {
    await change(db);
    await db.collection('accounts').drop();
    const events: object[] = [];
    for (let event = await stream.next(); event !== null; event = await stream.next()) events.push(event);
    return events;
  } finally {
    await stream.close();
  }
}

/** How long a consumer is given to see an event after a plain stream saw it, in milliseconds. It waits so long only if there is none. */
const SEEN_WITHIN = 250;

function consumerOf(db: Db): Consumer {
  const stopping = new AbortController();
  const events: object[] = [];
  return {
    signal: stopping.signal,
    seen: (event) => {
      events.push(event);
      stopping.abort();
    },
    async until(running) {
      // A refused call ends here, before anything is sent.
      await Promise.race([running, pause(10)]);
      await Promise.race([running, opened(db)]);
      await changeAndSee(db);
      setTimeout(() => stopping.abort(), SEEN_WITHIN).unref();
      await running;
      return events;
    },
  };
}

/** Makes the changes, and waits until a stream of the driver has them: on a busy machine that takes a while. */
async function changeAndSee(db: Db): Promise<void> {
  const stream = db.collection<Account>('accounts').watch([], { maxAwaitTimeMS: 20 });
  try {
    // It opens with the first read.
    await stream.tryNext();
    await change(db);
    for (let left = IDS.length; left > 0;) {
      const event = await stream.next();
      if (event.operationType === 'delete' && IDS.some((id) => id.equals(event.documentKey._id))) left -= 1;
    }
  } finally {
    await stream.close();
  }
}

/** Where consumers keep their place. As soon as it has a token, no change is missed. */
const CONSUMERS = 'safe_collection_consumers';

async function opened(db: Db): Promise<void> {
  const mine = { _id: new RegExp(`/group ${groups}(?:/|$)`), token: { $type: 'string' } };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await db.collection(CONSUMERS).countDocuments(mine as never)) > 0) return;
    await pause(10);
  }
}
