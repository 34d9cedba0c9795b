import { afterAll, beforeEach, inject } from 'vitest';

import { openWorld, type World } from './world.ts';

/** World 0 for the file that calls this. Sent commands are counted from the start of each test. */
export async function testWorld(): Promise<World> {
  const world = await openWorld(inject('mongodbUri'), 0);
  beforeEach(() => world.forget());
  afterAll(() => world.close());
  return world;
}
