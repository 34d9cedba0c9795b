import { ts } from '../project/index.ts';

const INSTALLED = '/node_modules/';

/** The files that import a file, by its path. A file that is not a module counts as imported by all. */
export type Importers = ReadonlyMap<string, readonly string[]>;

/** Files, and every file that imports one of them, directly or through others. */
export function dependentsOf(files: Iterable<string>, importers: Importers): ReadonlySet<string> {
  const found = new Set(files);
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer);
  return found;
}

/** Finds which files import which. The imports of a text are resolved once. */
export class Importing {
  readonly #host: ts.ModuleResolutionHost;
  readonly #imported = new WeakMap<ts.SourceFile, readonly string[]>();

  constructor(host: ts.ModuleResolutionHost) {
    this.#host = host;
  }

  /** Reads the imports of a program's own files. */
  in(program: ts.Program): Importers {
    const options = program.getCompilerOptions();
    const cache = ts.createModuleResolutionCache('/', (name) => name, options);
    const files = program.getSourceFiles().filter(({ fileName }) => !fileName.includes(INSTALLED));
    const names = files.map(({ fileName }) => fileName);
    const importers = new Map<string, string[]>();
    for (const file of files) {
      // What it declares is there for all files.
      if (!ts.isExternalModule(file)) importers.set(file.fileName, names);
    }
    for (const file of files) {
      for (const path of this.#importedBy(file, options, cache)) {
        if (importers.get(path) === names) continue;
        const known = importers.get(path);
        if (known === undefined) importers.set(path, [file.fileName]);
        else known.push(file.fileName);
      }
    }
    return importers;
  }

  #importedBy(file: ts.SourceFile, options: ts.CompilerOptions, cache: ts.ModuleResolutionCache): readonly string[] {
    const known = this.#imported.get(file);
    if (known !== undefined) return known;
    const found = ts.preProcessFile(file.text, true, true).importedFiles.flatMap(({ fileName: specifier }) => {
      const resolved = ts.resolveModuleName(specifier, file.fileName, options, this.#host, cache).resolvedModule;
      return resolved === undefined || resolved.resolvedFileName.includes(INSTALLED) ? [] : [resolved.resolvedFileName];
    });
    this.#imported.set(file, found);
    return found;
  }
}
