import { bare, entriesOf, Node } from '../project/index.ts';

/** The condition of a `$pull` as a filter that matches exactly the documents that it changes. */
export interface PulledElements {
  readonly path: string;
  /** The condition of an `$elemMatch`. */
  readonly condition: string;
}

/** An update that only pulls the elements of one array by a literal condition. */
export function pulledElements(update: Node | undefined, filter: Node | undefined): PulledElements | undefined {
  const pull = onlyEntry(update);
  const entry = pull?.key === '$pull' ? onlyEntry(pull.value) : undefined;
  const condition = entry === undefined ? undefined : bare(entry.value);
  const given = filter === undefined ? undefined : bare(filter);
  if (entry?.key === undefined || !Node.isObjectLiteralExpression(condition)) return undefined;
  if (!Node.isObjectLiteralExpression(given)) return undefined;
  const { key: path } = entry;
  const isFree = entriesOf(given).every(({ key }) => key !== undefined && key !== path && !key.startsWith(`${path}.`));
  const isPlain =
    entriesOf(condition).length > 0 &&
    entriesOf(condition).every(({ key, value }) => key !== undefined && !key.startsWith('$') && isSteady(bare(value)));
  return isFree && isPlain ? { path, condition: condition.getText() } : undefined;
}

function onlyEntry(node: Node | undefined) {
  const object = node === undefined ? undefined : bare(node);
  const [entry, ...others] = Node.isObjectLiteralExpression(object) ? entriesOf(object) : [];
  return others.length === 0 ? entry : undefined;
}

/** An expression that may be written twice. */
function isSteady(node: Node): boolean {
  if (Node.isPropertyAccessExpression(node)) return isSteady(node.getExpression());
  return Node.isIdentifier(node) || Node.isThisExpression(node) || Node.isLiteralExpression(node);
}
