import { join, resolve } from 'node:path';

import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src');

/**
 * Compiles the source with one changed file at a time. After the first full compilation, a change only needs the check of the files
 * that depend on it. Files that import the changed file come first, because the first error is enough.
 */
export class ChangedSource {
  readonly #files: readonly string[];
  readonly #service: ts.LanguageService;
  #changed = '';
  #text = '';
  #version = 0;

  constructor() {
    const { fileNames, options } = ts.parseJsonConfigFileContent(
      { extends: '../tsconfig.json', include: ['.'], exclude: [] },
      ts.sys,
      SOURCE,
    );
    this.#files = fileNames;
    this.#service = ts.createLanguageService({
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getCompilationSettings: () => options,
      getScriptFileNames: () => fileNames,
      getScriptVersion: (file) => (file === this.#changed ? `changed ${this.#version}` : 'as it is'),
      getScriptSnapshot: (file) => this.#snapshotOf(file),
      getCurrentDirectory: () => ROOT,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
    });
    const error = this.#firstErrorIn(fileNames);
    if (error !== undefined) throw new Error(`The source does not compile as it is: ${error}`);
  }

  /** The first error of the source with another text for a file, or `undefined`. */
  firstError(file: string, text: string): string | undefined {
    this.#changed = join(SOURCE, file);
    this.#text = text;
    this.#version += 1;
    return this.#firstErrorIn(this.#nearestFirst());
  }

  #firstErrorIn(files: Iterable<string>): string | undefined {
    for (const file of files) {
      const [error] = [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)];
      if (error !== undefined) return ts.flattenDiagnosticMessageText(error.messageText, '\n');
    }
    return undefined;
  }

  /** The changed file, its importers, their importers and so on; then the rest. */
  #nearestFirst(): Iterable<string> {
    const importers = this.#importers();
    const found = new Set([this.#changed]);
    for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
    for (const file of this.#files) found.add(file);
    return found;
  }

  #importers(): ReadonlyMap<string, ReadonlySet<string>> {
    const importers = new Map<string, Set<string>>();
    for (const file of this.#files) {
      const { importedFiles } = ts.preProcessFile(ts.sys.readFile(file) ?? '');
      for (const { fileName } of importedFiles) {
        const imported = resolve(file, '..', fileName);
        importers.set(imported, (importers.get(imported) ?? new Set()).add(file));
      }
    }
    return importers;
  }

  #snapshotOf(file: string): ts.IScriptSnapshot | undefined {
    const text = file === this.#changed ? this.#text : ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  }
}
