import { bare, entriesOf, Node } from '../project/index.ts';
import type { ObjectEntry, ObjectLiteralExpression } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { insertAt } from './edit.ts';
import type { Edit } from './edit.ts';
import { leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

const LOGICAL = new Set(['$and', '$or', '$nor']);
const REFUSED = new Set(['$where', '$expr', '$jsonSchema', '$text', '$comment']);
/** The operators that a non-public `_id` may be compared with. */
const EXACT = new Set(['$eq', '$in']);

/** Puts `op(` and `)` around each object of operators. */
export function opEdits({ key, value }: ObjectEntry, prefix: string): readonly Edit[] {
  const written = bare(value);
  if (key === undefined) return spreadEdits(written, prefix);
  if (REFUSED.has(key)) throw new CannotMigrate(`'${key}' reads any field, so the library has no such operator`);
  if (LOGICAL.has(key)) {
    if (!Node.isArrayLiteralExpression(written)) throw new CannotMigrate(`the filters of '${key}' are in a variable`);
    return written.getElements().flatMap((element) => {
      const filter = bare(element);
      if (!Node.isObjectLiteralExpression(filter)) throw new CannotMigrate(`a filter of '${key}' is in a variable`);
      return entriesOf(filter).flatMap((entry) => opEdits(entry, prefix));
    });
  }
  if (key.startsWith('$')) throw new CannotMigrate(`'${key}' is not an operator of the library`);
  if (/(?:^|\.)\d+(?:\.|$)/.test(key))
    throw new CannotMigrate(`'${key}' has a number in its path, which reaches an element of an array`);
  return operandEdits(written, prefix === '' ? key : `${prefix}.${key}`);
}

function operandEdits(written: Node, path: string): readonly Edit[] {
  if (Node.isConditionalExpression(written))
    return [written.getWhenTrue(), written.getWhenFalse()].flatMap((one) => operandEdits(bare(one), path));
  if (!Node.isObjectLiteralExpression(written)) return [];
  const entries = entriesOf(written);
  const keys = entries.map(({ key }) => key);
  if (keys.some((key) => key === undefined) && !/['"]?\$\w+/.test(written.getText()))
    throw new CannotMigrate(`'${path}' is compared with an object that is built here`);
  if (keys.some((key) => key !== undefined && !key.startsWith('$')))
    throw new CannotMigrate(`'${path}' is compared with a whole subdocument: compare its leaves`);
  if (keys.length === 0) throw new CannotMigrate(`'${path}' is compared with a whole subdocument: compare its leaves`);
  const inner = entries.flatMap(({ key, value }) => {
    const operand = bare(value);
    if (key !== '$elemMatch' || !Node.isObjectLiteralExpression(operand)) return [];
    return entriesOf(operand).flatMap((entry) =>
      entry.key?.startsWith('$') === true && !LOGICAL.has(entry.key) ? [] : opEdits(entry, path),
    );
  });
  return [insertAt(written, written.getStart(), 'op('), ...inner, insertAt(written, written.getEnd(), ')')];
}

/** `...(role === undefined ? {} : { role })`. */
function spreadEdits(node: Node, prefix: string): readonly Edit[] {
  if (Node.isConditionalExpression(node))
    return [node.getWhenTrue(), node.getWhenFalse()].flatMap((one) => spreadEdits(bare(one), prefix));
  if (Node.isBinaryExpression(node) && node.getOperatorToken().getText() === '&&')
    return spreadEdits(bare(node.getRight()), prefix);
  if (Node.isObjectLiteralExpression(node)) return entriesOf(node).flatMap((entry) => opEdits(entry, prefix));
  throw new CannotMigrate('the filter spreads a variable: name its paths here');
}

export function isFilterable({ key, value }: ObjectEntry, prefix: string, view: ViewFacts): boolean {
  const written = bare(value);
  if (key === undefined)
    return spreadObjects(written).every((object) =>
      entriesOf(object).every((entry) => isFilterable(entry, prefix, view)),
    );
  if (LOGICAL.has(key)) {
    return (
      !Node.isArrayLiteralExpression(written) ||
      written.getElements().every((element) => {
        const filter = bare(element);
        return (
          !Node.isObjectLiteralExpression(filter) ||
          entriesOf(filter).every((entry) => isFilterable(entry, prefix, view))
        );
      })
    );
  }
  const path = prefix === '' ? key : `${prefix}.${key}`;
  if (path === '_id' && view.returns['_id'] === undefined && Node.isObjectLiteralExpression(written))
    return entriesOf(written).every((entry) => EXACT.has(entry.key ?? ''));
  if (leafAt(view.filters, path) !== undefined) return true;
  const elements = Node.isObjectLiteralExpression(written)
    ? entriesOf(written).find((entry) => entry.key === '$elemMatch')?.value
    : undefined;
  const match = elements === undefined ? undefined : bare(elements);
  return Node.isObjectLiteralExpression(match) && entriesOf(match).every((entry) => isFilterable(entry, path, view));
}

function spreadObjects(node: Node): readonly ObjectLiteralExpression[] {
  if (Node.isConditionalExpression(node))
    return [node.getWhenTrue(), node.getWhenFalse()].flatMap((one) => spreadObjects(bare(one)));
  if (Node.isBinaryExpression(node)) return spreadObjects(bare(node.getRight()));
  return Node.isObjectLiteralExpression(node) ? [node] : [];
}
