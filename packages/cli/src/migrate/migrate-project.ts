import { relative } from 'node:path';

import { findDriverCalls, indexNames, methodShape, openProject } from '../project/index.ts';
import type { DriverCall, NameIndex, OpenedProject, SourceFile } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { collectionsPath, writeCollections } from './collections-file.ts';
import { editText } from './edit.ts';
import { JAVASCRIPT, notesAbout } from './project-notes.ts';
import type { Edit } from './edit.ts';
import { importEdits, specifierTo } from './imports.ts';
import { markAbove, markEdit } from './marks.ts';
import { planCall } from './plan-call.ts';
import type { Rewrite } from './plan-call.ts';
import { wholeName } from './read-projection-for.ts';
import { separator, stayingAt } from './separate.ts';
import { settle } from './settle.ts';
import type { Draft } from './settle.ts';
import { usedNames, withoutUnused } from './unused.ts';
import { viewsIn } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';
import { Compiler } from './verify.ts';

export interface MigrateOptions {
  readonly folder: string;
  readonly tsconfig?: string | undefined;
  /** Only these files, or the files in these folders; all if the list is empty. */
  readonly only: readonly string[];
}

/** A call that was left unchanged, with the reason. */
export interface LeftCall {
  readonly file: string;
  readonly line: number;
  readonly method: string;
  readonly reason: string;
}

export interface Migration {
  /** The new text of each file that changes, by its path. */
  readonly changes: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
  readonly migrated: number;
  readonly left: readonly LeftCall[];
  /** Calls by a name that only the driver uses, on something of which nothing is known. They have no mark. */
  readonly unknown: readonly { readonly file: string; readonly line: number; readonly method: string }[];
  /** Calls that stay with the driver, such as those for indexes. */
  readonly administration: number;
  /** Whether the result was compiled. */
  readonly isChecked: boolean;
  /** Messages about the project: files that could not be read, and a compiler that is too old. */
  readonly notes: readonly string[];
  /** Compile errors that could not be traced to a call. */
  readonly faults: readonly string[];
}

/** A call with its rewrite or the reason to leave it. */
export interface PlannedCall {
  readonly call: DriverCall;
  readonly view: ViewFacts | undefined;
  readonly rewrite: Rewrite | undefined;
  readonly reason: string | undefined;
  /** Whether the reason is already written above the call. */
  readonly isMarked: boolean;
}

export function migrateProject({ folder, tsconfig, only }: MigrateOptions): Migration {
  const opened = openProject(folder, tsconfig === undefined ? {} : { tsconfig });
  const index = indexNames(opened.project);
  const views = viewsIn(opened);
  const found = findDriverCalls(opened, index);
  const all = found.calls.filter(({ file }) => isWanted(file, only));
  const calls = all.filter(({ method }) => methodShape(method).kind !== 'other');
  const others = found.calls.filter((call) => !calls.includes(call));
  const unknown = found.unknown.flatMap(({ node }) => stayingAt(node, opened.root));
  const separate = separator([...others, ...unknown], index);
  const planned = separate(withoutOverlaps(calls.map((call) => plan(call, views, index))));
  const known = [...views.values()];
  const compiler = new Compiler(
    opened.root,
    tsconfig,
    new Map(opened.project.getSourceFiles().map((file) => [file.getFilePath(), file.getFullText()])),
  );
  const [first] = known;
  const isChecked =
    first !== undefined &&
    planned.some(({ rewrite }) => rewrite !== undefined) &&
    compiler.hasLibrary(first.file.getFilePath());
  const settled = isChecked
    ? settle(planned, { opened, compiler, index, separate, draft: (now, extra) => draftOf(now, opened, known, extra) })
    : { planned, extra: [], faults: [] };
  const changes = changesOf(draftOf(settled.planned, opened, known, settled.extra), opened);
  return {
    changes,
    migrated: settled.planned.filter(({ rewrite }) => rewrite !== undefined).length,
    left: settled.planned.flatMap(({ call: { file, line, method }, reason }) =>
      reason === undefined ? [] : [{ file, line, method, reason }],
    ),
    unknown: found.unknown
      .filter(({ file }) => isWanted(file, only))
      .map(({ file, line, method }) => ({ file, line, method })),
    administration: all.length - calls.length,
    isChecked,
    notes: notesAbout(opened, changes.keys(), tsconfig),
    faults: settled.faults.map(({ file, message }) => `${relative(opened.root, file)}: ${message}`),
  };
}

export function isWanted(file: string, only: readonly string[]): boolean {
  const paths = only.map((path) => path.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, ''));
  return paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`));
}

function plan(call: DriverCall, views: ReadonlyMap<string, ViewFacts>, index: NameIndex): PlannedCall {
  const view = views.get(call.collections[0] ?? '');
  const left = (reason: string, isMarked = false): PlannedCall => ({
    call,
    view,
    rewrite: undefined,
    reason,
    isMarked,
  });
  const marked = markAbove(call.node);
  if (marked !== undefined) return left(marked, true);
  try {
    if (/\.[cm]?jsx?$/.test(call.file)) throw new CannotMigrate(JAVASCRIPT);
    if (call.collections.length === 0) throw new CannotMigrate('the collection is not known');
    if (call.collections.length > 1)
      throw new CannotMigrate(`it serves several collections: ${call.collections.join(', ')}`);
    // It has no mark, so that it is tried again when there is a view.
    if (view === undefined)
      return left(`the collection '${call.collections[0]}' has no view: write one with safe-collection init`, true);
    return { call, view, rewrite: planCall(call, view, index), reason: undefined, isMarked: false };
  } catch (thrown) {
    if (thrown instanceof CannotMigrate) return left(thrown.message);
    throw thrown;
  }
}

/** A call inside the arguments of another one waits for the next run, and so does one that changes the same text otherwise. */
export function withoutOverlaps(planned: readonly PlannedCall[]): readonly PlannedCall[] {
  const kept: Edit[] = [];
  return withoutNested(planned).map((one) => {
    const edits = one.rewrite?.edits ?? [];
    if (edits.some((edit) => kept.some((other) => clashes(edit, other))))
      return { ...one, rewrite: undefined, reason: 'another call needs the same text in another form' };
    kept.push(...edits);
    return one;
  });
}

/** Whether two changes of one text can't both be made. */
function clashes(a: Edit, b: Edit): boolean {
  if (a.file !== b.file || (a.start === b.start && a.end === b.end && a.text === b.text)) return false;
  const isInsertion = a.start === a.end || b.start === b.end;
  return isInsertion
    ? (a.start > b.start && a.start < b.end) || (b.start > a.start && b.start < a.end)
    : a.start < b.end && b.start < a.end;
}

function withoutNested(planned: readonly PlannedCall[]): readonly PlannedCall[] {
  return planned.map((one) => {
    const isInside =
      one.rewrite !== undefined &&
      planned.some(
        (other) =>
          other !== one &&
          other.rewrite !== undefined &&
          one.call.node.getAncestors().includes(other.call.node) &&
          other.call.node
            .getArguments()
            .some((argument) => argument === one.call.node || one.call.node.getAncestors().includes(argument)),
      );
    return isInside
      ? {
          ...one,
          rewrite: undefined,
          reason: 'it is inside the arguments of another call: put its result into a constant first',
        }
      : one;
  });
}

/** The texts of all files that change, before unused names are removed. */
export function draftOf(
  planned: readonly PlannedCall[],
  { project }: OpenedProject,
  views: readonly ViewFacts[],
  extra: readonly Edit[],
): Draft {
  const texts = new Map<string, string>();
  const all: Edit[] = [];
  const collections = collectionsPath(views);
  const byFile = new Map<string, Edit[]>();
  for (const edit of [...planned.flatMap((one) => editsOf(one)), ...extra])
    byFile.set(edit.file, (byFile.get(edit.file) ?? []).concat(edit));
  for (const file of project.getSourceFiles()) {
    const path = file.getFilePath();
    const edits = byFile.get(path);
    if (edits === undefined) continue;
    const imports = collections === undefined ? [] : importEdits(file, wantedBy(planned, file, collections));
    texts.set(path, editText(file.getFullText(), [...imports, ...edits]));
    all.push(...imports, ...edits);
  }
  if (collections !== undefined && planned.some(({ rewrite }) => rewrite !== undefined))
    texts.set(collections, writeCollections(views, wholeIn(planned, views, project.getSourceFile(collections))));
  return { texts, edits: all };
}

/** The views that are projected whole: by a rewrite, or by code that was migrated before. A large one costs the compiler seconds. */
function wholeIn(
  planned: readonly PlannedCall[],
  views: readonly ViewFacts[],
  written: SourceFile | undefined,
): ReadonlySet<ViewFacts> {
  const before = views.filter((view) => written?.getVariableDeclaration(wholeName(view)) !== undefined);
  const now = planned.flatMap(({ rewrite, view }) => (rewrite?.usesWhole === true && view !== undefined ? [view] : []));
  return new Set([...before, ...now]);
}

function changesOf({ texts }: Draft, { project }: OpenedProject): Migration['changes'] {
  return new Map(
    [...texts].flatMap(([path, text]) => {
      const file = project.getSourceFile(path);
      const before = file?.getFullText() ?? '';
      const after = file === undefined ? text : withoutUnused(text, path, usedNames(file));
      return after === before ? [] : [[path, { before, after }] as const];
    }),
  );
}

const EDITS = new WeakMap<PlannedCall, readonly Edit[]>();

/** The changes for a call. They are asked for with each draft. */
function editsOf(one: PlannedCall): readonly Edit[] {
  const known = EDITS.get(one) ?? newEditsOf(one);
  EDITS.set(one, known);
  return known;
}

function newEditsOf({ call, rewrite, reason, isMarked }: PlannedCall): readonly Edit[] {
  if (rewrite !== undefined)
    return rewrite.mark === undefined ? rewrite.edits : [...rewrite.edits, markEdit(call.node, rewrite.mark)];
  return reason === undefined || isMarked ? [] : [markEdit(call.node, reason)];
}

function wantedBy(
  planned: readonly PlannedCall[],
  file: SourceFile,
  collections: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  const want = (specifier: string, name: string) =>
    void wanted.set(specifier, (wanted.get(specifier) ?? new Set<string>()).add(name));
  for (const { call, rewrite, view } of planned) {
    if (rewrite === undefined || view === undefined) continue;
    const isOwn = call.node.getSourceFile() === file;
    const needs = rewrite.needs.filter((need) => need.file === file.getFilePath());
    if (!isOwn && needs.length === 0) continue;
    const views = specifierTo(file, view.file.getFilePath());
    const places = { library: 'safe-collection', privileged: 'safe-collection/privileged', views };
    for (const { from, name } of needs) want(typeof from === 'string' ? places[from] : from.specifier, name);
    if (!isOwn) continue;
    for (const name of rewrite.names) want('safe-collection', name);
    if (!rewrite.isPrivileged) want(specifierTo(file, collections), 'safeDb');
    if (rewrite.usesWhole)
      want(wholeName(view) === view.name ? views : specifierTo(file, collections), wholeName(view));
  }
  return wanted;
}
