/** The parts of `trusted()`. */
export const TRUSTED_PARTS = ['filter', 'joins', 'set', 'update', 'arrayFilters'] as const;

export type TrustedPart = (typeof TRUSTED_PARTS)[number];

/** The parts that each kind of method uses. */
export const USED_PARTS = {
  read: ['filter'],
  join: ['filter', 'joins'],
  insert: ['set'],
  update: ['filter', 'update', 'arrayFilters'],
  replace: ['filter', 'set'],
  delete: ['filter'],
} as const satisfies Readonly<Record<string, readonly TrustedPart[]>>;

/** The parts that a kind of method uses. */
export type UsedPart<Kind extends keyof typeof USED_PARTS> = (typeof USED_PARTS)[Kind][number];
