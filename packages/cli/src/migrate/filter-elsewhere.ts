import { addedTo, entriesOf, functionAround, Node, objectsBehind } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { isFilterable, opEdits } from './rewrite-filter.ts';
import type { ViewFacts } from './view-facts.ts';

/** The changes of a filter that is built elsewhere, with the names that those files have to import. */
export interface Elsewhere {
  readonly edits: readonly Edit[];
  readonly needs: readonly { readonly file: string; readonly name: string }[];
}

const UNKNOWN = 'the filter comes in a variable that can’t be followed: write it here';

/** Adds `op()` where the filter is written, and replaces the driver's `Filter` by `SafeFilter` on the way. */
export function filterElsewhere(filter: Node, view: ViewFacts, index: NameIndex): Elsewhere {
  const objects = objectsBehind(filter, index);
  if (objects.length === 0) throw new CannotMigrate(UNKNOWN);
  const names = [
    filter,
    ...objects.flatMap((object) => object.getFirstAncestor(Node.isVariableDeclaration)?.getNameNode() ?? []),
  ].filter(Node.isIdentifier);
  if (names.some((name) => addedTo(name).length > 0))
    throw new CannotMigrate('the filter is built step by step: write it in one piece, with spreads');
  const entries = objects.flatMap((object) => entriesOf(object));
  if (!entries.every((entry) => isFilterable(entry, '', view)))
    throw new CannotMigrate('the filter comes in a variable, and names what the view does not make filterable');
  const operators = entries.flatMap((entry) => opEdits(entry, ''));
  const types = [...names.flatMap((name) => typesOf(name)), ...objects.flatMap((object) => returnTypeOf(object))];
  const edits = [...operators, ...types.map((type) => replace(type, `SafeFilter<typeof ${view.name}>`))];
  const needs = [
    ...operators.map(({ file }) => ({ file, name: 'op' })),
    ...types.flatMap((type) =>
      ['SafeFilter', view.name].map((name) => ({ file: type.getSourceFile().getFilePath(), name })),
    ),
  ];
  return { edits, needs };
}

/** The annotation of a variable or parameter, if it is the driver's `Filter`. */
function typesOf(name: Node): readonly Node[] {
  return (name.getSymbol()?.getDeclarations() ?? []).flatMap((declared) => {
    const type =
      Node.isParameterDeclaration(declared) || Node.isVariableDeclaration(declared)
        ? declared.getTypeNode()
        : undefined;
    return type !== undefined && isDriverFilter(type) ? [type] : [];
  });
}

function returnTypeOf(object: Node): readonly Node[] {
  const owner = functionAround(object);
  const type = Node.isReturnTyped(owner) ? owner.getReturnTypeNode() : undefined;
  return type !== undefined && isDriverFilter(type) ? [type] : [];
}

function isDriverFilter(type: Node): boolean {
  return /^Filter<.*>$/s.test(type.getText());
}
