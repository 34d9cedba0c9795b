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

export interface SettleOptions {
  /** The faults that were there before, by their keys. */
  readonly before: ReadonlySet<string>;
  /** Whether to stop when a call is taken back: the text it came from is not the one it goes back to. */
  readonly stopsAtBlame: boolean;
}

const MOST_ROUNDS = 12;
/** From this round on, the cause of an error is looked for everywhere. */
const LAST_ROUNDS = 8;

/** Compiles the rewritten project, and undoes each rewrite that causes an error, until there are no new errors. */
export function settle(
  planned: readonly PlannedCall[],
  opened: OpenedProject,
  compiler: Pick<Compiler, 'faults'>,
  index: NameIndex,
  draft: (planned: readonly PlannedCall[], extra: readonly Edit[]) => Draft,
  { before, stopsAtBlame }: SettleOptions = {
    before: new Set(compiler.faults(new Map()).map(faultKey)),
    stopsAtBlame: false,
  },
): Settled {
  const faultsOf = ({ texts }: Draft) => compiler.faults(texts).filter((fault) => !before.has(faultKey(fault)));
  let now: Settled = { planned, extra: [], faults: [] };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const made = draft(now.planned, now.extra);
    const faults = faultsOf(made);
    if (faults.length === 0)
      return withoutIdle({ ...now, faults }, (kept) => faultsOf(draft(kept.planned, kept.extra)));
    const undoIn = (isLast: boolean) => undo(faults, made.edits, now, opened, index, isLast);
    const next = undoIn(round >= LAST_ROUNDS) ?? undoIn(true);
    if (next === undefined) return { ...now, faults };
    if (stopsAtBlame && next.planned !== now.planned) return { ...next, faults };
    now = next;
  }
  return { ...now, faults: faultsOf(draft(now.planned, now.extra)) };
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
function withoutIdle(settled: Settled, faultsOf: (kept: Settled) => readonly Fault[]): Settled {
  const active = settled.planned.flatMap(({ call, rewrite }) => (rewrite === undefined ? [] : [call.file]));
  const isUsed = ({ file }: Edit) => active.some((name) => file.endsWith(`/${name}`));
  const kept = { ...settled, extra: settled.extra.filter(isUsed) };
  return kept.extra.length < settled.extra.length && faultsOf(kept).length === 0 ? kept : settled;
}

/** The same fault in two texts of a file: its place may differ. */
export function faultKey({ file, code, message }: Fault): string {
  return `${file}|${code}|${message}`;
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
