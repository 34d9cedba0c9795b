/** The modes of MongoDB's Extended JSON. */
export const EJSON_MODES = ['relaxed', 'canonical'] as const;

export type EjsonMode = (typeof EJSON_MODES)[number];
