import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { conditions } from './programs/conditions.ts';
import { copies } from './programs/copies.ts';
import { filters } from './programs/filters.ts';
import { joined } from './programs/joined.ts';
import { lists } from './programs/lists.ts';
import { newer } from './programs/newer.ts';
import { pages } from './programs/pages.ts';
import { pipelines } from './programs/pipelines.ts';
import { projections } from './programs/projections.ts';
import { results } from './programs/results.ts';
import { unions } from './programs/unions.ts';
import { writes } from './programs/writes.ts';
import { openWorld, seed } from './world.ts';

/** Programs that an engineer writes. The type tests compile them with every compiler; here they run. */
const SUBJECTS = {
  joined,
  results,
  filters,
  lists,
  pages,
  projections,
  writes,
  pipelines,
  newer,
  conditions,
  copies,
  unions,
};

let client: MongoClient;
const name = `safe-collection-${randomUUID()}`;

beforeAll(async () => {
  client = await new MongoClient(inject('mongodbUri')).connect();
});
afterAll(async () => {
  await client.db(name).dropDatabase();
  await client.close();
});

describe.each(Object.entries(SUBJECTS))('honest programs run: %s', (_subject, programs) => {
  it.each(Object.entries(programs))('%s', async (_name, program) => {
    const world = openWorld(client.db(name));
    await Promise.all((await world.db.collections()).map((collection) => collection.deleteMany({})));
    await seed(world);
    const [found, expected] = await program(world);
    expect(found).toEqual(expected);
  });
});
