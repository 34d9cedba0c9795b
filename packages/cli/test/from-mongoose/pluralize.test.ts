import mongoose from 'mongoose';
import { expect, it } from 'vitest';

import { collectionOf } from '../../src/from-mongoose/pluralize.ts';

const MODELS =
  'User BlogPost Category Person Child Man Woman Human Ox Axis Status Alias Virus Bus Tomato Medium Analysis Knife Wolf Hive Day Box Church Matrix Index Mouse Quiz Goose News Sheep Data Item2 media Address Toy Query Series Cactus Wife Half Vertex';

it('collections are called as Mongoose calls them', () => {
  const pluralize = mongoose.pluralize();
  for (const model of MODELS.split(' ')) expect(collectionOf(model), model).toBe(pluralize?.(model));
});
