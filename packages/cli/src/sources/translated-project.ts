import { editText, replace } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { importEdits, specifierTo } from '../migrate/imports.ts';
import { markEdit } from '../migrate/marks.ts';
import { openProject } from '../project/index.ts';
import type { OpenedProject, SourceFile } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { documentTypes } from './document-types.ts';
import type { DocumentType } from './document-types.ts';
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
  const types = documentTypes(translated);
  for (const file of project.getSourceFiles()) {
    const path = file.getFilePath();
    const own = active.filter(({ call }) => call.node.getSourceFile() === file);
    const opened = active.length === 0 ? [] : opening.filter(({ edit }) => edit.file === path);
    const edits = [
      ...own.flatMap((one) => edited(one, types)),
      ...opened.map(({ edit }) => edit),
      ...marks.filter((edit) => edit.file === path),
    ];
    if (edits.length === 0) continue;
    const imports = importEdits(file, wantedBy(own, opened, file, databasePath, types));
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

function edited({ id, call, translation }: ActiveCall, types: ReadonlyMap<string, DocumentType>): readonly Edit[] {
  const type = types.get(call.collection ?? '')?.name;
  const collection = `database(${id}).collection${type === undefined ? '' : `<${type}>`}(${keyOf(`${call.collection ?? ''}-`).replace("-'", "'")})`;
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
  types: ReadonlyMap<string, DocumentType>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Set(active.flatMap(({ translation }) => [...translation.imports]));
  const fromDriver = [...used].filter((name) => name === 'ObjectId');
  const fromFile = [
    ...(active.length > 0 ? ['database'] : []),
    ...[...used].filter((name) => name !== 'ObjectId'),
    ...opening.map(({ name }) => name),
  ];
  const wanted = new Map<string, Set<string>>();
  const want = (specifier: string, names: readonly string[]) => {
    if (names.length > 0) wanted.set(specifier, new Set([...(wanted.get(specifier) ?? []), ...names]));
  };
  want('mongodb', fromDriver);
  want(specifierTo(file, databasePath), fromFile);
  for (const { call } of active) {
    const type = types.get(call.collection ?? '');
    if (type !== undefined && type.path !== file.getFilePath())
      want(specifierTo(file, type.path), [`type ${type.name}`]);
  }
  return wanted;
}
