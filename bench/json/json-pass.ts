import { MongoClient, type Collection } from 'mongodb';
import { SafeCollection, type ProvedJson } from 'safe-collection';

import type { BenchUser } from '../data/bench-user.ts';
import { benchView } from '../data/bench-view.ts';
import { NARROW, RAW_NARROW, RAW_WIDE, WIDE } from '../data/projections.ts';
import { seededRandom } from '../data/random.ts';
import { runRounds } from '../measure/run-rounds.ts';
import type { Work, WorkSamples } from '../measure/work.ts';
import { sendToParent } from '../prepare/send-to-parent.ts';
import type { Size } from '../size.ts';
import { PRINTED } from './json-lanes.ts';

/** Wall and CPU time of every lane. */
export type JsonPass = readonly WorkSamples[];

/** From the server to the bytes of a response: with objects and `JSON.stringify`, and without. The driver and the library only. */
const [uri, database, size] = process.argv.slice(2) as [string, string, string];
const client = await new MongoClient(uri).connect();
try {
  const random = seededRandom(7);
  const pace = JSON.parse(size) as Size;
  const samples: WorkSamples[] = [];
  for (const work of await works(client.db(database).collection('users'), pace)) {
    console.error(`bench: ${work.name}`);
    samples.push(await runRounds(work, pace, random));
  }
  await sendToParent(samples);
} finally {
  await client.close();
  process.disconnect();
}

async function works(raw: Collection<BenchUser>, { lists }: Size): Promise<readonly Work[]> {
  const users = new SafeCollection(raw, benchView);
  const [few = 0, many = few] = lists;
  return [
    await workOf(
      `${few.toLocaleString('en')} users, 3 paths`,
      () => raw.find({}, { projection: RAW_NARROW, limit: few }).toArray(),
      () => users.find({}, { projection: NARROW, limit: few }).toArray(),
      () => users.findJson({}, { projection: NARROW, limit: few }),
    ),
    ...(await Promise.all(
      [few, many].map((limit) =>
        workOf(
          `${limit.toLocaleString('en')} users, 8 paths`,
          () => raw.find({}, { projection: RAW_WIDE, limit }).toArray(),
          () => users.find({}, { projection: WIDE, limit }).toArray(),
          () => users.findJson({}, { projection: WIDE, limit }),
        ),
      ),
    )),
  ];
}

/** The lanes of one read. All of them have to print the same. */
async function workOf(
  name: string,
  raw: () => Promise<readonly object[]>,
  objects: () => Promise<readonly object[]>,
  json: () => Promise<ProvedJson>,
): Promise<Work> {
  const printed = JSON.stringify(await objects());
  if ((await json()).text() !== printed) throw new Error(`findJson prints ${name} in another way`);
  return {
    name,
    lanes: [
      { name: PRINTED.raw, run: stringified(raw) },
      { name: PRINTED.again, run: stringified(raw) },
      { name: PRINTED.objects, run: stringified(objects) },
      { name: PRINTED.json, run: json },
    ],
  };
}

function stringified(read: () => Promise<readonly object[]>): () => Promise<Buffer> {
  return async () => Buffer.from(JSON.stringify(await read()));
}
