import MagicString from 'magic-string';

import type { Node } from '../project/index.ts';

/** A change of a file's text. Equal edits count as one, because calls may share a variable. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function replace(node: Node, text: string): Edit {
  return { file: node.getSourceFile().getFilePath(), start: node.getStart(), end: node.getEnd(), text };
}

export function editText(text: string, edits: readonly Edit[]): string {
  const seen = new Set<string>();
  const out = new MagicString(text);
  for (const { start, end, text: inserted } of edits) {
    const key = `${start}:${end}:${inserted}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (start !== end && inserted === '') out.remove(start, end);
    else if (start === end) out.appendLeft(start, inserted);
    else out.overwrite(start, end, inserted);
  }
  return out.toString();
}

/** The source of a node with changes inside it. */
export function textWith(node: Node, edits: readonly Edit[]): string {
  const start = node.getStart();
  return editText(
    node.getText(),
    edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
  );
}

export function insertAt(node: Node, at: number, text: string): Edit {
  return { file: node.getSourceFile().getFilePath(), start: at, end: at, text };
}
