import { viewsIn } from '../migrate/view-facts.ts';
import { Node } from '../project/index.ts';
import type { OpenedProject } from '../project/index.ts';

/** The interface of a collection's documents, and the file that exports it. */
export interface DocumentType {
  readonly name: string;
  readonly path: string;
}

/** The document types of the views of a project, by collection: those that another file can import. */
export function documentTypes(opened: OpenedProject): ReadonlyMap<string, DocumentType> {
  return new Map(
    [...viewsIn(opened).values()].flatMap(({ name, collection, file }) => {
      const call = file.getVariableDeclaration(name)?.getInitializer();
      const defined = Node.isCallExpression(call) ? call.getExpression() : undefined;
      const [type] = Node.isCallExpression(defined) ? defined.getTypeArguments() : [];
      const text = type?.getText() ?? '';
      if (file.getInterface(text)?.isExported() === true || file.getTypeAlias(text)?.isExported() === true)
        return [[collection, { name: text, path: file.getFilePath() }] as const];
      const imported = file
        .getImportDeclarations()
        .find((one) =>
          one.getNamedImports().some((named) => named.getName() === text && named.getAliasNode() === undefined),
        );
      const source = imported?.getModuleSpecifierSourceFile();
      return source === undefined ? [] : [[collection, { name: text, path: source.getFilePath() }] as const];
    }),
  );
}
