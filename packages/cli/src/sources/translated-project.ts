import { editText, replace } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { importEdits, specifierTo } from '../migrate/imports.ts';
import { markEdit } from '../migrate/marks.ts';
import { openProject } from '../project/index.ts';
import type { OpenedProject, SourceFile } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import type { ActiveCall } from './migrate-source.ts';
import { COLLECTION } from './source.ts';
import type { OpeningEdit } from './source.ts';

/** Files that are written beside the changes. */
export interface NewFiles {
  readonly databasePath: string;
  readonly files: ReadonlyMap<string, string>;
}

interface Parts {
  readonly active: readonly ActiveCall[];
  readonly marks: readonly Edit[];
  readonly opening: readonly OpeningEdit[];
  readonly files: NewFiles;
}

/** The project in the driver's words: each call's collection has the call's number, `database(3).collection('users')`. */
export function translatedProject(
  { root, project }: OpenedProject,
  { active, marks, opening, files: { databasePath, files } }: Parts,
  options: { readonly tsconfig?: string },
): OpenedProject {
  const translated = openProject(root, options);
  const write = (path: string, text: string) =>
    void translated.project.createSourceFile(path, text, { overwrite: true });
  if (active.length > 0)
    for (const [path, text] of files)
      write(path, path === databasePath ? text.replace('database()', 'database(_id?: number)') : text);
  for (const file of project.getSourceFiles()) {
    const path = file.getFilePath();
    const own = active.filter(({ call }) => call.node.getSourceFile() === file);
    const opened = active.length === 0 ? [] : opening.filter(({ edit }) => edit.file === path);
    const edits = [
      ...own.flatMap((one) => edited(one)),
      ...opened.map(({ edit }) => edit),
      ...marks.filter((edit) => edit.file === path),
    ];
    if (edits.length === 0) continue;
    const imports = importEdits(file, wantedBy(own, opened, file, databasePath));
    write(path, editText(file.getFullText(), [...imports, ...edits]));
  }
  return translated;
}

const NUMBERED = /\bdatabase\((?:_id\?: number|\d+)\)/g;

/** The number of the call that a collection belongs to. */
export function idIn(receiver: string): number | undefined {
  const id = /\bdatabase\((\d+)\)/.exec(receiver)?.[1];
  return id === undefined ? undefined : Number(id);
}

export function withoutIds(text: string): string {
  return text.replaceAll(NUMBERED, 'database()');
}

function edited({ id, call, translation }: ActiveCall): readonly Edit[] {
  const collection = `database(${id}).collection(${keyOf(`${call.collection ?? ''}-`).replace("-'", "'")})`;
  return [
    replace(call.node, translation.text.replaceAll(COLLECTION, collection)),
    ...(translation.mark === undefined ? [] : [markEdit(call.node, translation.mark)]),
  ];
}

function wantedBy(
  active: readonly ActiveCall[],
  opening: readonly OpeningEdit[],
  file: SourceFile,
  databasePath: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Set(active.flatMap(({ translation }) => [...translation.imports]));
  const fromDriver = [...used].filter((name) => name === 'ObjectId');
  const fromFile = [
    ...(active.length > 0 ? ['database'] : []),
    ...[...used].filter((name) => name !== 'ObjectId'),
    ...opening.map(({ name }) => name),
  ];
  return new Map([
    ...(fromDriver.length > 0 ? [['mongodb', new Set<string>(fromDriver)] as const] : []),
    ...(fromFile.length > 0 ? [[specifierTo(file, databasePath), new Set<string>(fromFile)] as const] : []),
  ]);
}
