import { addedTo, bare, entriesOf, Node, objectsBehind } from '../project/index.ts';
import type { NameIndex, ObjectLiteralExpression } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';

/** The object of an expression: a literal, or a constant of the same function that is only read. */
export function objectAt(node: Node, what: string, index: NameIndex): ObjectLiteralExpression {
  const written = bare(node);
  if (Node.isObjectLiteralExpression(written)) return written;
  const [object, ...others] = Node.isIdentifier(written) ? objectsBehind(written, index) : [];
  const declared = object?.getParentWhile(
    (parent) => Node.isAsExpression(parent) || Node.isSatisfiesExpression(parent),
  );
  const holder = (declared ?? object)?.getParent();
  const isOwn =
    object !== undefined &&
    others.length === 0 &&
    Node.isVariableDeclaration(holder) &&
    holder.getName() === written.getText() &&
    holder.getSourceFile() === node.getSourceFile() &&
    addedTo(holder.getNameNode()).length === 0 &&
    addedTo(written).length === 0;
  if (!isOwn) throw new CannotMigrate(`${what} is in a variable: write it here`);
  return object;
}

/** The entries of a call's argument by name. Unknown ones are refused. */
export function argumentsOf(
  node: Node | undefined,
  known: readonly string[],
  index: NameIndex,
): ReadonlyMap<string, Node> {
  if (node === undefined) return new Map();
  const entries = new Map<string, Node>();
  for (const { key, value } of entriesOf(objectAt(node, 'the argument', index))) {
    if (key === undefined) throw new CannotMigrate('the argument spreads a variable: write it here');
    if (!known.includes(key)) throw new CannotMigrate(REASONS[key] ?? `'${key}' has no counterpart`);
    if (value.getText() !== 'undefined') entries.set(key, value);
  }
  return entries;
}

const REASONS: Readonly<Record<string, string>> = {
  include: 'include joins another model: read it by itself, or join it with $lookup',
  cursor: 'a cursor is an id to begin at: filter by it, or use paginate()',
  distinct: 'distinct is done in memory by Prisma: use distinct() or $group',
  having: 'having belongs to groupBy(): use an aggregation',
  skipDuplicates: 'skipDuplicates has no counterpart: use { ordered: false } and check the error',
};
