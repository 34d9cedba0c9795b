/** The names of the rows. The others are compared with the first. */
export const LANES = {
  baseline: 'raw driver + projection',
  again: 'the same again (noise)',
  whole: 'raw driver, no projection',
  oneBatch: 'raw driver + projection, one batch',
  smallBatches: 'raw driver + projection, batches of 101',
  zod: 'raw driver + projection + zod',
  safe: 'safe-collection',
  safeSmallBatches: 'safe-collection, batches of 101',
  mongoose: 'mongoose',
  lean: 'mongoose, lean',
  papr: 'papr',
  typegoose: 'typegoose',
  mikro: 'MikroORM',
} as const;

/** The default size of the first batch. */
export const SMALL_BATCH = 101;
