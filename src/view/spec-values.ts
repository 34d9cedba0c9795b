import type { ViewPart } from '../grammar/view-parts.ts';
import { subtree } from '../values/subtree.ts';

/** `subtree` is the only symbol that a view may contain. */
function isMark(value: unknown): boolean {
  return value === subtree || (typeof value !== 'function' && typeof value !== 'symbol');
}

function isNoSymbol(value: unknown): boolean {
  return typeof value !== 'symbol';
}

/** The functions and symbols that a part of a view may contain; in a part that is not listed, none. */
export const SPEC_VALUES: Partial<Record<ViewPart, (value: unknown) => boolean>> = {
  public: isMark,
  writable: isMark,
  filterable: isMark,
  sortable: isMark,
  joinable: isMark,
  defaults: isNoSymbol,
  validate: isNoSymbol,
};
