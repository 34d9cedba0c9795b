import { join } from 'node:path';

import ts from 'typescript';

/** Counts the type instantiations of one module as if it were in `folder`. Throws if it does not compile. */
export type CountInstantiations = (folder: string, source: string) => number;

/** A compiler with an API: TypeScript 6 or before. */
export type Compiler = typeof ts;

/** The cost of checking one module. */
export interface CheckCost {
  readonly instantiations: number;
  /** Milliseconds, which differ from run to run. */
  readonly milliseconds: number;
}

/** Counts with TypeScript 6. */
export const countWithApi: CountInstantiations = (folder, source) =>
  countWithTypeScript6(folder, source).instantiations;

const countWithTypeScript6 = checkerOf(ts);

/** Checks modules with one compiler. Other files are parsed once for all of them. */
export function checkerOf(compiler: Compiler): (folder: string, source: string) => CheckCost {
  const parsed = new Map<string, ts.SourceFile | undefined>();
  return (folder, source) => {
    const file = join(folder, 'cost.ts');
    const options = optionsOf(compiler, join(folder, 'tsconfig.json'));
    const host = compiler.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, languageVersion) => {
      if (name === file) return compiler.createSourceFile(name, source, languageVersion, true);
      if (!parsed.has(name)) parsed.set(name, read(name, languageVersion));
      return parsed.get(name);
    };
    const exists = host.fileExists.bind(host);
    host.fileExists = (name) => name === file || exists(name);
    const program = compiler.createProgram([file], options, host);
    const start = performance.now();
    const [fault] = program.getSemanticDiagnostics(program.getSourceFile(file));
    const milliseconds = performance.now() - start;
    if (fault !== undefined) throw new Error(compiler.flattenDiagnosticMessageText(fault.messageText, ' '));
    return { instantiations: program.getInstantiationCount(), milliseconds };
  };
}

function optionsOf(compiler: Compiler, project: string): ts.CompilerOptions {
  const host: ts.ParseConfigFileHost = {
    ...compiler.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(compiler.flattenDiagnosticMessageText(messageText, ' '));
    },
  };
  const config = compiler.getParsedCommandLineOfConfigFile(project, {}, host);
  if (config === undefined) throw new Error(`${project} can't be read`);
  return config.options;
}
