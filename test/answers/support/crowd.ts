import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { inspect } from 'node:util';

import * as mongodb from 'mongodb';
import { BSON, type Db } from 'mongodb';
import { defineView, opaqueId, SafeCollection, sendable, subtree } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { SlicedBatch } from '../../../src/results/bson/sliced-batch.ts';
import { WholeBatch } from '../../../src/results/bson/whole-batch.ts';
import { JsonBuffer } from '../../../src/results/json/json-buffer.ts';
import { openProved, provedWebStream } from '../../../src/results/json/json-stream.ts';
import { isProvedJson, provedBodies, provedBytes } from '../../../src/results/json/proved-json.ts';
import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

const define = defineView as () => (spec: object) => object;

/** With opaque ids in each place. */
const guestView = define()({
  name: 'guest',
  public: {
    id: opaqueId('_id'),
    friend: opaqueId('friend_id'),
    friends: opaqueId('friend_ids'),
    'seats.by': opaqueId('seats.by_id'),
    'seats.row': 1,
    number: 1,
    at: 1,
    text: 1,
    'in.x': 1,
    'in.y.z': 1,
    free: subtree,
    10: 1,
    9: 1,
    b: 1,
  },
  filterable: { even: 1 },
  sortable: { even: 1 },
  arrays: { friends: 1, seats: [0, 1] },
});

/** Without opaque ids. */
const plainView = define()({ name: 'plain', public: { number: 1, at: 1, text: 1, 'in.x': 1 } });

const COUNT = 700;
const DAY = 86_400_000;

const guestOf = (number: number): object => ({
  _id: idOf(1000 + number),
  number,
  even: number % 2,
  friend_id: number % 5 === 0 ? null : idOf(2000 + number),
  friend_ids: Array.from({ length: number % 4 }, (_, at) => (at === 2 ? null : idOf(3000 + number + at))),
  ...(number % 3 > 0 && { seats: number % 3 === 1 ? { by_id: idOf(number), row: 1 } : [{ by_id: idOf(number) }, {}] }),
  at: new Date((number - 2) * DAY * 7.3),
  text: `${number % 50 === 0 ? 'é' : 'text'} ${'x'.repeat(number % 60)}`,
  in: { x: number, y: { z: -number } },
  free: { n: number },
  10: 'ten',
  9: 'nine',
  b: number % 2 === 0,
});

/** Of these, number 300 has something else than an id. */
const brokenOf = (number: number): object => ({ ...guestOf(number), ...(number === 300 && { friend_id: 'text' }) });

const SEAL = { sealKeys: [Buffer.alloc(32, 5)] };

/** A long result as its length, its ends and a digest. */
function summed(value: unknown): unknown {
  const text = inspect(value, { depth: 9, breakLength: Infinity, compact: true, maxArrayLength: null });
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 20);
  return [(value as { length?: number }).length ?? null, text.slice(0, 160), text.slice(-60), digest];
}

/** What the adapters find in a value. */
async function proved(value: unknown): Promise<unknown> {
  const bytes = provedBytes(value)?.toString() ?? null;
  const stream = provedWebStream(value);
  const text = stream === undefined ? null : await new Response(stream).text();
  return [
    isProvedJson(value),
    bytes,
    stream !== undefined && provedBodies.has(stream),
    text,
    openProved(bytes) ?? null,
  ];
}

/** How a stream of Node ends. */
async function ended(stream: Readable): Promise<unknown> {
  return await new Promise((resolve) => {
    const parts: unknown[] = [];
    stream.on('data', (part: Buffer) => parts.push(part.toString().length));
    stream.on('error', (error: Error & { readonly code?: string }) =>
      resolve(['error', error.code ?? String(error), parts]),
    );
    stream.on('close', () => setImmediate(() => resolve(['close', parts])));
  });
}

/** So many guests, and how one reads them. */
export const CROWD: AnswerWorld = {
  async store(db) {
    for (const [name, of] of [
      ['guests', guestOf],
      ['broken', brokenOf],
    ] as const) {
      await db.collection(name).deleteMany({});
      await db.collection(name).insertMany(Array.from({ length: COUNT }, (_, number) => of(number)));
    }
  },
  names: namesOf,
};

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const over = (name: string, view: object, options: object = SEAL): unknown =>
    new SafeCollection(db.collection(name) as never, view as never, options as never);
  return {
    G: over('guests', guestView),
    plain: over('guests', plainView),
    B: over('broken', guestView),
    privileged: new PrivilegedCollection(
      db.collection('guests') as never,
      guestView as never,
      { ...SEAL, reason: 'r' } as never,
    ),
    summed,
    whole,
    sliced,
    buffered,
    isExposed,
    proved,
    ended,
    isProvedBody: (value: object) => provedBodies.has(value),
    M: mongodb,
  };
}

/** Whether a value may be sent as a result, or why not. */
function isExposed(value: unknown): unknown {
  try {
    return sendable(value as never) === value;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

/** Where the documents of a reply are, if its bytes are changed before it is read in place. */
function whole(count: number, change: (bytes: Buffer, starts: readonly number[]) => void, others = count - 2): unknown {
  const documents = Array.from({ length: count }, (_, n) => Buffer.from(BSON.serialize({ n, t: 'x'.repeat(n) })));
  const reply = Buffer.from(BSON.serialize({ b: documents.map((each) => BSON.deserialize(each)), z: 1 }));
  const bytes = Buffer.from(Uint8Array.from(reply).buffer);
  const starts = startsIn(bytes, documents);
  change(bytes, starts);
  const [first, second] = starts.map((start, at) => bytes.subarray(start, start + (documents[at] as Buffer).length));
  const batch = WholeBatch.from(first as Buffer, second as Buffer, others);
  if (batch === undefined) return 'read by slices';
  const seen: unknown[] = [];
  while (batch.advance()) seen.push([batch.start, batch.end]);
  return [seen, batch.advance()];
}

function startsIn(bytes: Buffer, documents: readonly Buffer[]): readonly number[] {
  let at = 0;
  return documents.map((document) => {
    at = bytes.indexOf(document, at);
    const start = at;
    at += document.length;
    return start;
  });
}

/** The numbers of the documents of a batch that the driver gives in pieces, and how many it is asked for. */
function sliced(before: number, ...pieces: readonly number[]): unknown {
  const asked: unknown[] = [];
  const made = (n: number): Buffer => Buffer.from(BSON.serialize({ n }));
  const waiting = [...pieces];
  const cursor = {
    readBufferedDocuments: (number?: number): unknown[] => {
      asked.push(number);
      return Array.from({ length: waiting.shift() ?? 0 }, (_, n) => made(100 + n));
    },
  };
  const batch = new SlicedBatch(
    Array.from({ length: before }, (_, n) => made(n)),
    cursor,
  );
  const seen: unknown[] = [];
  while (batch.advance()) seen.push(BSON.deserialize(batch.bytes.subarray(batch.start, batch.end))['n']);
  return [seen, asked, batch.advance()];
}

/** What a buffer has after some writes. */
function buffered(size: number | undefined, write: (buffer: JsonBuffer) => void): unknown {
  const buffer = new JsonBuffer(size);
  write(buffer);
  const { length } = buffer;
  return [length, buffer.bytes.length >= length, buffer.take().toString(), buffer.length];
}
