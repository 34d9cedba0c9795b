import ts from 'typescript';

import type { Block } from './block.ts';

/** A name that a block may use without importing it, and the module that has it. */
export interface Known {
  readonly name: string;
  readonly from: string;
  readonly isType: boolean;
}

/** A block as a module with a function `run`, and the lines of its statements that are to be refused. */
export interface Module {
  readonly text: string;
  readonly toRefuse: readonly (readonly [first: number, last: number])[];
}

/** Line N of the block is line N + 1 of the module: everything that is added is in one line before it. */
export function writeModule({ code, promised }: Block, known: readonly Known[]): Module {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true);
  const imports = source.statements.filter(ts.isImportDeclaration);
  const own = new Set(imports.flatMap(importedNames));
  const header = [
    ...imports.map((each) => each.getText().replaceAll(/\s+/g, ' ')),
    ...importsOf(code, known, own),
  ].join(' ');
  const toRefuse =
    promised === 'works' || promised === 'compiles' ? [] : source.statements.filter(ts.isExpressionStatement);
  let body = code;
  for (const statement of [...source.statements].toReversed()) {
    const [start, end] = [statement.getStart(), statement.getEnd()];
    body = body.slice(0, start) + rewrite(statement, toRefuse.includes(statement as never)) + body.slice(end);
  }
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  return {
    text: `${header} export async function run(): Promise<void> {\n${body}\n}\n`,
    toRefuse: toRefuse.map((statement) => [lineOf(statement.getStart()), lineOf(statement.getEnd())] as const),
  };
}

/**
 * The imports that a block needs besides its own, in one line. A name that it declares itself is not imported.
 *
 * @public The site uses it.
 */
export function hiddenImports(code: string, known: readonly Known[]): string {
  const { statements } = ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true);
  const own = statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) ? importedNames(statement) : declaredNames(statement),
  );
  return importsOf(code, known, new Set(own)).join(' ');
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : name.elements.map((element) => element.getText()),
    );
  }
  const name = (statement as unknown as ts.DeclarationStatement).name?.getText();
  return name === undefined ? [] : [name];
}

function rewrite(statement: ts.Statement, isToRefuse: boolean): string {
  const text = statement.getText();
  if (ts.isImportDeclaration(statement)) return text.replaceAll(/[^\n]/g, '');
  if (isToRefuse) return `await isRefused(async () => (${text.replace(/;$/, '')}));`;
  return text.replace(/^export (?!\{)/, '');
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}

function importsOf(code: string, known: readonly Known[], own: ReadonlySet<string>): string[] {
  const used = known.filter(
    ({ name }) => !own.has(name) && (name === 'isRefused' || new RegExp(`\\b${name}\\b`).test(code)),
  );
  return used.map(({ name, from, isType }) => `import { ${isType ? 'type ' : ''}${name} } from '${from}';`);
}

/** The exports of a module, as names that a block may use. */
export function exportsOf(text: string, from: string): Known[] {
  const source = ts.createSourceFile('exports.ts', text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement): Known[] => {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.map((each) => ({
        name: each.name.text,
        from,
        isType: statement.isTypeOnly || each.isTypeOnly,
      }));
    }
    if (
      !ts.canHaveModifiers(statement) ||
      !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    )
      return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => ({ name: name.getText(), from, isType: false }));
    }
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const name = (statement as unknown as ts.DeclarationStatement).name?.getText();
    return name === undefined ? [] : [{ name, from, isType }];
  });
}
