import { randomBytes } from 'node:crypto';
import { MongoClient, type CommandStartedEvent, type Db, type MongoClientOptions } from 'mongodb';
import { afterAll, beforeAll, inject } from 'vitest';

/** Commands that the driver sends on its own account. */
const HOUSEKEEPING: ReadonlySet<string> = new Set([
  'hello',
  'ismaster',
  'isMaster',
  'ping',
  'endSessions',
  'saslStart',
  'saslContinue',
]);

/** A database of a test file's own, and what was sent to the server since `forget()`. */
export interface TestServer {
  readonly client: MongoClient;
  readonly db: Db;
  readonly sent: readonly CommandStartedEvent[];
  forget(): void;
}

/** Opens a database with a random name for the file that calls it, and drops it at the end. */
export function testServer(options: MongoClientOptions = {}): TestServer {
  let client: MongoClient | undefined;
  let sent: CommandStartedEvent[] = [];
  const name = `writes_${randomBytes(6).toString('hex')}`;
  const opened = (): MongoClient => {
    if (client === undefined) throw new Error('The server is opened in beforeAll().');
    return client;
  };
  beforeAll(async () => {
    client = new MongoClient(inject('mongodbUri'), { ...options, monitorCommands: true });
    client.on('commandStarted', (event) => {
      if (!HOUSEKEEPING.has(event.commandName)) sent.push(event);
    });
    await client.connect();
  });
  afterAll(async () => {
    await client?.db(name).dropDatabase();
    await client?.close();
  });
  return {
    get client() {
      return opened();
    },
    get db() {
      return opened().db(name);
    },
    get sent() {
      return sent;
    },
    forget() {
      sent = [];
    },
  };
}
