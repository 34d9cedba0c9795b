import { bare, entryOf, Node } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { insertAt } from '../migrate/edit.ts';
import type { OpeningEdit } from '../sources/source.ts';

/** `openDatabase()` before each `mongoose.connect()`, and `closeDatabase()` before each `mongoose.disconnect()`. */
export function openingEdits(index: NameIndex): readonly OpeningEdit[] {
  return [
    ...callsOf('connect', index).flatMap((call) => {
      const [address, options] = call.getArguments();
      if (address === undefined || /\bopenDatabase\(/.test(call.getSourceFile().getFullText())) return [];
      return before(call, `openDatabase(${address.getText()}${databaseName(options)})`, 'openDatabase');
    }),
    ...callsOf('disconnect', index).flatMap((call) => {
      if (/\bcloseDatabase\(/.test(call.getSourceFile().getFullText()) || !Node.isAwaitExpression(call.getParent()))
        return [];
      return before(call, 'await closeDatabase()', 'closeDatabase');
    }),
  ];
}

function callsOf(name: string, index: NameIndex) {
  return (index.calls.get(name) ?? []).filter(Node.isCallExpression).filter((call) => {
    const callee = call.getExpression();
    return (
      (Node.isPropertyAccessExpression(callee) && callee.getExpression().getText() === 'mongoose') ||
      (Node.isIdentifier(callee) && isFromMongoose(callee))
    );
  });
}

function isFromMongoose(name: Node): boolean {
  return (name.getSymbol()?.getDeclarations() ?? []).some(
    (one) => Node.isImportSpecifier(one) && one.getImportDeclaration().getModuleSpecifierValue() === 'mongoose',
  );
}

function databaseName(options: Node | undefined): string {
  const given = options === undefined ? undefined : bare(options);
  const name = Node.isObjectLiteralExpression(given) ? entryOf(given, 'dbName') : undefined;
  return name === undefined ? '' : `, { dbName: ${name.getText()} }`;
}

/** A separate statement before the statement of the call; in an arrow function without a block, before the call. */
function before(call: Node, text: string, name: string): readonly OpeningEdit[] {
  const statement = call.getFirstAncestor((node) => Node.isStatement(node) && !Node.isBlock(node));
  const arrow = call.getFirstAncestor(Node.isArrowFunction);
  const isInArrow =
    arrow !== undefined &&
    !Node.isBlock(arrow.getBody()) &&
    (statement === undefined || arrow.getStart() > statement.getStart());
  if (statement === undefined || isInArrow) return [];
  const indent = /^[ \t]*/.exec(statement.getSourceFile().getFullText().slice(statement.getStartLinePos()))?.[0] ?? '';
  return [{ edit: insertAt(statement, statement.getStart(), `${text};\n${indent}`), name }];
}
