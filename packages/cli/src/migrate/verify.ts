import { Project, ts } from '../project/index.ts';
import { compileOptions } from './compile-options.ts';
import { dependentsOf, importersIn, withImporters } from './dependents.ts';

/** A compile error. */
export interface Fault {
  readonly file: string;
  readonly start: number;
  readonly code: number;
  readonly message: string;
  /** The source line, which finds the same error in two texts of a file. */
  readonly line: string;
}

/** Compiles a project's files with changed texts for some of them. Nothing is written. */
export class Compiler {
  readonly #project: Project;
  readonly #options: ts.CompilerOptions;
  readonly #originals: ReadonlyMap<string, string>;
  #before: ReadonlyMap<string, number> | undefined;

  constructor(root: string, tsconfig: string | undefined, originals: ReadonlyMap<string, string>) {
    this.#options = compileOptions(root, tsconfig);
    this.#project = new Project({
      compilerOptions: this.#options,
      skipAddingFilesFromTsConfig: true,
      skipFileDependencyResolution: true,
    });
    this.#originals = originals;
  }

  /** Whether the library can be found from a file; without it nothing can be checked. */
  hasLibrary(from: string): boolean {
    const host = this.#project.getModuleResolutionHost();
    return ts.resolveModuleName('safe-collection', from, this.#options, host).resolvedModule !== undefined;
  }

  /**
   * The errors that the changed texts cause: in the changed files, and in those that import one, directly or not. With `near`, only those
   * of these files and of the files that import them directly, which is much faster.
   */
  newFaults(changed: ReadonlyMap<string, string>, near?: ReadonlySet<string>): readonly Fault[] {
    const program = this.#programOf(new Map([...this.#originals, ...changed]));
    const importers = importersIn(program, this.#project.getModuleResolutionHost());
    const files =
      near === undefined ? dependentsOf(this.#changedIn(changed), importers) : withImporters(near, importers);
    const faults = this.#faultsIn(program, files);
    return faults.length === 0 ? faults : this.#withoutKnown(faults);
  }

  /** The compiler finds some errors only if it checks files in a certain order, so the order is always the same. */
  #faultsIn(program: ts.Program, files: ReadonlySet<string>): readonly Fault[] {
    const added = [...files].filter((path) => !this.#originals.has(path));
    const ordered = [...[...this.#originals.keys()].filter((path) => files.has(path)), ...added];
    return ordered.flatMap((path) => faultsIn(program, path, this.#options));
  }

  /** Faults without those that were there before any change. */
  #withoutKnown(faults: readonly Fault[]): readonly Fault[] {
    this.#before ??= this.#countBefore();
    const left = new Map(this.#before);
    return faults.filter((fault) => {
      const known = left.get(faultKey(fault)) ?? 0;
      left.set(faultKey(fault), known - 1);
      return known <= 0;
    });
  }

  #countBefore(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const fault of this.#faultsIn(this.#programOf(this.#originals), new Set(this.#originals.keys())))
      counts.set(faultKey(fault), (counts.get(faultKey(fault)) ?? 0) + 1);
    return counts;
  }

  #changedIn(changed: ReadonlyMap<string, string>): readonly string[] {
    return [...changed].flatMap(([path, text]) => (this.#originals.get(path) === text ? [] : [path]));
  }

  #programOf(texts: ReadonlyMap<string, string>): ts.Program {
    for (const [path, text] of texts) {
      if (this.#project.getSourceFile(path)?.getFullText() !== text)
        this.#project.createSourceFile(path, text, { overwrite: true });
    }
    return this.#project.getProgram().compilerObject;
  }
}

/** The same error in two texts of a file. Its place may differ, and so may its message: the compiler lists a union's members in any order. */
function faultKey({ file, code, line }: Fault): string {
  return `${file}|${code}|${line}`;
}

function faultsIn(program: ts.Program, path: string, { checkJs }: ts.CompilerOptions): readonly Fault[] {
  const file = program.getSourceFile(path);
  if (file === undefined) return [];
  // A JavaScript file has type errors only if it asks for them.
  const isChecked = !/\.[cm]?jsx?$/.test(path) || checkJs === true || /@ts-check/.test(file.text);
  if (!isChecked) return [];
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start = 0, code, messageText }) => ({
      file: path,
      start,
      code,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
      line: lineAt(file.text, start),
    }),
  );
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? undefined : end).trim();
}
