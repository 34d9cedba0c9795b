import ts from 'typescript';

/** An error of the compiler in a module: the line and the message. */
export interface Finding {
  readonly line: number;
  readonly message: string;
}

/** Checks modules as the strict project of a user, all in one program. */
export function typeCheck(files: readonly string[], root: string): ReadonlyMap<string, readonly Finding[]> {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [`${root}/node_modules/@types`],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    // The declarations themselves are checked elsewhere.
    skipLibCheck: true,
    paths: { 'safe-collection': [`${root}/src/index.ts`], 'safe-collection/*': [`${root}/src/*.ts`] },
  });
  return new Map(files.map((file) => [file, findingsIn(program, file)]));
}

function findingsIn(program: ts.Program, file: string): Finding[] {
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => ({
    line: source?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
  }));
}
