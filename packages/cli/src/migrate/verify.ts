import { ts } from '../project/index.ts';
import { compileOptions } from './compile-options.ts';
import { dependentsOf, Importing } from './dependents.ts';
import { Programs } from './programs.ts';

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
  readonly #options: ts.CompilerOptions;
  readonly #programs: Programs;
  readonly #importers: Importing;
  readonly #originals: ReadonlyMap<string, string>;
  /** How often each file had each error before any change. */
  readonly #before = new Map<string, ReadonlyMap<string, number>>();

  constructor(root: string, tsconfig: string | undefined, originals: ReadonlyMap<string, string>) {
    this.#options = compileOptions(root, tsconfig);
    this.#programs = new Programs(root, this.#options);
    this.#importers = new Importing(this.#programs.host);
    this.#originals = originals;
  }

  /** Whether the library can be found from a file; without it nothing can be checked. */
  hasLibrary(from: string): boolean {
    const found = ts.resolveModuleName('safe-collection', from, this.#options, this.#programs.host);
    return found.resolvedModule !== undefined;
  }

  /**
   * The errors that the changed texts cause: in the changed files, and in those that import one, directly or not. With `only`, those in
   * these files, which is much faster.
   */
  newFaults(changed: ReadonlyMap<string, string>, only?: ReadonlySet<string>): readonly Fault[] {
    const program = this.#programs.of(new Map([...this.#originals, ...changed]), 'after');
    const files = only ?? dependentsOf(changedIn(this.#originals, changed), this.#importers.in(program));
    return this.#withoutKnown(this.#faultsIn(program, files), changed);
  }

  /** The compiler finds some errors only if it checks files in a certain order, so the order is always the same. */
  #faultsIn(program: ts.Program, files: ReadonlySet<string>): readonly Fault[] {
    const added = [...files].filter((path) => !this.#originals.has(path));
    const ordered = [...[...this.#originals.keys()].filter((path) => files.has(path)), ...added];
    return ordered.flatMap((path) => faultsIn(program, path, this.#options));
  }

  /** Faults without those that were there before any change. */
  #withoutKnown(faults: readonly Fault[], changed: ReadonlyMap<string, string>): readonly Fault[] {
    // An error in a line that the file did not have is new in any case. A file outside of the folder has its text of before.
    const mayBeOld = ({ file, line }: Fault) => this.#originals.get(file)?.includes(line) ?? !changed.has(file);
    this.#countBefore(new Set(faults.filter(mayBeOld).map(({ file }) => file)));
    const left = new Map([...this.#before.values()].flatMap((counts) => [...counts]));
    return faults.filter((fault) => {
      const known = left.get(faultKey(fault)) ?? 0;
      left.set(faultKey(fault), known - 1);
      return known <= 0;
    });
  }

  /** Only files that have errors now are compiled as they were before. */
  #countBefore(files: ReadonlySet<string>): void {
    const missing = new Set([...files].filter((path) => !this.#before.has(path)));
    if (missing.size === 0) return;
    const faults = this.#faultsIn(this.#programs.of(this.#originals, 'before'), missing);
    for (const path of missing) {
      const counts = new Map<string, number>();
      for (const fault of faults)
        if (fault.file === path) counts.set(faultKey(fault), (counts.get(faultKey(fault)) ?? 0) + 1);
      this.#before.set(path, counts);
    }
  }
}

/** The files whose text differs. */
function changedIn(originals: ReadonlyMap<string, string>, changed: ReadonlyMap<string, string>): readonly string[] {
  return [...changed].flatMap(([path, text]) => (originals.get(path) === text ? [] : [path]));
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
