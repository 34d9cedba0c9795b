import { join, resolve } from 'node:path';

import ts from 'typescript';

import { printPipeline } from './print-pipeline.ts';
import { TypeFit } from './type-fit.ts';

const FOLDER = resolve(import.meta.dirname);
const FILE = join(FOLDER, 'generated-calls.ts');

/** A pipeline with the collection that it runs on, and the type that stands for its result in place of the computed one, if any. */
export interface TypedCall {
  readonly collection: 'users' | 'orders';
  readonly pipeline: readonly object[];
  readonly planted?: string;
}

/** What the compiler says of one call: the type of its documents, or why it does not compile. */
export type Computed = { readonly type: ts.Type; readonly text: string } | { readonly refused: string };

/** Compiles calls in one program, and tells the type of the documents of each. */
export function computeTypes(calls: readonly TypedCall[]): {
  readonly computed: readonly Computed[];
  readonly fit: TypeFit;
} {
  const program = programOf(sourceOf(calls));
  const source = program.getSourceFile(FILE) as ts.SourceFile;
  const checker = program.getTypeChecker();
  const faults = program.getSemanticDiagnostics(source);
  const computed = source.statements
    .filter(ts.isVariableStatement)
    .slice(-calls.length)
    .map((statement): Computed => {
      const fault = faults.find(({ start = 0 }) => start >= statement.pos && start < statement.end);
      if (fault !== undefined) return { refused: ts.flattenDiagnosticMessageText(fault.messageText, ' ') };
      const [declared] = statement.declarationList.declarations;
      const array = checker.getTypeAtLocation((declared as ts.VariableDeclaration).name);
      const [type] = checker.getTypeArguments(array as ts.TypeReference);
      return {
        type: type as ts.Type,
        text: checker.typeToString(type as ts.Type, undefined, ts.TypeFormatFlags.NoTruncation),
      };
    });
  return { computed, fit: new TypeFit(checker) };
}

function sourceOf(calls: readonly TypedCall[]): string {
  const lines = calls.map(({ collection, pipeline, planted }, index) => {
    const call = `await ${collection}.aggregate(${printPipeline(pipeline)}).toArray()`;
    return `export const r${index} = ${planted === undefined ? call : `(${call}) as unknown as (${planted})[]`};`;
  });
  return `import { ObjectId, type Db } from 'mongodb';
import { createSafeDb, op } from 'safe-collection';
import { orderView, userView } from './views.ts';
export const _ = [ObjectId, op];
const { users, orders } = createSafeDb({} as Db, { users: userView, orders: orderView });
${lines.join('\n')}
`;
}

/** Other files are parsed once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function programOf(text: string): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    resolve(FOLDER, '../../types/tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expectNone(messageText) },
  );
  const options = config?.options ?? expectNone('no options');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) => {
    if (name === FILE) return ts.createSourceFile(name, text, language, true);
    if (!parsed.has(name)) parsed.set(name, read(name, language));
    return parsed.get(name);
  };
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === FILE || exists(name);
  return ts.createProgram([FILE], options, host);
}

function expectNone(fault: string | ts.DiagnosticMessageChain): never {
  throw new Error(ts.flattenDiagnosticMessageText(fault, ' '));
}
