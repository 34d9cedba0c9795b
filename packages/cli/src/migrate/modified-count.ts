import { bare, chainAfter, entriesOf, Node, SyntaxKind } from '../project/index.ts';
import type { CallExpression } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { insertAt, replace } from './edit.ts';
import type { Edit } from './edit.ts';

const TELLS =
  'the code reads modifiedCount, which would reveal the stored value of a field that is not filterable: read matchedCount';

/**
 * The paths that `trusted` writes are known only at run time, so the type of `modifiedCount` is optional then. It is present if every
 * written path is filterable. Otherwise it would reveal what was stored, and the call is left unchanged.
 */
export function fixModifiedCount(call: CallExpression, tellsModified: boolean): readonly Edit[] {
  const { accesses, element } = readsOf(call);
  if (!tellsModified && (accesses.length > 0 || element !== undefined)) throw new CannotMigrate(TELLS);
  return [
    ...accesses.flatMap((access) => [
      insertAt(access, access.getStart(), '('),
      insertAt(access, access.getEnd(), ' ?? 0)'),
    ]),
    ...(element === undefined ? [] : [insertAt(element, element.getEnd(), ' = 0')]),
  ];
}

/** The same for an update that changes each document that it matches, so that both counts are equal. */
export function readMatchedCount(call: CallExpression): readonly Edit[] {
  const { accesses, element } = readsOf(call);
  return [
    ...accesses.map((access) => replace(access.getNameNode(), 'matchedCount')),
    ...(element === undefined ? [] : [replace(element, `matchedCount: ${element.getName()}`)]),
  ];
}

/** Whether the code reads how many documents a call changed. */
export function readsModifiedCount(call: CallExpression): boolean {
  const { accesses, element } = readsOf(call);
  return accesses.length > 0 || element !== undefined;
}

/** A pushed element, or a number that is added and is not 0, changes every document that matches. */
export function alwaysChanges(update: Node | undefined): boolean {
  const written = update === undefined ? undefined : bare(update);
  if (!Node.isObjectLiteralExpression(written)) return false;
  return entriesOf(written).some(({ key, value }) => {
    const fields = bare(value);
    if (!Node.isObjectLiteralExpression(fields)) return false;
    const values = entriesOf(fields).map((entry) => bare(entry.value));
    if (key === '$push') return values.some((one) => !isModifier(one));
    return key === '$inc' && values.some((one) => /^-?[1-9]\d*$/.test(one.getText()));
  });
}

/** `{ $each: [] }` may push nothing. A variable may hold one, unless its type says otherwise. */
function isModifier(value: Node): boolean {
  if (Node.isObjectLiteralExpression(value))
    return entriesOf(value).some(({ key }) => key === undefined || key.startsWith('$'));
  const type = value.getType();
  return type.isAny() || type.isUnknown() || type.getProperties().some((one) => one.getName().startsWith('$'));
}

function readsOf(call: CallExpression) {
  const { end } = chainAfter(call);
  const parent = end.getParent();
  const name = Node.isVariableDeclaration(parent) ? parent.getNameNode() : undefined;
  const isRead = Node.isPropertyAccessExpression(parent) && parent.getName() === 'modifiedCount';
  const element = Node.isObjectBindingPattern(name)
    ? name
        .getElements()
        .find(
          (one) =>
            (one.getPropertyNameNode()?.getText() ?? one.getName()) === 'modifiedCount' &&
            one.getInitializer() === undefined,
        )
    : undefined;
  const scope = Node.isIdentifier(name)
    ? (name.getFirstAncestorByKind(SyntaxKind.Block) ?? name.getSourceFile())
    : undefined;
  const later = (scope?.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression) ?? []).filter(
    (access) => access.getName() === 'modifiedCount' && access.getExpression().getText() === name?.getText(),
  );
  return { accesses: [...(isRead ? [parent] : []), ...later], element };
}
