/** The sets of paths whose leaves hold scalars: a view returns them, or writes them. */
export const TYPED_PARTS = ['public', 'writable'] as const;

/** The sets of paths that are only compared with. */
export const COMPARED_PARTS = ['filterable', 'sortable', 'joinable'] as const;

/** The sets of paths that are compared with by operators of their own. */
export const LOCATED_PARTS = ['geo'] as const;

/** What a view does to every write by itself. */
export const CONVENTION_PARTS = ['timestamps', 'version', 'defaults', 'validate'] as const;

/** The parts that are merged entry by entry if a view is extended. The others are replaced. */
export const MERGED_PARTS = [...TYPED_PARTS, ...COMPARED_PARTS, 'arrays', 'timestamps', 'defaults'] as const;

/** The parts of a view. A part that is not listed is refused. */
export const VIEW_PARTS = [
  'name',
  ...TYPED_PARTS,
  ...COMPARED_PARTS,
  ...LOCATED_PARTS,
  'search',
  'arrays',
  'whole',
  'scope',
  'shardKey',
  'operators',
  ...CONVENTION_PARTS,
] as const;

export type ViewPart = (typeof VIEW_PARTS)[number];
export type MergedPart = (typeof MERGED_PARTS)[number];
export type PathPart = (typeof TYPED_PARTS)[number] | (typeof COMPARED_PARTS)[number];
export type ConventionPart = (typeof CONVENTION_PARTS)[number];
