import { createHash } from 'node:crypto';
import { compileFunction } from 'node:vm';

import { BSON, type CommandStartedEvent, type Db, type MongoClient } from 'mongodb';
import { everything, op, trusted } from 'safe-collection';

import type { AnswerWorld } from './answer-list.ts';

/** Commands that the driver sends on its own account. */
const HOUSEKEEPING: ReadonlySet<string> = new Set(['hello', 'ismaster', 'ping', 'endSessions', 'killCursors']);

/** What the driver adds to a command. */
const ADDED: ReadonlySet<string> = new Set(['lsid', '$clusterTime', 'txnNumber', '$db']);

const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify', 'create', 'drop']);

/** Ids of stored documents begin like this. All others are new. */
const KNOWN_ID = /^6{8}/;

/** Makes calls and writes down what they do. */
export class Recorder {
  readonly #client: MongoClient;
  readonly #db: Db;
  #sent: CommandStartedEvent[] = [];
  readonly #note = (event: CommandStartedEvent): void => {
    if (!HOUSEKEEPING.has(event.commandName) && !this.#isWaiting(event)) this.#sent.push(event);
  };

  /** @param client - one with `monitorCommands`. */
  constructor(client: MongoClient, db: Db) {
    this.#client = client;
    this.#db = db;
    client.on('commandStarted', this.#note);
  }

  /** Whether a command asks for the events of a stream, which is sent while the call goes on. */
  #isWaiting({ commandName }: CommandStartedEvent): boolean {
    return commandName === 'getMore' && this.#sent.some(isOfStream);
  }

  /** Hears of no more commands. */
  stop(): void {
    this.#client.off('commandStarted', this.#note);
  }

  /** The commands of a call and its result or error, as lines. */
  async answer(source: string, world: AnswerWorld): Promise<string> {
    this.#sent = [];
    const last = await this.#run(source, world).then(printed, refused);
    const sent = this.#sent;
    this.#sent = [];
    const written = sent.filter(({ commandName }) => WRITES.has(commandName));
    if (written.length > 0)
      await world.store(this.#db, new Set(written.map(({ command, commandName }) => String(command[commandName]))));
    const lines = [...sent.map(({ command }) => `> ${commandText(command)}`), last];
    return lines.map((line) => shortened(withoutChance(line, this.#db))).join('\n');
  }

  async #run(source: string, world: AnswerWorld): Promise<unknown> {
    const names = { op, trusted, everything, ...world.names(this.#db) };
    const run = compileFunction(`return (async () => { ${source} })();`, Object.keys(names));
    return await (run(...Object.values(names)) as Promise<unknown>);
  }
}

function isOfStream({ command }: CommandStartedEvent): boolean {
  return BSON.EJSON.stringify(command).includes('$changeStream');
}

function commandText(command: CommandStartedEvent['command']): string {
  const fields = Object.entries(command).filter(([name]) => !ADDED.has(name));
  return BSON.EJSON.stringify(Object.fromEntries(fields), { relaxed: false });
}

function printed(result: unknown): string {
  return `= ${BSON.EJSON.stringify({ result }, { relaxed: false })}`;
}

function refused(error: unknown): string {
  const { name, message, code, path, operation, view } = error as Error & Readonly<Record<string, unknown>>;
  return `! ${[name, code, operation, view, path].join(' ')}: ${message}`;
}

/** Writes control characters out, and hides what is different in each run: ids of new documents and cursors, the time, sealed positions, and the name of the database. Plain numbers are 32-bit integers. */
function withoutChance(text: string, db: Db): string {
  return text
    .replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))
    .replaceAll(/"_data":"[0-9A-F]+"/g, '"_data":"(token)"')
    .replaceAll(/\{"\$numberInt":"(-?\d+)"\}/g, '$1')
    .replaceAll(/[0-9a-f]{24}/g, (id) => (KNOWN_ID.test(id) ? id : '(id)'))
    .replaceAll(/"\$numberLong":"1[789]\d{11}"/g, '(now)')
    .replaceAll(/"getMore":\{"\$numberLong":"\d+"\}/g, '"getMore":"(cursor)"')
    .replaceAll(/"[\w-]{40,}"/g, '(seal)')
    .replaceAll(/"holder":"[\w-]{36}"/g, '"holder":"(holder)"')
    .replaceAll(db.databaseName, '(db)');
}

/** The longest line. A longer one ends with a digest, so that a change of its end is noticed too. */
const LONGEST = 900;

function shortened(line: string): string {
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST)}… ${createHash('sha256').update(line).digest('base64url').slice(0, 12)}`;
}
