import { Node } from '../project/index.ts';
import type { Edit } from './edit.ts';

const MARK = '// safe-collection: ';

/** The reason on the line above a call's statement, if it already has a mark. */
export function markAbove(call: Node): string | undefined {
  const { text, start } = placeOf(call);
  const before = text.slice(0, start).trimEnd();
  const line = before.slice(before.lastIndexOf('\n') + 1).trim();
  return line.startsWith(MARK) ? line.slice(MARK.length) : undefined;
}

/** Adds a comment on a separate line above the statement of a call. */
export function markEdit(call: Node, reason: string): Edit {
  const { text, start, file } = placeOf(call);
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  return { file, start, end: start, text: `${indent}${MARK}${reason}\n` };
}

function placeOf(call: Node) {
  const file = call.getSourceFile();
  const statement =
    call.getFirstAncestor((node) => Node.isStatement(node) && !Node.isBlock(node)) ??
    call.getFirstAncestor(Node.isPropertyDeclaration) ??
    call;
  return { file: file.getFilePath(), text: file.getFullText(), start: statement.getStartLinePos() };
}
