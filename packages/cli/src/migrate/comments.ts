import { Node } from '../project/index.ts';
import type { CallExpression } from '../project/index.ts';
import { insertAt, textWith } from './edit.ts';
import type { Edit } from './edit.ts';

const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The source of an entry of an object literal, with its comments before it and changes inside it. */
export function sourceOf(entry: Node, edits: readonly Edit[] = []): string {
  const own = edits.filter(({ start, end }) => start >= entry.getStart() && end <= entry.getEnd());
  const comments = commentsAround(entry).map((comment) => (comment.startsWith('//') ? `${comment}\n` : `${comment} `));
  return `${comments.join('')}${textWith(entry, own)}`;
}

/** The comments before an entry, and those behind it in its line. */
function commentsAround(entry: Node): readonly string[] {
  const parent = entry.getParent();
  if (!Node.isObjectLiteralExpression(parent)) return [];
  const text = entry.getSourceFile().getFullText();
  const entries = parent.getProperties();
  const at = entries.findIndex((one) => one === entry);
  const previous = entries[at - 1];
  const next = entries[at + 1];
  const before = text.slice(previous?.getEnd() ?? parent.getStart() + 1, entry.getStart());
  const after = text.slice(entry.getEnd(), next?.getStart() ?? parent.getEnd() - 1);
  return [
    ...commentsIn(previous === undefined ? before : before.slice(endOfPrevious(before))),
    ...commentsIn(next === undefined ? after : after.slice(0, endOfPrevious(after))),
  ];
}

/** Where what belongs to the entry before ends: at the end of its line, or at its comma if the next one is in that line. */
function endOfPrevious(gap: string): number {
  const blank = gap.replaceAll(COMMENT, (comment) => ' '.repeat(comment.length));
  const line = blank.indexOf('\n');
  return line >= 0 ? line : blank.indexOf(',') + 1;
}

function commentsIn(text: string): readonly string[] {
  return text.match(COMMENT) ?? [];
}

/** Comments in the arguments of calls that the new text has no place for: they go above the statement. */
export function lostComments(calls: readonly CallExpression[], written: string): readonly Edit[] {
  const [first] = calls;
  const statement = first?.getFirstAncestor((node) => Node.isStatement(node) && !Node.isBlock(node));
  if (statement === undefined) return [];
  const lost = calls.flatMap((call) => commentsOf(call)).filter((comment) => !written.includes(comment));
  const start = statement.getStartLinePos();
  const indent = /^[ \t]*/.exec(statement.getSourceFile().getFullText().slice(start))?.[0] ?? '';
  return [...new Set(lost)].map((comment) => insertAt(statement, start, `${indent}${comment}\n`));
}

/** The comments between the parentheses of a call. */
function commentsOf(call: CallExpression): readonly string[] {
  const from = call.getExpression().getEnd();
  const ranges = call
    .getDescendants()
    .flatMap((node) =>
      node.getEnd() > from ? [...node.getLeadingCommentRanges(), ...node.getTrailingCommentRanges()] : [],
    )
    .filter((range) => range.getPos() >= from && range.getEnd() <= call.getEnd());
  return [...new Map(ranges.map((range) => [range.getPos(), range.getText()])).entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, text]) => text);
}
