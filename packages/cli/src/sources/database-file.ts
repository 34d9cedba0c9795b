const HEAD = `// Written by safe-collection migrate: the database of the migrated calls.
`;

const MISSING = `
/** For a read that has to find something. */
export function missing(): never {
  throw Object.assign(new Error('There is no such document.'), { code: 'P2025' });
}
`;

const AS_PATTERN = `
/** The source of a regular expression that finds this very text. */
export function asPattern(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\\\\]^{|}]/g, String.raw\`\\$&\`);
}
`;

/** The address is known when the program calls \`mongoose.connect()\`. */
export const MONGOOSE_DATABASE = `${HEAD}import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';

let opened: { readonly client: MongoClient; readonly db: Db } | undefined;

/** Opens the database. Call it where mongoose.connect() is called. It connects with the first call. */
export function openDatabase(uri: string, { dbName, ...options }: MongoClientOptions & { dbName?: string } = {}): void {
  const client = new MongoClient(uri, options);
  opened = { client, db: client.db(dbName) };
}

export function database(): Db {
  if (opened === undefined) throw new Error('The database is not open: call openDatabase(uri) first.');
  return opened.db;
}

export async function closeDatabase(): Promise<void> {
  await opened?.client.close();
  opened = undefined;
}

/** For a read that has to find something. */
export function missing(): never {
  throw new Error('There is no such document.');
}
`;

/** Prisma takes the address from the environment, and connects with the first call. */
export function prismaDatabase(address: string): string {
  return `${HEAD}import { MongoClient, type Db } from 'mongodb';

let opened: { readonly client: MongoClient; readonly db: Db } | undefined;

/** The database that the schema's datasource names. It connects with the first call. */
export function database(): Db {
  opened ??= open();
  return opened.db;
}

function open() {
  const uri = ${address};
  if (uri === undefined) throw new Error('The address of the database is not set.');
  const client = new MongoClient(uri);
  return { client, db: client.db() };
}

export async function closeDatabase(): Promise<void> {
  await opened?.client.close();
  opened = undefined;
}
${MISSING}${AS_PATTERN}`;
}
