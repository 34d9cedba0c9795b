/** The operands of `$text`. */
export const TEXT_OPTIONS = ['$search', '$language', '$caseSensitive', '$diacriticSensitive'] as const;

export type TextOption = (typeof TEXT_OPTIONS)[number];
