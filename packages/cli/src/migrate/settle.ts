import { chainAfter, functionAround, isFunction, Node, SyntaxKind, Tracer } from '../project/index.ts';
import type { NameIndex, OpenedProject, SourceFile } from '../project/index.ts';
import type { Edit } from './edit.ts';
import { oldOffset } from './map-offset.ts';
import type { PlannedCall } from './migrate-project.ts';
import type { Compiler, Fault } from './verify.ts';

export interface Settled {
  readonly planned: readonly PlannedCall[];
  /** Changes outside the calls: type annotations that name the whole document. */
  readonly extra: readonly Edit[];
  /** Code that compiled before and does not any more. */
  readonly faults: readonly Fault[];
}

/** The new texts of the files. */
export interface Draft {
  readonly texts: ReadonlyMap<string, string>;
  readonly edits: readonly Edit[];
}

const MOST_ROUNDS = 40;
/** From this round on, the cause of an error is looked for everywhere. */
const LAST_ROUNDS = 12;

/**
 * Compiles the rewritten project, and undoes each rewrite that causes an error, until there are no new errors. With `stopsAtBlame` it stops
 * when a call is undone, because the text that it came from is not the text that it goes back to.
 */
export function settle(
  planned: readonly PlannedCall[],
  opened: OpenedProject,
  compiler: Pick<Compiler, 'newFaults'>,
  index: NameIndex,
  draft: (planned: readonly PlannedCall[], extra: readonly Edit[]) => Draft,
  { stopsAtBlame }: { readonly stopsAtBlame: boolean } = { stopsAtBlame: false },
): Settled {
  let now: Settled = { planned, extra: [], faults: [] };
  let made = draft(now.planned, now.extra);
  let faults = compiler.newFaults(made.texts);
  let isWhole = true;
  for (let round = 0; round < MOST_ROUNDS && faults.length > 0; round += 1) {
    const undoIn = (isLast: boolean) => undo(faults, made.edits, now, opened, index, isLast);
    const next = undoIn(round >= LAST_ROUNDS) ?? undoIn(true);
    if (next === undefined) return { ...now, faults };
    if (stopsAtBlame && next.planned !== now.planned) return { ...next, faults };
    now = next;
    const previous = made;
    made = draft(now.planned, now.extra);
    // First only the files that had errors, and those that changed. The whole project is compiled when these are clean.
    faults = compiler.newFaults(made.texts, new Set([...faults.map(({ file }) => file), ...changedIn(previous, made)]));
    isWhole = faults.length === 0;
    if (isWhole) faults = compiler.newFaults(made.texts);
  }
  if (faults.length === 0) return withoutIdle(now, compiler, (kept) => draft(kept.planned, kept.extra).texts);
  return { ...now, faults: isWhole ? faults : compiler.newFaults(made.texts) };
}

/** The files whose text differs in two drafts. A file that only the first one changes has its old text in the second. */
function changedIn(previous: Draft, { texts }: Draft): readonly string[] {
  return [...new Set([...previous.texts.keys(), ...texts.keys()])].filter(
    (path) => previous.texts.get(path) !== texts.get(path),
  );
}

/** Removes the return types that no longer fit, and undoes the rewrites that cause other errors; `undefined` if there are none. */
function undo(
  faults: readonly Fault[],
  edits: readonly Edit[],
  { planned, extra }: Settled,
  opened: OpenedProject,
  index: NameIndex,
  isLast: boolean,
): Settled | undefined {
  const dropped: Edit[] = [];
  const blamed = new Map<PlannedCall, Fault>();
  for (const fault of faults) {
    const own = edits.filter(({ file }) => file === fault.file);
    const node = opened.project.getSourceFile(fault.file)?.getDescendantAtPos(oldOffset(own, fault.start));
    if (node === undefined) continue;
    const annotations = annotationAt(node, planned, extra);
    dropped.push(...annotations);
    if (annotations.length === 0) for (const one of blame(node, planned, index, isLast)) blamed.set(one, fault);
  }
  if (dropped.length === 0 && blamed.size === 0) return undefined;
  const withoutBlamed = planned.map((one) => {
    const fault = blamed.get(one);
    return fault === undefined
      ? one
      : { ...one, rewrite: undefined, reason: `it would not compile (${short(fault.message)})` };
  });
  return { planned: blamed.size === 0 ? planned : withoutBlamed, extra: [...extra, ...dropped], faults: [] };
}

/** Puts back return types that were removed for rewrites that are undone, if the project compiles with them. */
function withoutIdle(
  settled: Settled,
  compiler: Pick<Compiler, 'newFaults'>,
  textsOf: (kept: Settled) => Draft['texts'],
): Settled {
  const active = settled.planned.flatMap(({ call, rewrite }) => (rewrite === undefined ? [] : [call.file]));
  const isUsed = ({ file }: Edit) => active.some((name) => file.endsWith(`/${name}`));
  const kept = { ...settled, extra: settled.extra.filter(isUsed) };
  if (kept.extra.length === settled.extra.length) return settled;
  const texts = textsOf(kept);
  const near = new Set(settled.extra.filter((edit) => !isUsed(edit)).map(({ file }) => file));
  const isFaulty = compiler.newFaults(texts, near).length > 0 || compiler.newFaults(texts).length > 0;
  return isFaulty ? settled : kept;
}

function short(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ');
  return text.length > 150 ? `${text.slice(0, 149)}…` : text;
}

/** Removes `: Promise<User | null>` from a function that now returns a projected document, so that the compiler infers the type. */
function annotationAt(node: Node, planned: readonly PlannedCall[], extra: readonly Edit[]): readonly Edit[] {
  const owner = isReturned(node) ? functionAround(node) : undefined;
  if (owner === undefined || !isFunction(owner) || !Node.isReturnTyped(owner)) return [];
  const type = owner.getReturnTypeNode();
  if (type === undefined || !planned.some(({ rewrite }) => rewrite !== undefined)) return [];
  const text = owner.getSourceFile().getFullText();
  const colon = text.lastIndexOf(':', type.getStart());
  const file = owner.getSourceFile().getFilePath();
  if (extra.some((edit) => edit.file === file && edit.start === colon)) return [];
  return [{ file, start: colon, end: type.getEnd(), text: '' }];
}

/** Whether an error is about a returned value: the compiler reports it at the `return`. */
function isReturned(node: Node): boolean {
  const statement =
    node.getFirstAncestorByKind(SyntaxKind.ReturnStatement) ?? (Node.isReturnStatement(node) ? node : undefined);
  if (statement === undefined) return false;
  const value = statement.getExpression();
  return (
    node.getStart() === statement.getStart() ||
    (Node.isObjectLiteralExpression(value) &&
      node.getFirstAncestor((one) => one === value) !== undefined &&
      functionAround(node) === functionAround(statement))
  );
}

const DEEPEST = 6;

/**
 * The rewrites that may cause an error: the one around it, else those in its function, else those in the functions called
 * there, and in the functions that those call.
 */
function blame(node: Node, planned: readonly PlannedCall[], index: NameIndex, isLast: boolean): readonly PlannedCall[] {
  const active = planned.filter(({ rewrite }) => rewrite !== undefined);
  const inside = active.filter(({ call }) => contains(chainAfter(call.node).end, node));
  if (inside.length > 0) return inside;
  for (let owner = functionAround(node); owner !== undefined; owner = functionAround(owner)) {
    const around: Node = owner;
    const own = active.filter(({ rewrite }) => rewrite?.edits.some((edit) => changes(edit, around)) === true);
    const found = own.length > 0 ? own : calledBelow(owner, active, index);
    if (found.length > 0) return found;
  }
  const inFile = active.filter(({ call }) => call.node.getSourceFile() === node.getSourceFile());
  if (inFile.length > 0 || !isLast) return inFile;
  const imported = importedBelow(node.getSourceFile(), active);
  return imported.length > 0 ? imported : active;
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
