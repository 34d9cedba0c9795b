import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { Project, ts } from '../project/index.ts';

/** A compile error. */
export interface Fault {
  readonly file: string;
  readonly start: number;
  readonly code: number;
  readonly message: string;
}

/** Compiles a project's files with changed texts for some of them. Nothing is written. */
export class Compiler {
  readonly #project: Project;
  readonly #originals: ReadonlyMap<string, string>;

  constructor(root: string, tsconfig: string | undefined, originals: ReadonlyMap<string, string>) {
    this.#project = new Project({
      compilerOptions: readOptions(root, tsconfig),
      skipAddingFilesFromTsConfig: true,
      skipFileDependencyResolution: true,
    });
    this.#originals = originals;
  }

  /** Whether the library can be found from a file; without it nothing can be checked. */
  hasLibrary(from: string): boolean {
    const host = this.#project.getModuleResolutionHost();
    return (
      ts.resolveModuleName('safe-collection', from, this.#project.getCompilerOptions(), host).resolvedModule !==
      undefined
    );
  }

  faults(changed: ReadonlyMap<string, string>): readonly Fault[] {
    const texts = new Map([...this.#originals, ...changed]);
    for (const [path, text] of texts) {
      if (this.#project.getSourceFile(path)?.getFullText() !== text)
        this.#project.createSourceFile(path, text, { overwrite: true });
    }
    const program = this.#project.getProgram().compilerObject;
    return [...texts.keys()].flatMap((path) => {
      const file = program.getSourceFile(path);
      if (file === undefined) return [];
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ start = 0, code, messageText }) => ({
          file: path,
          start,
          code,
          message: ts.flattenDiagnosticMessageText(messageText, ' '),
        }),
      );
    });
  }
}

function readOptions(root: string, tsconfig: string | undefined): ts.CompilerOptions {
  const path = tsconfig === undefined ? findUpwards(root) : resolve(root, tsconfig);
  const fixed: ts.CompilerOptions = {
    noEmit: true,
    skipLibCheck: true,
    incremental: false,
    composite: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  if (path === undefined) {
    return {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Preserve,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      ...fixed,
    };
  }
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config as object), files: [], include: [] },
    ts.sys,
    dirname(path),
  );
  return { ...options, ...fixed };
}

function findUpwards(from: string): string | undefined {
  const path = resolve(from, 'tsconfig.json');
  if (existsSync(path)) return path;
  return dirname(from) === from ? undefined : findUpwards(dirname(from));
}
