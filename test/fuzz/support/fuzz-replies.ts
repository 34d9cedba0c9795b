import { Binary, BSON, Long, MongoClient, type Document } from 'mongodb';
import { SafeCollection, SafeCollectionError } from 'safe-collection';

import { startHostileServer } from '../../decode/support/hostile-server.ts';
import { PROJECTION, storedUserView, surplusPaths, type StoredUser } from '../../decode/support/stored-users.ts';

/** A read that takes longer hangs. */
const LONGEST = 1_000;

/** Where an answer has the bytes of the fuzzer: the driver reads the length before them. */
const LENGTH = 4;

export interface ReplyCounts {
  failed: number;
  answered: number;
}

/** Reads from a server whose answer has one document of the fuzzer's bytes. */
export class Replies {
  readonly counts: ReplyCounts = { failed: 0, answered: 0 };
  readonly #client: MongoClient;
  readonly #users: SafeCollection<StoredUser, never>;
  readonly #stop: () => Promise<void>;
  readonly #answer: { bytes: Uint8Array };

  private constructor(uri: string, answer: { bytes: Uint8Array }, stop: () => Promise<void>) {
    this.#client = new MongoClient(uri);
    const users: unknown = new SafeCollection(this.#client.db('db').collection<StoredUser>('users'), storedUserView);
    this.#users = users as SafeCollection<StoredUser, never>;
    this.#answer = answer;
    this.#stop = stop;
  }

  static async open(): Promise<Replies> {
    const answer = { bytes: new Uint8Array() };
    const server = await startHostileServer(
      (command) => answerTo(command, answer.bytes.length),
      (body) => withBytes(body, answer.bytes),
    );
    return new Replies(server.uri, answer, async () => await server.close());
  }

  /** Throws unless the read ends soon, with documents of planned paths or with an error of the library. */
  async read(input: Uint8Array): Promise<void> {
    this.#answer.bytes = input.subarray(1);
    const read = READS[(input[0] ?? 0) % READS.length] as Read;
    const began = performance.now();
    const result = await read(this.#users).catch((error: unknown) => error);
    if (performance.now() - began > LONGEST) throw new Error('The read hangs.');
    if (!Array.isArray(result)) return this.#failed(result);
    this.counts.answered += 1;
    const surplus = surplusPaths(result);
    if (surplus.length > 0) throw new Error(`The read returned ${surplus.join(', ')}.`);
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#stop();
  }

  #failed(error: unknown): void {
    this.counts.failed += 1;
    if (!(error instanceof SafeCollectionError)) throw error;
  }
}

type Read = (users: SafeCollection<StoredUser, never>) => Promise<readonly object[]>;

const asked = { projection: storedUserView } as never;

const READS: readonly Read[] = [
  async (users) => await users.find({}, asked).toArray(),
  async (users) => JSON.parse((await users.findJson({}, asked)).text()) as object[],
  async (users) => await users.aggregate([{ $project: PROJECTION }] as never).toArray(),
  async (users) => [(await users.findOne({}, asked)) ?? {}],
];

/** A marked document that is as long as the bytes of the fuzzer: they take its place. */
function answerTo(command: Document, length: number): Document {
  if (!('find' in command) && !('aggregate' in command)) return { ok: 1 };
  return { cursor: { firstBatch: [placeholder(length)], id: Long.ZERO, ns: 'db.users' }, ok: 1 };
}

const MARK = 'the bytes of the fuzzer';
const EMPTY = BSON.calculateObjectSize({ [MARK]: new Binary(Buffer.alloc(0)) });

function placeholder(length: number): Document {
  return { [MARK]: new Binary(Buffer.alloc(Math.max(0, length + LENGTH - EMPTY))) };
}

function withBytes(body: Buffer, bytes: Uint8Array): Buffer {
  const at = body.indexOf(MARK);
  // The mark comes after the length and the type.
  if (at >= 0) body.fill(0, at - 1, at - 1 + Math.max(bytes.length, EMPTY - LENGTH)).set(bytes, at - 1);
  return body;
}
