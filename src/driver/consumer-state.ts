import { randomUUID } from 'node:crypto';
import { MongoServerError, type Collection } from 'mongodb';

import type { WatchPlan } from '../plan/plan.ts';
import { mapError } from './map-error.ts';
import { assertPrototypeIsClean } from './prototype-guard.ts';
import { codeIn } from './server-codes.ts';
import type { Target } from './target.ts';
import { DUPLICATE_KEY } from './unique-index.ts';

/** The collection with the state of all groups. */
const STATES = 'safe_collection_consumers';

interface State {
  readonly _id: string;
  readonly holder?: string;
  readonly until?: Date;
  readonly token?: string;
}

/** What a process gets with the lease. */
export interface LeaseStart {
  readonly token: string | undefined;
}

/** A lease that has ended. */
const FREE = Object.freeze({ until: new Date(0) });

const SETTINGS = Object.freeze({
  writeConcern: Object.freeze({ w: 'majority' as const }),
  promoteValues: true,
  ignoreUndefined: false,
  raw: false,
});

/**
 * The state of a group on the server: which process has it and until when, by the clock of the server, and the token of its last event. A
 * process that lost the lease can't store a token any more.
 */
export class ConsumerState {
  readonly #states: Collection<State>;
  readonly #target: Target;
  readonly #plan: WatchPlan;
  readonly #id: string;
  readonly #lease: number;
  readonly #holder = randomUUID();
  /** The local time of the last command that gave or renewed the lease, before it was sent. */
  #since = Number.NEGATIVE_INFINITY;

  constructor(target: Target, plan: WatchPlan, id: string, lease: number) {
    this.#states = target.collection.db.collection<State>(STATES, SETTINGS);
    this.#target = target;
    this.#plan = plan;
    this.#id = id;
    this.#lease = lease;
  }

  /** Whether this process may still act. It is careful: on the server the lease ends later. */
  get isHeld(): boolean {
    return performance.now() - this.#since < this.#lease;
  }

  /** Takes the lease if no other process has it. */
  async acquire(): Promise<LeaseStart | undefined> {
    return await this.#send(async (sent) => {
      const state = (await this.#take()) ?? ((await this.#create()) ? await this.#take() : null);
      if (state === null) return undefined;
      this.#since = sent;
      return { token: state.token };
    });
  }

  /** The state, if its lease has ended by the clock of the server. */
  #take(): Promise<State | null> {
    return this.#states.findOneAndUpdate(
      { _id: this.#id, $expr: { $lt: ['$until', '$$NOW'] } },
      [{ $set: { holder: this.#holder, until: this.#end() } }],
      { returnDocument: 'after' },
    );
  }

  /** Makes the state of a new group. `false` if there is one. */
  async #create(): Promise<boolean> {
    try {
      const made = await this.#states.updateOne({ _id: this.#id }, { $setOnInsert: FREE }, { upsert: true });
      return made.upsertedCount === 1;
    } catch (error) {
      if (error instanceof MongoServerError && codeIn(error) === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** Renews the lease. `false` if another process has it. */
  async renew(): Promise<boolean> {
    return await this.#write([{ $set: { until: this.#end() } }]);
  }

  /** Stores the token of an event, and renews the lease. `false` if another process has it. */
  async store(token: string | undefined): Promise<boolean> {
    const stored = token === undefined ? '$$REMOVE' : { $literal: token };
    return await this.#write([{ $set: { token: stored, until: this.#end() } }]);
  }

  /** Gives the lease up, so that another process need not wait. */
  async release(): Promise<void> {
    await this.#write([{ $set: FREE }]);
    this.#since = Number.NEGATIVE_INFINITY;
  }

  async #write(update: object[]): Promise<boolean> {
    return await this.#send(async (sent) => {
      const { matchedCount } = await this.#states.updateOne({ _id: this.#id, holder: this.#holder }, update);
      if (matchedCount === 1) this.#since = sent;
      return matchedCount === 1;
    });
  }

  #end(): object {
    return { $add: ['$$NOW', this.#lease] };
  }

  async #send<T>(send: (sent: number) => Promise<T>): Promise<T> {
    assertPrototypeIsClean(this.#plan);
    try {
      return await send(performance.now());
    } catch (error) {
      throw mapError(error, this.#plan, this.#target.onDriverError);
    }
  }
}
