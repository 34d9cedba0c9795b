import type { Edit } from './edit.ts';

/** A place in the old text. */
export interface OldPlace {
  readonly offset: number;
  /** The change that wrote the place, if it is in changed text. */
  readonly edit: Edit | undefined;
}

/** Maps an offset of the changed text to the old text: the start of the edit for an offset inside one. */
export function oldPlace(edits: readonly Edit[], offset: number): OldPlace {
  const seen = new Set<string>();
  const ordered = edits
    .filter(({ start, end, text }) => {
      const key = `${start}:${end}:${text}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  let shift = 0;
  for (const edit of ordered) {
    const { start, end, text } = edit;
    const at = start + shift;
    if (offset < at) break;
    if (offset < at + text.length) return { offset: start, edit };
    shift += text.length - (end - start);
  }
  return { offset: offset - shift, edit: undefined };
}
