import { bare, entriesOf, Node, referencesOf } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { sourceOf } from './comments.ts';
import type { Draft, LibraryName } from './draft.ts';
import { replace, textWith } from './edit.ts';
import type { Edit } from './edit.ts';
import { together } from './elsewhere.ts';
import type { Elsewhere } from './elsewhere.ts';
import { fixModifiedCount } from './modified-count.ts';
import { optionsOf, optionsText, trustedOption } from './rewrite-options.ts';
import { splitFilter } from './split-filter.ts';
import { splitDocument, splitUpdate } from './rewrite-write.ts';
import type { ViewFacts } from './view-facts.ts';

/** Splits each literal model in place. */
export function bulkDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const [given] = call.arguments;
  if (given === undefined) throw new CannotMigrate('the bulk has no models');
  const names = new Set<LibraryName>();
  const { models, types } = modelsOf(bare(given));
  const rewritten = models.map((model) => ({ model, ...modelText(model, view, index, names) }));
  const edits = rewritten.map(({ model, text }) => replace(model, text));
  const inside = (edit: Edit) => edit.start >= given.getStart() && edit.end <= given.getEnd();
  const options = optionsOf(call.arguments[1]);
  const more = [
    ...edits.filter((edit) => !inside(edit)),
    ...types,
    ...fixModifiedCount(
      call.node,
      rewritten.every(({ tellsModified }) => tellsModified),
    ),
  ];
  return {
    arguments: [textWith(given, edits.filter(inside)), ...(options.size === 0 ? [] : [optionsText(options)])],
    names,
    more,
    elsewhere: together(...rewritten.map(({ elsewhere }) => elsewhere)),
  };
}

/** The models of a list, of a `map()`, or of a variable that is filled by `push()`, and the edits of the driver's type annotations. */
function modelsOf(list: Node): { readonly models: readonly Node[]; readonly types: readonly Edit[] } {
  if (Node.isArrayLiteralExpression(list)) return { models: list.getElements().map(bare), types: [] };
  if (Node.isCallExpression(list)) {
    const [callback] = list.getArguments();
    if (Node.isArrowFunction(callback) && list.getExpression().getText().endsWith('.map'))
      return { models: [bare(callback.getBody())], types: [] };
  }
  const [declared] = Node.isIdentifier(list) ? (list.getSymbol()?.getDeclarations() ?? []) : [];
  const initializer = Node.isVariableDeclaration(declared) ? declared.getInitializer() : undefined;
  if (!Node.isVariableDeclaration(declared) || initializer === undefined)
    throw new CannotMigrate('the models of the bulk are in a variable: write them here');
  const type = declared.getTypeNode();
  const name = declared.getNameNode();
  const types =
    type === undefined
      ? []
      : [{ file: name.getSourceFile().getFilePath(), start: name.getEnd(), end: type.getEnd(), text: '' }];
  const pushed = referencesOf(name).flatMap((reference) => {
    const access = reference.getParent();
    const pushing = access?.getParent();
    const isPush =
      Node.isPropertyAccessExpression(access) && access.getName() === 'push' && Node.isCallExpression(pushing);
    return isPush ? pushing.getArguments().map(bare) : [];
  });
  return { models: [...modelsOf(bare(initializer)).models, ...pushed], types };
}

function modelText(
  model: Node,
  view: ViewFacts,
  index: NameIndex,
  names: Set<LibraryName>,
): { readonly text: string; readonly tellsModified: boolean; readonly elsewhere?: Elsewhere | undefined } {
  const [entry, ...more] = Node.isObjectLiteralExpression(model) ? entriesOf(model) : [];
  const parts = entry === undefined ? undefined : bare(entry.value);
  if (entry?.key === undefined || more.length > 0 || !Node.isObjectLiteralExpression(parts))
    throw new CannotMigrate('a model of the bulk is in a variable: write it here');
  const part = (name: string) => entriesOf(parts).find(({ key }) => key === name)?.value;
  if (entry.key === 'insertOne') {
    const document = splitDocument(part('document'), view, index);
    if ((document.more?.length ?? 0) > 0)
      throw new CannotMigrate('a document of the bulk is in a variable: say which of its fields the caller writes');
    const trusted = trustedOption({ set: document.trusted });
    if (trusted !== undefined) names.add('trusted');
    return {
      text: `{ insertOne: { document: ${document.own}${trusted === undefined ? '' : `, ${trusted}`} } }`,
      tellsModified: true,
    };
  }
  if (!['updateOne', 'updateMany', 'deleteOne', 'deleteMany'].includes(entry.key))
    throw new CannotMigrate(`the library has no ${entry.key} in a bulk`);
  const filter = splitFilter(part('filter'), view, index);
  const update = entry.key.startsWith('update') ? splitUpdate(part('update'), view, index) : undefined;
  if (filter.usesOp || update?.usesOp === true) names.add('op');
  const trusted = trustedOption({ filter: filter.trusted, update: update?.trusted });
  if (trusted !== undefined) names.add('trusted');
  const rest = entriesOf(parts)
    .filter(({ key }) => key !== 'filter' && key !== 'update')
    .map(({ node }) => sourceOf(node));
  const text = `{ ${entry.key}: { ${[`filter: ${filter.own}`, ...(update === undefined ? [] : [`update: ${update.own}`]), ...rest, ...(trusted === undefined ? [] : [trusted])].join(', ')} } }`;
  return { text, tellsModified: update?.tellsModified ?? true, elsewhere: filter.elsewhere };
}
