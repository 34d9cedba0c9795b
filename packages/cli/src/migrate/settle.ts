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

export interface SettleOptions {
  /** The faults that were there before, by their keys. */
  readonly before: ReadonlySet<string>;
  /** Whether to stop when a call is taken back: the text it came from is not the one it goes back to. */
  readonly stopsAtBlame: boolean;
}

const MOST_ROUNDS = 10;

/** Compiles the rewritten project, and takes back each call that a fault comes from, until it compiles as well as before. */
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
  let now = planned;
  let extra: readonly Edit[] = [];
  let faults: readonly Fault[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { texts, edits } = draft(now, extra);
    faults = compiler.faults(texts).filter((fault) => !before.has(faultKey(fault)));
    if (faults.length === 0) break;
    const places = faults.flatMap((fault) => {
      const node = opened.project.getSourceFile(fault.file)?.getDescendantAtPos(
        oldOffset(
          edits.filter(({ file }) => file === fault.file),
          fault.start,
        ),
      );
      return node === undefined ? [] : [{ fault, node }];
    });
    const dropped = places.flatMap(({ node }) => annotationAt(node, now, extra));
    const blamed = new Map(
      dropped.length > 0
        ? []
        : places.flatMap(({ fault, node }) => blame(node, now, index).map((one) => [one, fault] as const)),
    );
    if (dropped.length === 0 && blamed.size === 0) break;
    extra = [...extra, ...dropped];
    now = now.map((one) => {
      const fault = blamed.get(one);
      return fault === undefined
        ? one
        : { ...one, rewrite: undefined, reason: `it would not compile (${short(fault.message)})` };
    });
    if (stopsAtBlame && blamed.size > 0) break;
  }
  return { planned: now, extra, faults };
}

/** The same fault in two texts of a file: its place may differ. */
export function faultKey({ file, code, message }: Fault): string {
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

/** The rewrites that a fault comes from: the one it is in, else those with a change in its function, else those of the functions called there. */
function blame(node: Node, planned: readonly PlannedCall[], index: NameIndex): readonly PlannedCall[] {
  const active = planned.filter(({ rewrite }) => rewrite !== undefined);
  const inside = active.filter(({ call }) => contains(chainAfter(call.node).end, node));
  if (inside.length > 0) return inside;
  const functions = Tracer.ofFunctions(index);
  for (let owner = functionAround(node); owner !== undefined; owner = functionAround(owner)) {
    const around: Node = owner;
    const own = active.filter(({ rewrite }) => rewrite?.edits.some((edit) => changes(edit, around)) === true);
    if (own.length > 0) return own;
    const called = new Set(
      owner.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => functions.trace(call.getExpression())),
    );
    const theirs = active.filter(({ call }) => called.has(functionAround(call.node) ?? call.node));
    if (theirs.length > 0) return theirs;
  }
  return active.filter(({ call }) => call.node.getSourceFile() === node.getSourceFile());
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
