import { bare, fileName, Node, SyntaxKind } from '../project/index.ts';
import type { CallExpression, NameIndex, OpenedProject } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { MONGOOSE_DATABASE } from '../sources/database-file.ts';
import type { Source, SourceCall, SourceCollection } from '../sources/source.ts';
import { checkAwaited } from './check-call.ts';
import { documentFields } from './document-fields.ts';
import { Models } from './find-models.ts';
import { openingEdits } from './opening-edits.ts';
import { queryChain } from './query-chain.ts';
import { MODEL_METHODS, translateCall } from './translate-call.ts';

/** Finds the models of a project and every call of them. */
export function readMongoose(opened: OpenedProject, index: NameIndex): Source {
  const models = new Models(index);
  const calls = opened.project
    .getSourceFiles()
    .flatMap((file) => [
      ...file
        .getDescendantsOfKind(SyntaxKind.CallExpression)
        .flatMap((node) => callAt(node, models, index, opened.root)),
      ...file.getDescendantsOfKind(SyntaxKind.NewExpression).flatMap((node) => madeAt(node, models, opened.root)),
    ]);
  return {
    calls: calls.toSorted((a, b) =>
      a.file === b.file ? a.node.getStart() - b.node.getStart() : a.file < b.file ? -1 : 1,
    ),
    collections: collectionsOf(models),
    databaseFile: MONGOOSE_DATABASE,
    opening: openingEdits(index),
  };
}

function collectionsOf(models: Models): readonly SourceCollection[] {
  const seen = new Set<string>();
  return models.all.flatMap(({ collection, schema, declared, node }) => {
    if (schema.refusal !== undefined || seen.has(collection)) return [];
    seen.add(collection);
    return [{ name: collection, fields: documentFields(schema, declared, node) }];
  });
}

function callAt(node: CallExpression, models: Models, index: NameIndex, root: string): readonly SourceCall[] {
  const callee = node.getExpression();
  if (!Node.isPropertyAccessExpression(callee) || !MODEL_METHODS.has(callee.getName())) return [];
  const held = callee.getExpression();
  const model = models.behind(held);
  if (model === undefined && !isModelType(held)) return [];
  const chain = queryChain(node);
  return [
    {
      node: chain.end,
      method: callee.getName(),
      collection: model?.collection,
      file: fileName(node, root),
      line: node.getStartLineNumber(),
      translate: () => {
        if (model === undefined) throw new CannotMigrate('the model is not known');
        if (/^find|^count|^distinct|^aggregate|^exists/.test(callee.getName())) checkAwaited(chain.end);
        return translateCall({ method: callee.getName(), arguments: node.getArguments(), chain, model, models }, index);
      },
    },
  ];
}

/** `Model<User>` of Mongoose, as frameworks inject it. */
function isModelType(node: Node): boolean {
  const symbol = node.getType().getSymbol();
  return (
    symbol?.getName() === 'Model' &&
    symbol.getDeclarations().some((one) => /\/node_modules\/mongoose\//.test(one.getSourceFile().getFilePath()))
  );
}

/** `new User({ … })` is a document that is saved later. */
function madeAt(node: Node, models: Models, root: string): readonly SourceCall[] {
  if (!Node.isNewExpression(node)) return [];
  const model = models.behind(bare(node.getExpression()));
  if (model === undefined) return [];
  return [
    {
      node,
      method: 'new',
      collection: model.collection,
      file: fileName(node, root),
      line: node.getStartLineNumber(),
      translate: () => {
        throw new CannotMigrate('a document that is saved later: store it with create(), in one piece');
      },
    },
  ];
}
