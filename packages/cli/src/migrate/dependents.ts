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

/** Reads the imports of a program's own files. */
export function importersIn(program: ts.Program, host: ts.ModuleResolutionHost): Importers {
  const options = program.getCompilerOptions();
  const cache = ts.createModuleResolutionCache('/', (name) => name, options);
  const files = program.getSourceFiles().filter(({ fileName }) => !fileName.includes(INSTALLED));
  const names = files.map(({ fileName }) => fileName);
  const importers = new Map<string, string[]>();
  for (const file of files) {
    // What it declares is there for all files.
    if (!ts.isExternalModule(file)) importers.set(file.fileName, names);
  }
  for (const { fileName, text } of files) {
    for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
      const path = ts.resolveModuleName(specifier, fileName, options, host, cache).resolvedModule?.resolvedFileName;
      if (path === undefined || path.includes(INSTALLED) || importers.get(path) === names) continue;
      const known = importers.get(path);
      if (known === undefined) importers.set(path, [fileName]);
      else known.push(fileName);
    }
  }
  return importers;
}
