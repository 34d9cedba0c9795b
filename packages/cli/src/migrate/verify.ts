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
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  #original: ts.Program | undefined;

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
    const faults = [...files].flatMap((path) => faultsIn(program, path, this.#options));
    const left = new Map<string, number>();
    return faults.filter((fault) => {
      const key = faultKey(fault);
      const known = left.get(key) ?? this.#before(fault.file).get(key) ?? 0;
      left.set(key, known - 1);
      return known <= 0;
    });
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

  /** The errors of a file before any change, counted. They are only needed for a file that has errors after it. */
  #before(path: string): ReadonlyMap<string, number> {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    this.#original ??= this.#programOf(this.#originals);
    const counts = new Map<string, number>();
    for (const fault of faultsIn(this.#original, path, this.#options))
      counts.set(faultKey(fault), (counts.get(faultKey(fault)) ?? 0) + 1);
    this.#known.set(path, counts);
    return counts;
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
