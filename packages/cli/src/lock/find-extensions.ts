import { Node, SyntaxKind } from '../project/index.ts';
import type { CallExpression, SourceFile } from '../project/index.ts';

/** A call `userView.extend({…})`. */
export interface Extension {
  readonly node: CallExpression;
  /** The name of the view that is extended. */
  readonly base: string;
}

/** The calls of `extend()` on a name, under the name that the view has where it is exported. */
export function extensionsIn(file: SourceFile): readonly Extension[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((node) => {
    const callee = node.getExpression();
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'extend') return [];
    const held = callee.getExpression();
    const name = Node.isPropertyAccessExpression(held) ? held.getName() : held.getText();
    return [{ node, base: importedName(file, name) }];
  });
}

/** `userView` for `base` after `import { userView as base }`. */
function importedName(file: SourceFile, name: string): string {
  const named = file
    .getImportDeclarations()
    .flatMap((one) => one.getNamedImports())
    .find((one) => one.getAliasNode()?.getText() === name);
  return named?.getName() ?? name;
}
