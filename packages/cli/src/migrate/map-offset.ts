import type { Edit } from './edit.ts';

/** Maps an offset of the changed text to the old text: the start of the edit for an offset inside one. */
export function oldOffset(edits: readonly Edit[], offset: number): number {
  const seen = new Set<string>();
  const ordered = edits
    .filter(({ start, end, text }) => {
      const key = `${start}:${end}:${text}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  let shift = 0;
  for (const { start, end, text } of ordered) {
    const at = start + shift;
    if (offset < at) break;
    if (offset < at + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}
