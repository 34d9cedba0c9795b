import ts from 'typescript';

import type { Diagnostic } from './diagnostic.ts';

/** Compiles a project with TypeScript 6, which has a compiler API. `overrides` override its options. */
export function compileWithApi(project: string, overrides: ts.CompilerOptions): readonly Diagnostic[] {
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const parsed = ts.getParsedCommandLineOfConfigFile(project, overrides, host);
  if (parsed === undefined) throw new Error(`${project} can't be read`);
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  return [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...diagnosticsOfRoots(program)].map(
    toDiagnostic,
  );
}

/** The sources and the declaration files have their own checks, so only the project's own files are checked here. */
function diagnosticsOfRoots(program: ts.Program): readonly ts.Diagnostic[] {
  return program.getRootFileNames().flatMap((name) => {
    const source = program.getSourceFile(name);
    return source === undefined
      ? []
      : [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
}

function toDiagnostic({ file, start, messageText }: ts.Diagnostic): Diagnostic {
  const { line, character } =
    file === undefined ? { line: 0, character: 0 } : file.getLineAndCharacterOfPosition(start ?? 0);
  return {
    file: file?.fileName ?? '',
    line: line + 1,
    column: character + 1,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  };
}

function fail(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
}
