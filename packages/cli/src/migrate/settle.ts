import { chainAfter, functionAround, isFunction, Node, SyntaxKind, Tracer } from '../project/index.ts';
import type { NameIndex, OpenedProject } from '../project/index.ts';
import type { Edit } from './edit.ts';
import { oldOffset } from './map-offset.ts';
import type { PlannedCall } from './migrate-project.ts';
import type { Compiler, Fault } from './verify.ts';

export interface Settled {
  readonly planned: readonly PlannedCall[];
  /** Changes beside the calls: annotations that name the whole document. */
  readonly extra: readonly Edit[];
  /** What still does not compile, and did before. */
  readonly faults: readonly Fault[];
}

/** What the files would be like. */
export interface Draft {
  readonly texts: ReadonlyMap<string, string>;
  readonly edits: readonly Edit[];
}

const MOST_ROUNDS = 12;
/** From here on, what a fault comes from is looked for everywhere. */
const LAST_ROUNDS = 8;

/** Compiles the rewritten project, and takes back each call that a fault comes from, until it compiles as well as before. */
export function settle(
  planned: readonly PlannedCall[],
  opened: OpenedProject,
  compiler: Compiler,
  index: NameIndex,
  draft: (planned: readonly PlannedCall[], extra: readonly Edit[]) => Draft,
): Settled {
  const before = new Set(compiler.faults(new Map()).map(keyOf));
  const faultsOf = ({ texts }: Draft) => compiler.faults(texts).filter((fault) => !before.has(keyOf(fault)));
  let now: Settled = { planned, extra: [], faults: [] };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const made = draft(now.planned, now.extra);
    const faults = faultsOf(made);
    if (faults.length === 0)
      return withoutIdle({ ...now, faults }, (kept) => faultsOf(draft(kept.planned, kept.extra)));
    const next = takeBack(faults, made.edits, now, opened, index, round >= LAST_ROUNDS);
    if (next === undefined) return { ...now, faults };
    now = next;
  }
  return { ...now, faults: faultsOf(draft(now.planned, now.extra)) };
}

/** Drops the annotations that no longer fit, and the calls that other faults come from; `undefined` if there are none. */
function takeBack(
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
  return {
    planned: planned.map((one) => {
      const fault = blamed.get(one);
      return fault === undefined
        ? one
        : { ...one, rewrite: undefined, reason: `it would not compile (${short(fault.message)})` };
    }),
    extra: [...extra, ...dropped],
    faults: [],
  };
}

/** Annotations that were dropped for calls that were taken back later come back, if it compiles with them. */
function withoutIdle(settled: Settled, faultsOf: (kept: Settled) => readonly Fault[]): Settled {
  const active = settled.planned.flatMap(({ call, rewrite }) => (rewrite === undefined ? [] : [call.file]));
  const isUsed = ({ file }: Edit) => active.some((name) => file.endsWith(`/${name}`));
  const kept = { ...settled, extra: settled.extra.filter(isUsed) };
  return kept.extra.length < settled.extra.length && faultsOf(kept).length === 0 ? kept : settled;
}

function keyOf({ file, code, message }: Fault): string {
  return `${file}|${code}|${message}`;
}

function short(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ');
  return text.length > 150 ? `${text.slice(0, 149)}…` : text;
}

/** `: Promise<User | null>` on a function that returns a projected document now: without it, the compiler says what is returned. */
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

/** Whether a fault is about what a function returns: the compiler puts it at the `return`. */
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
 * The rewrites that a fault comes from: the one it is in, else those with a change in its function, else those of the
 * functions called there, and of those that they call.
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
  return inFile.length === 0 && isLast ? active : inFile;
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
