/** The levels of a read concern. */
export const READ_CONCERN_LEVELS = ['local', 'available', 'majority', 'linearizable', 'snapshot'] as const;

/** The modes of a read preference. */
export const READ_PREFERENCE_MODES = [
  'primary',
  'primaryPreferred',
  'secondary',
  'secondaryPreferred',
  'nearest',
] as const;
