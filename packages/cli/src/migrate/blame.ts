import { chainAfter, functionAround, SyntaxKind, Tracer } from '../project/index.ts';
import type { NameIndex, Node, SourceFile } from '../project/index.ts';
import type { Edit } from './edit.ts';
import type { PlannedCall } from './migrate-project.ts';

const DEEPEST = 6;

/** The rewrites that an error is inside of: in their text, or in the expression around the call. */
export function causesOf(node: Node, edit: Edit | undefined, planned: readonly PlannedCall[]): readonly PlannedCall[] {
  const active = activeIn(planned);
  const own = active.filter(({ rewrite }) => edit !== undefined && rewrite?.edits.some((one) => isSame(one, edit)));
  return own.length > 0 ? own : active.filter(({ call }) => contains(chainAfter(call.node).end, node));
}

/**
 * The rewrites that may cause an error, the likely ones first: those in its function and in the functions called there, those of its
 * file, those of the files that it imports, and all.
 */
export function suspectsOf(
  node: Node,
  planned: readonly PlannedCall[],
  index: NameIndex,
): readonly (readonly PlannedCall[])[] {
  const active = activeIn(planned);
  const file = node.getSourceFile();
  const path = file.getFilePath();
  const own = active.filter(({ rewrite }) => rewrite?.edits.some((edit) => edit.file === path) === true);
  return [nearestTo(node, active, index), own, importedBelow(file, active), active].filter((level) => level.length > 0);
}

export function activeIn(planned: readonly PlannedCall[]): readonly PlannedCall[] {
  return planned.filter(({ rewrite }) => rewrite !== undefined);
}

/** The rewrites in the function around an error, and in those that it calls, and in those that they call. */
function nearestTo(node: Node, active: readonly PlannedCall[], index: NameIndex): readonly PlannedCall[] {
  for (let owner = functionAround(node); owner !== undefined; owner = functionAround(owner)) {
    const around: Node = owner;
    const own = active.filter(({ rewrite }) => rewrite?.edits.some((edit) => changes(edit, around)) === true);
    const found = new Set([...own, ...calledBelow(owner, active, index)]);
    if (found.size > 0) return [...found];
  }
  return [];
}

function isSame(a: Edit, b: Edit): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end && a.text === b.text;
}

/** The rewrites in the files that a file imports: the nearest ones. */
function importedBelow(file: SourceFile, active: readonly PlannedCall[]): readonly PlannedCall[] {
  const seen = new Set<SourceFile>([file]);
  let level: readonly SourceFile[] = [file];
  while (level.length > 0) {
    const imported = level.flatMap((one) =>
      one.getImportDeclarations().flatMap((declared) => declared.getModuleSpecifierSourceFile() ?? []),
    );
    level = [...new Set(imported)].filter((one) => !seen.has(one));
    for (const one of level) seen.add(one);
    const theirs = active.filter(({ call }) => level.includes(call.node.getSourceFile()));
    if (theirs.length > 0) return theirs;
  }
  return [];
}

/** The rewrites in the functions that a function calls: the nearest ones. */
function calledBelow(owner: Node, active: readonly PlannedCall[], index: NameIndex): readonly PlannedCall[] {
  const functions = Tracer.ofFunctions(index);
  const seen = new Set<Node>([owner]);
  let level: readonly Node[] = [owner];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const called = level.flatMap((one) =>
      one.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => functions.trace(call.getExpression())),
    );
    level = [...new Set(called)].filter((one) => !seen.has(one));
    for (const one of level) seen.add(one);
    const theirs = active.filter(({ call }) => call.node.getAncestors().some((one) => level.includes(one)));
    if (theirs.length > 0) return theirs;
  }
  return [];
}

function changes({ file, start, end }: Edit, whole: Node): boolean {
  return file === whole.getSourceFile().getFilePath() && start >= whole.getStart() && end <= whole.getEnd();
}

function contains(whole: Node, node: Node): boolean {
  return (
    whole.getSourceFile() === node.getSourceFile() &&
    whole.getStart() <= node.getStart() &&
    node.getStart() < whole.getEnd()
  );
}
