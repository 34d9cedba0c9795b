import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';

import { DatabaseError } from './database-error.ts';
import { FieldStatisticsBuilder } from './field-statistics.ts';
import type { FieldStatistics } from './field-statistics.ts';

export interface SampledCollection {
  readonly name: string;
  /** The server's own count. */
  readonly documents: number;
  /** The number of sampled documents. */
  readonly sampled: number;
  readonly fields: readonly FieldStatistics[];
  readonly notes: readonly string[];
}

export interface SampleOptions {
  readonly uri: string;
  readonly db?: string | undefined;
  /** The number of documents to sample from each collection. */
  readonly size: number;
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

const MAX_TIME_MS = 15_000;
const BATCH_SIZE = 200;

/**
 * Samples each collection of a database. It sends only `listCollections`, `count` and `aggregate` or `find`, each with a time
 * limit. Documents are counted one after another and not stored.
 */
export async function sampleDatabase({
  uri,
  db: name,
  size,
  onProgress,
}: SampleOptions): Promise<readonly SampledCollection[]> {
  const client = connect(uri);
  try {
    await client.connect();
    const db = client.db(name);
    const names = await collectionNames(db);
    const sampled: SampledCollection[] = [];
    for (const [at, collection] of names.entries()) {
      onProgress?.(at, names.length, collection);
      sampled.push(await sampleCollection(db, collection, size));
    }
    onProgress?.(names.length, names.length, '');
    return sampled;
  } catch (thrown) {
    throw new DatabaseError(explain(thrown, name));
  } finally {
    await client.close();
  }
}

function connect(uri: string): MongoClient {
  try {
    return new MongoClient(uri, {
      appName: 'safe-collection-cli',
      serverSelectionTimeoutMS: 5000,
      maxPoolSize: 1,
      readPreference: 'secondaryPreferred',
      retryReads: true,
    });
  } catch {
    // The driver's message contains the connection string.
    throw new DatabaseError('The connection string is not valid. It looks like mongodb://127.0.0.1:27017/shop.');
  }
}

async function collectionNames(db: Db): Promise<readonly string[]> {
  const found = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  const names = found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  if (names.length === 0)
    throw new DatabaseError(`The database "${db.databaseName}" has no collections. Name another one with --db.`);
  return names.toSorted();
}

async function sampleCollection(db: Db, name: string, size: number): Promise<SampledCollection> {
  const collection = db.collection(name);
  const documents = await collection.estimatedDocumentCount({ maxTimeMS: MAX_TIME_MS });
  const options = { batchSize: BATCH_SIZE, maxTimeMS: MAX_TIME_MS, promoteBuffers: false };
  // For less than 5 % of the documents the server uses a random cursor; for more, it reads and sorts the whole collection.
  const isSmall = documents <= size;
  const drawn = documents > 20 * 100 ? Math.max(100, Math.min(size, Math.floor(documents / 21))) : size;
  const cursor = isSmall
    ? collection.find({}, { ...options, limit: size })
    : collection.aggregate([{ $sample: { size: drawn } }], options);
  const builder = new FieldStatisticsBuilder();
  const notes: string[] = [];
  try {
    for await (const document of cursor) builder.add(document);
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code !== 50) throw thrown;
    notes.push(`the server took more than ${MAX_TIME_MS / 1000} s: ${builder.documents} documents were looked at`);
  } finally {
    await cursor.close();
  }
  if (builder.isCut) notes.push('it has more paths than are kept: is a document used as a map?');
  return { name, documents, sampled: builder.documents, fields: builder.fields(), notes };
}

/** The message for an error. It uses only names and codes, because the texts of the server and the driver may contain values and addresses. */
function explain(thrown: unknown, db: string | undefined): string {
  if (thrown instanceof DatabaseError) return thrown.message;
  const { name, code, codeName } = thrown as {
    readonly name?: string;
    readonly code?: unknown;
    readonly codeName?: string;
  };
  if (name === 'MongoServerSelectionError')
    return 'No server answered within 5 s. Is it running, and is the address of --uri right?';
  if (code === 18) return 'The server refused the name or the password in the connection string.';
  if (code === 13)
    return `The user may not read ${db === undefined ? 'this database' : `"${db}"`}. The role "read" is enough.`;
  if (name === 'MongoParseError' || name === 'MongoInvalidArgumentError')
    return 'The connection string is not valid. It looks like mongodb://127.0.0.1:27017/shop.';
  return `The database could not be read (${[name, codeName ?? (typeof code === 'number' ? code : undefined)].filter((part) => part !== undefined).join(' ')}).`;
}
