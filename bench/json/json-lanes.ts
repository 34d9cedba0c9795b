/** The names of the rows. The others are compared with the first. */
export const PRINTED = {
  raw: 'raw driver + JSON.stringify',
  again: 'the same again (noise)',
  objects: 'safe-collection, objects + JSON.stringify',
  json: 'safe-collection, findJson',
} as const;
