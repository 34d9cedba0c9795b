import { type Document, MongoClient } from 'mongodb';
import { reasonOf } from './reason-of.ts';

/** Throws if the user's own server lacks something that the tests and examples need. */
export async function checkOwnServer(uri: string, members: number): Promise<void> {
  const flaw = flawOf(await hello(uri), members);
  if (flaw) throw new Error(`MONGODB_URI is set, but its server ${flaw}`);
}

async function hello(uri: string): Promise<Document> {
  try {
    await using client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
    return await client.db('admin').command({ hello: 1 });
  } catch (error) {
    // The driver's message contains an invalid URI, including the password.
    throw new Error(
      `MONGODB_URI is set, but its server can't be used: ${reasonOf(error).replaceAll(uri, '(the URI)')}`,
    );
  }
}

/** What is missing in a server's answer to `hello`, or undefined. */
export function flawOf(answer: Document, members: number): string | undefined {
  if (answer['msg'] === 'isdbgrid') return undefined;
  if (!answer['setName']) {
    return 'is no replica set, and transactions and change streams need one: start it with --replSet and call rs.initiate()';
  }
  const count = (answer['hosts'] as unknown[] | undefined)?.length ?? 0;
  return count < members ? `has ${count} member(s), and ${members} are needed` : undefined;
}
