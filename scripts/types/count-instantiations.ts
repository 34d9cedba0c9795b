import { join } from 'node:path';

import ts from 'typescript';

/** Counts the type instantiations of one module, as if it stood in `folder`. Throws where it does not compile. */
export type CountInstantiations = (folder: string, source: string) => number;

const parsed = new Map<string, ts.SourceFile | undefined>();

/** Counts with TypeScript 6. Other files are parsed once for all counts. */
export const countWithApi: CountInstantiations = (folder, source) => {
  const file = join(folder, 'cost.ts');
  const options = optionsOf(join(folder, 'tsconfig.json'));
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion) => {
    if (name === file) return ts.createSourceFile(name, source, languageVersion, true);
    if (!parsed.has(name)) parsed.set(name, read(name, languageVersion));
    return parsed.get(name);
  };
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || exists(name);
  const program = ts.createProgram([file], options, host);
  const [fault] = program.getSemanticDiagnostics(program.getSourceFile(file));
  if (fault !== undefined) throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, ' '));
  return program.getInstantiationCount();
};

function optionsOf(project: string): ts.CompilerOptions {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(project, {}, host);
  if (config === undefined) throw new Error(`${project} can't be read`);
  return config.options;
}
