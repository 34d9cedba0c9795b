import type { PassedOption } from './method-options.ts';

/** The methods of a cursor that read it or end it. */
export const CURSOR_READS = ['next', 'hasNext', 'toArray', 'forEach', 'stream', 'json', 'jsonStream', 'close'] as const;

/** The options of `find()` that its cursor has a method for, in addition to `sort`. */
export const CURSOR_OPTIONS = ['limit', 'skip', 'batchSize'] as const satisfies readonly PassedOption[];

export type CursorRead = (typeof CURSOR_READS)[number];
export type CursorOption = (typeof CURSOR_OPTIONS)[number];
