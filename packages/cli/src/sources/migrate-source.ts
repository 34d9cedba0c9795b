import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { writeViews } from '../init/write-views.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { freePath } from '../migrate/free-path.ts';
import { markAbove, markEdit } from '../migrate/marks.ts';
import { isWanted } from '../migrate/migrate-project.ts';
import type { MigrateOptions, Migration } from '../migrate/migrate-project.ts';
import { JAVASCRIPT, notesAbout } from '../migrate/project-notes.ts';
import { Compiler } from '../migrate/verify.ts';
import { viewsIn } from '../migrate/view-facts.ts';
import { indexNames, openProject } from '../project/index.ts';
import type { OpenedProject } from '../project/index.ts';
import { documentTypes } from './document-types.ts';
import { planViews } from './plan-views.ts';
import { migrateTranslated } from './migrate-translated.ts';
import type { ReadSource, Source, SourceCall, Translation } from './source.ts';
import { tidied } from './tidied.ts';
import { translatedProject, withoutIds } from './translated-project.ts';
import type { NewFiles } from './translated-project.ts';

/** One call on its way, with the number that finds it again in the translated text. */
export interface ActiveCall {
  readonly id: number;
  readonly call: SourceCall;
  readonly translation: Translation;
}

export interface MigrateSourceOptions extends MigrateOptions {
  /** The file that views are written to, if there are none. */
  readonly views?: string | undefined;
}

/**
 * Migrates another library's calls in two steps: into the driver's words, and from there as raw calls are. A call that
 * fails in the second step stays as it was, and all is tried again without it.
 */
export function migrateSource(
  read: ReadSource,
  { folder, tsconfig, only, views = 'views.ts' }: MigrateSourceOptions,
): Migration {
  const options = tsconfig === undefined ? {} : { tsconfig };
  const opened = openProject(folder, options);
  const source = read(opened, indexNames(opened.project));
  const calls = source.calls.filter(({ file }) => isWanted(file, only));
  const reasons = new Map<SourceCall, string>();
  const marked = new Set<SourceCall>();
  let active = withoutNested(
    calls.flatMap((call, id) => tried(call, id, reasons, marked)),
    reasons,
  );
  const files = newFiles(source, opened, active, resolve(opened.root, views), options);
  const compiler = new Compiler(opened.root, tsconfig, textsOf(opened));
  const isChecked = active.length > 0 && compiler.hasLibrary(join(opened.root, 'x.ts'));
  const checked = isChecked ? compiler : undefined;
  let texts: ReadonlyMap<string, string> = new Map();
  let faults: Migration['faults'] = [];
  let added: ReadonlySet<string> = new Set();
  for (let isDone = false; !isDone;) {
    const marks = calls.flatMap((call) => {
      const reason = reasons.get(call);
      return reason === undefined || marked.has(call) ? [] : [markEdit(call.node, reason)];
    });
    const project = translatedProject(opened, { active, marks, opening: source.opening, files }, options);
    texts = textsOf(project);
    added = new Set([...documentTypes(project).values()].map(({ name }) => name));
    if (active.length === 0) break;
    const result = migrateTranslated(project, active, checked);
    texts = new Map([...texts, ...result.texts]);
    faults = result.faults.map(({ file, message }) => `${relative(opened.root, file)}: ${message}`);
    for (const { id, call } of active) {
      const reason = result.left.get(id);
      if (reason !== undefined) reasons.set(call, reason);
    }
    isDone = result.left.size === 0;
    active = active.filter(({ id }) => !result.left.has(id));
  }
  const changes = changesOf(texts, opened, added);
  return {
    changes,
    migrated: active.length,
    left: calls.flatMap((call) => {
      const reason = reasons.get(call);
      return reason === undefined ? [] : [{ file: call.file, line: call.line, method: call.method, reason }];
    }),
    unknown: [],
    administration: 0,
    isChecked,
    notes: notesAbout(opened, changes.keys(), tsconfig),
    faults,
  };
}

function tried(
  call: SourceCall,
  id: number,
  reasons: Map<SourceCall, string>,
  marked: Set<SourceCall>,
): readonly ActiveCall[] {
  const mark = markAbove(call.node);
  if (mark !== undefined) {
    marked.add(call);
    reasons.set(call, mark);
    return [];
  }
  try {
    if (/\.[cm]?jsx?$/.test(call.file)) throw new CannotMigrate(JAVASCRIPT);
    return [{ id, call, translation: call.translate() }];
  } catch (thrown) {
    if (!(thrown instanceof CannotMigrate)) throw thrown;
    reasons.set(call, thrown.message);
    return [];
  }
}

function withoutNested(active: readonly ActiveCall[], reasons: Map<SourceCall, string>): readonly ActiveCall[] {
  const nodes = new Set(active.map(({ call }) => call.node));
  return active.filter(({ call }) => {
    const isInside = call.node.getAncestors().some((one) => nodes.has(one));
    if (isInside) reasons.set(call, 'it is inside the arguments of another call: put its result into a constant first');
    return !isInside;
  });
}

/** The views and the file that opens the database, if they are not there. */
function newFiles(
  source: Source,
  opened: OpenedProject,
  active: readonly ActiveCall[],
  out: string,
  options: { readonly tsconfig?: string },
): NewFiles {
  const known = viewsIn(opened);
  const [first] = [...known.values()];
  const place = first === undefined ? out : first.file.getFilePath();
  const databasePath = freePath(dirname(place), 'database', '// Written by safe-collection migrate');
  const files = new Map(existsSync(databasePath) ? [] : [[databasePath, source.databaseFile]]);
  if (known.size > 0 || existsSync(out)) return { databasePath, files };
  const translated = translatedProject(
    opened,
    { active, marks: [], opening: [], files: { databasePath, files } },
    options,
  );
  const plans = planViews(source.collections, translated, indexNames(translated.project));
  if (plans.length > 0) files.set(out, writeViews(plans, out, 'migrate'));
  return { databasePath, files };
}

function textsOf({ project }: OpenedProject): ReadonlyMap<string, string> {
  return new Map(project.getSourceFiles().map((file) => [file.getFilePath(), file.getFullText()]));
}

function changesOf(
  texts: ReadonlyMap<string, string>,
  { project }: OpenedProject,
  added: ReadonlySet<string>,
): Migration['changes'] {
  return new Map(
    [...texts].flatMap(([path, text]) => {
      const file = project.getSourceFile(path);
      const before = file?.getFullText() ?? '';
      if (text === before) return [];
      const after = file === undefined ? withoutIds(text) : tidied(file, withoutIds(text), added);
      return [[path, { before, after }] as const];
    }),
  );
}
