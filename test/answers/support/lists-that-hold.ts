import { createRequire } from 'node:module';

import { MongoClient } from 'mongodb';

import type { AnswerList } from './answer-list.ts';

/** What the known answers were written with. */
const DRIVER = '7.9.';
const SERVER = '6.0.5';

/**
 * Lists with answers that the driver or its BSON decides: the commands for the next batches, the order in which a `Long` is printed, the indexes of the ids
 * that an unordered bulk inserted.
 */
const DECIDED_BY_DRIVER: readonly string[] = [
  'bulks',
  'crowds',
  'damaged',
  'decoding',
  'driver-options',
  'live',
  'results',
  'sessions',
];

/** Lists with answers that the server decides: in a window, `$first` of a field that is missing is `null` in mongod 6.0.27. */
const DECIDED_BY_SERVER: readonly string[] = ['accumulators'];

/** The lists whose answers hold with the installed driver, and with the server at an address. */
export async function listsThatHold(lists: readonly AnswerList[], uri: string): Promise<readonly AnswerList[]> {
  const decided = [
    ...(driverVersion().startsWith(DRIVER) ? [] : DECIDED_BY_DRIVER),
    ...((await serverVersion(uri)) === SERVER ? [] : DECIDED_BY_SERVER),
  ];
  const unknown = decided.find((name) => !lists.some((list) => list.name === name));
  if (unknown !== undefined) throw new Error(`There is no list ${unknown}.`);
  return lists.filter(({ name }) => !decided.includes(name));
}

function driverVersion(): string {
  return (createRequire(import.meta.url)('mongodb/package.json') as { readonly version: string }).version;
}

async function serverVersion(uri: string): Promise<unknown> {
  const client = new MongoClient(uri);
  try {
    return (await client.db('admin').command({ buildInfo: 1 }))['version'];
  } finally {
    await client.close();
  }
}
