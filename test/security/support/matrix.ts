import { MongoClient, type CommandStartedEvent, type Db } from 'mongodb';
import { RefusedCallError, withTransaction } from 'safe-collection';

import { bare } from './bare.ts';
import { runSource } from './bindings.ts';
import { seenOf, type Seen } from './outcome.ts';
import type { Expectation } from './rules.ts';
import { stateAfter, type StateAfter } from './stored.ts';
import {
  createAccounts,
  createWorld,
  databasesOf,
  privilegedOf,
  restoreWorld,
  scopedPrivilegedOf,
  scopedShopOf,
  shopOf,
  type World,
} from './world.ts';

/** Commands that the driver sends on its own account. */
const HOUSEKEEPING: ReadonlySet<string> = new Set(['hello', 'ismaster', 'ping', 'endSessions', 'killCursors']);

/** How the collection of a call was made. */
export const MODES = ['direct', 'transaction', 'scoped', 'scoped transaction'] as const;
export type Mode = (typeof MODES)[number];

/** A call with what the rules say about it. */
export interface Attempt {
  readonly source: string;
  readonly mode: Mode;
  readonly expectation: Expectation;
  /** What may have changed afterwards. Documents that were removed to make events are stored again, and not compared. */
  readonly changes: 'nothing' | 'documents' | 'events' | 'the collection';
  /** Makes the value `V` of the source, for each world. */
  readonly make?: () => unknown;
}

/** What a call did: it was refused or allowed as the rules say, or a fault. */
export type Verdict = 'refused' | 'allowed' | { readonly fault: string };

interface Collections {
  readonly P: ReturnType<typeof privilegedOf | typeof scopedPrivilegedOf>;
  readonly shop: ReturnType<typeof shopOf | typeof scopedShopOf>;
}

/** The two worlds, unscoped and scoped. */
export class Matrix {
  readonly client: MongoClient;
  readonly #databases;
  readonly #collections = new Map<Db, Collections>();
  #sent: CommandStartedEvent[] = [];

  constructor(uri: string) {
    // Nothing here has to survive a crash of the server.
    this.client = new MongoClient(uri, { monitorCommands: true, writeConcern: { w: 1, journal: false } });
    this.#databases = databasesOf(this.client);
    this.client.on('commandStarted', (event) => {
      if (!HOUSEKEEPING.has(event.commandName)) this.#sent.push(event);
    });
  }

  async open(): Promise<void> {
    for (const world of [0, 1] as const) {
      await createWorld(this.#databases.plain[world], world, false);
      await createWorld(this.#databases.scoped[world], world, true);
    }
  }

  async close(): Promise<void> {
    for (const db of [...this.#databases.plain, ...this.#databases.scoped]) await db.dropDatabase();
    await this.client.close();
  }

  async run(attempt: Attempt): Promise<Verdict> {
    return attempt.expectation.isAllowed ? await this.#runAllowed(attempt) : await this.#runRefused(attempt);
  }

  /** The commands since the last call of this method. */
  takeSent(): readonly CommandStartedEvent[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  db(mode: Mode, world: World): Db {
    return (mode.startsWith('scoped') ? this.#databases.scoped : this.#databases.plain)[world];
  }

  async call({ source, mode, make }: Pick<Attempt, 'source' | 'mode' | 'make'>, world: World): Promise<unknown> {
    const db = this.db(mode, world);
    const { P, shop } = this.#collectionsOf(db, mode.startsWith('scoped'));
    const bindings = { P, db, bare, V: make?.() };
    if (!mode.endsWith('transaction')) return await runSource(source, { C: shop.accounts, ...bindings });
    return await withTransaction(
      shop,
      async ({ collections }) => await runSource(source, { C: collections.accounts, ...bindings }),
    );
  }

  async restore({ mode, changes }: Pick<Attempt, 'mode' | 'changes'>): Promise<void> {
    if (changes === 'nothing') return;
    await inBoth(async (world) => {
      const db = this.db(mode, world);
      if (changes === 'the collection') await createAccounts(db);
      await restoreWorld(db, world, mode.startsWith('scoped'));
    });
  }

  /** Made once for each database: a view and a collection of it never change. */
  #collectionsOf(db: Db, isScoped: boolean): Collections {
    const known = this.#collections.get(db);
    if (known !== undefined) return known;
    const made = isScoped
      ? { P: scopedPrivilegedOf(db), shop: scopedShopOf(db) }
      : { P: privilegedOf(db), shop: shopOf(db) };
    this.#collections.set(db, made);
    return made;
  }

  /** A refused call: a stable code, no value in the error, and no command. */
  async #runRefused(attempt: Attempt): Promise<Verdict> {
    this.takeSent();
    const error = await this.call(attempt, 0).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const sent = this.takeSent();
    if (sent.length > 0) return { fault: `sent ${sent.map(({ commandName }) => commandName).join(', ')}` };
    if (!(error instanceof RefusedCallError))
      return { fault: error instanceof Error ? `${error.name}: ${error.message}` : 'it was accepted' };
    if (!attempt.expectation.codes.includes(error.code)) return { fault: `${error.code}: ${error.message}` };
    const seen = await seenOf(() => {
      throw error;
    });
    return seen.text.includes('zebra') ? { fault: `a value in the error: ${error.message}` } : 'refused';
  }

  /** An allowed call: the same result, error and public state in both worlds, and no private value. */
  async #runAllowed(attempt: Attempt): Promise<Verdict> {
    const isStream = attempt.changes === 'events' || attempt.changes === 'the collection';
    const run = async (world: World): Promise<Seen> => await seenOf(async () => await this.call(attempt, world));
    const [first, second] = isStream ? [await run(0), await run(1)] : await inBoth(run);
    const { fault, isAsBefore } = await this.#stateAfter(attempt);
    if (!isAsBefore) await this.restore(attempt);
    const found = faultOf(first, second, attempt) ?? fault;
    return found === undefined ? 'allowed' : { fault: found };
  }

  async #stateAfter({ changes, mode }: Attempt): Promise<StateAfter> {
    if (changes !== 'documents') return { fault: undefined, isAsBefore: false };
    return await stateAfter([this.db(mode, 0), this.db(mode, 1)], mode.startsWith('scoped'));
  }
}

async function inBoth<T>(run: (world: World) => Promise<T>): Promise<readonly [T, T]> {
  return await Promise.all([run(0), run(1)]);
}

function faultOf(first: Seen, second: Seen, { expectation }: Attempt): string | undefined {
  for (const { code, text } of [first, second]) {
    if (text.includes('zebra')) return `a private value: ${text.slice(0, 300)}`;
    if (text.startsWith('RefusedCallError')) return `refused (${code}): ${text.slice(0, 200)}`;
  }
  // What a declared disclosure compares with is public by I2.
  if (expectation.isDeclared === true || first.text === second.text) return undefined;
  return `two worlds differ: ${first.text.slice(0, 200)} and ${second.text.slice(0, 200)}`;
}
