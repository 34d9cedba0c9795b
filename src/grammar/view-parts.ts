/** The parts of a view. A part that is not listed is refused. */
export const VIEW_PARTS = [
  'name',
  'public',
  'writable',
  'filterable',
  'sortable',
  'joinable',
  'arrays',
  'operators',
  'timestamps',
  'version',
  'defaults',
  'validate',
] as const;

export type ViewPart = (typeof VIEW_PARTS)[number];
