import { Project, ts } from '../project/index.ts';

/** Where ts-morph keeps the compiler's own declarations, in memory. */
const LIBRARIES = '/node_modules/typescript/lib';

/** What a program is for: how the files were, or how they would be. */
export type Purpose = 'before' | 'after';

interface Made {
  readonly program: ts.Program;
  readonly texts: ReadonlyMap<string, string>;
}

/** Makes programs of one set of files with different texts. A text is parsed once, also if several programs have it. */
export class Programs {
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.CompilerHost;
  /** The parsed texts of each file of the project: the original one, and the last one that differs. */
  readonly #parsed = new Map<string, readonly ts.SourceFile[]>();
  readonly #others = new Map<string, ts.SourceFile | undefined>();
  #texts: ReadonlyMap<string, string> = new Map();
  readonly #last = new Map<Purpose, Made>();

  constructor(root: string, compilerOptions: ts.CompilerOptions) {
    this.#options = compilerOptions;
    const files = new Project({ compilerOptions, skipAddingFilesFromTsConfig: true }).getModuleResolutionHost();
    const readFile = (path: string) => this.#texts.get(path) ?? files.readFile(path);
    const readOther = (path: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions) => {
      const text = files.fileExists(path) ? files.readFile(path) : undefined;
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    };
    this.#host = {
      ...ts.createCompilerHost(compilerOptions),
      getCurrentDirectory: () => root,
      getDefaultLibLocation: () => LIBRARIES,
      getDefaultLibFileName: (options) => `${LIBRARIES}/${ts.getDefaultLibFileName(options)}`,
      fileExists: (path) => this.#texts.has(path) || files.fileExists(path),
      readFile,
      getSourceFile: (path, version) => {
        const text = this.#texts.get(path);
        if (text !== undefined) return this.#parse(path, text, version);
        if (!this.#others.has(path)) this.#others.set(path, readOther(path, version));
        return this.#others.get(path);
      },
    };
  }

  get host(): ts.ModuleResolutionHost {
    return this.#host;
  }

  /**
   * A program of these files. The one before for the same purpose must not be used any more: it would keep its types in memory. With the
   * same texts it is the same program, which knows what it has checked.
   */
  of(texts: ReadonlyMap<string, string>, purpose: Purpose): ts.Program {
    const last = this.#last.get(purpose);
    if (last !== undefined && isSame(last.texts, texts)) return last.program;
    this.#texts = texts;
    this.#last.delete(purpose);
    const oldProgram = last?.program ?? [...this.#last.values()][0]?.program;
    const program = ts.createProgram({
      rootNames: [...texts.keys()],
      options: this.#options,
      host: this.#host,
      ...(oldProgram !== undefined && { oldProgram }),
    });
    this.#last.set(purpose, { program, texts });
    return program;
  }

  #parse(path: string, text: string, languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
    const [original, ...others] = this.#parsed.get(path) ?? [];
    const known = [original, ...others].find((file) => file?.text === text);
    if (known !== undefined) return known;
    const made = ts.createSourceFile(path, text, languageVersion);
    this.#parsed.set(path, original === undefined ? [made] : [original, made]);
    return made;
  }
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
