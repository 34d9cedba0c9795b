/** The names of the rows. The others are compared with the first. */
export const HTTP_LANES = {
  raw: 'raw driver + projection',
  again: 'the same again (noise)',
  whole: 'raw driver, no projection',
  lean: 'mongoose, lean',
  objects: 'safe-collection, objects',
  guarded: 'safe-collection, objects, guarded',
  json: 'safe-collection, JSON, guarded',
} as const;

export type HttpLane = (typeof HTTP_LANES)[keyof typeof HTTP_LANES];
