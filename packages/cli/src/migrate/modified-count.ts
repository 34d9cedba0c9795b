import { chainAfter, Node, SyntaxKind } from '../project/index.ts';
import type { DriverCall } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { insertAt } from './edit.ts';
import type { Edit } from './edit.ts';

/**
 * The paths that `trusted` writes are known only at run time, so the type of `modifiedCount` is optional then. It is present if every
 * written path is filterable. Otherwise it would reveal what was stored, and the call is left unchanged.
 */
export function fixModifiedCount(call: DriverCall, tellsModified: boolean): readonly Edit[] {
  const { end } = chainAfter(call.node);
  const parent = end.getParent();
  const edits: Edit[] = [];
  if (Node.isPropertyAccessExpression(parent) && parent.getName() === 'modifiedCount') {
    edits.push(insertAt(parent, parent.getStart(), '('), insertAt(parent, parent.getEnd(), ' ?? 0)'));
  }
  const name = Node.isVariableDeclaration(parent) ? parent.getNameNode() : undefined;
  if (Node.isObjectBindingPattern(name)) {
    const element = name
      .getElements()
      .find(
        (one) =>
          (one.getPropertyNameNode()?.getText() ?? one.getName()) === 'modifiedCount' &&
          one.getInitializer() === undefined,
      );
    if (element !== undefined) edits.push(insertAt(element, element.getEnd(), ' = 0'));
  }
  if (Node.isIdentifier(name)) {
    const scope = name.getFirstAncestorByKind(SyntaxKind.Block) ?? name.getSourceFile();
    for (const access of scope.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)) {
      if (access.getName() === 'modifiedCount' && access.getExpression().getText() === name.getText())
        edits.push(insertAt(access, access.getStart(), '('), insertAt(access, access.getEnd(), ' ?? 0)'));
    }
  }
  if (edits.length > 0 && !tellsModified)
    throw new CannotMigrate(
      'the code reads modifiedCount, which would reveal the stored value of a field that is not filterable: read matchedCount',
    );
  return edits;
}
