import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const ENTRIES = ['index', 'privileged', 'fastify', 'express', 'hono'];

const files = ENTRIES.map((entry) => join(root, `src/${entry}.ts`));
const program = ts.createProgram(files, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
});
const checker = program.getTypeChecker();

interface Exported {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

/** The exports of an entry, as their declarations have them. */
function exportsOf(file: string): readonly Exported[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol;
  return checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  }));
}

function isDocumented(symbol: ts.Symbol): boolean {
  return symbol.getDocumentationComment(checker).some(({ text }) => text.trim() !== '');
}

function tagsOf(symbol: ts.Symbol): readonly ts.JSDocTagInfo[] {
  return symbol.getJsDocTags(checker);
}

/** The methods and fields that a user of a class or an interface sees. */
function membersOf(symbol: ts.Symbol): readonly ts.Symbol[] {
  const members = [...(symbol.members?.values() ?? [])];
  return members.filter((member) => {
    const [declaration] = member.declarations ?? [];
    const name =
      declaration !== undefined && 'name' in declaration ? (declaration.name as ts.Node | undefined) : undefined;
    return name !== undefined && ts.isIdentifier(name);
  });
}

function isMethod(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Method) !== 0;
}

/** Parameters that a comment does not describe although it describes others. */
function untoldParameters(symbol: ts.Symbol): readonly string[] {
  const told = tagsOf(symbol)
    .filter(({ name }) => name === 'param')
    .map(({ text }) => text?.find(({ kind }) => kind === 'parameterName')?.text);
  const declaration = symbol.declarations?.find((each) => ts.isFunctionLike(each));
  if (declaration === undefined || told.length === 0) return [];
  return declaration.parameters
    .map(({ name }) => name.getText())
    .filter((name) => name !== 'this' && !told.includes(name));
}

describe.each(ENTRIES)('the entry %s', (entry) => {
  const exported = exportsOf(join(root, `src/${entry}.ts`));

  it('says of each export what it is', () => {
    expect(exported.filter(({ symbol }) => !isDocumented(symbol)).map(({ name }) => name)).toEqual([]);
  });

  it('shows each function and each class in an example', () => {
    const shown = exported.filter(
      ({ name, symbol }) =>
        (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0 && !name.endsWith('Error'),
    );
    const without = shown.filter(({ symbol }) => !tagsOf(symbol).some(({ name }) => name === 'example'));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('says of each method what it does, and of each parameter what goes in', () => {
    const faults = exported.flatMap(({ name, symbol }) => {
      const methods = membersOf(symbol).filter(isMethod);
      return [
        ...methods
          .filter((method) => !isDocumented(method))
          .map((method) => `${name}.${method.name}() is not documented`),
        ...[symbol, ...methods].flatMap((each) =>
          untoldParameters(each).map((parameter) => `${name}: ${each.name}(${parameter})`),
        ),
      ];
    });
    expect(faults).toEqual([]);
  });

  it('says of each function what comes out, and what it throws', () => {
    const functions = exported.filter(({ symbol }) => (symbol.flags & ts.SymbolFlags.Function) !== 0);
    const without = functions.flatMap(({ name, symbol }) =>
      ['returns', 'throws']
        .filter((tag) => !tagsOf(symbol).some((each) => each.name === tag))
        .map((tag) => `${name}: @${tag}`),
    );
    expect(without).toEqual([]);
  });
});
