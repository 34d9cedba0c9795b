import type { EntryNode, FilterNode, OperandNode, OperatorNode, ValueNode } from './filter-grammar.ts';

/** The filters that a view allows, as lists of paths. */
export interface FilterView {
  readonly leaves: ReadonlySet<string>;
  /** Paths that are compared exactly or not at all: an `_id` that is not public. */
  readonly exact: ReadonlySet<string>;
  readonly plainOperators: boolean;
}

const COMPARISONS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'];
const LISTS = ['$in', '$nin', '$all'];
const OTHERS = ['$exists', '$type', '$not', '$size', '$mod', '$regex', '$options', '$elemMatch'];
const NAMES: ReadonlySet<string> = new Set([...COMPARISONS, ...LISTS, ...OTHERS]);
const TYPES: ReadonlySet<unknown> = new Set([
  'double',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'int',
  'timestamp',
  'long',
  'decimal',
  'number',
  'minKey',
  'maxKey',
]);

/** Whether the grammar of filters has this one, for this view. */
export function isAllowed({ entries }: FilterNode, view: FilterView, prefix = ''): boolean {
  return entries.every((entry) => isEntryAllowed(entry, view, prefix));
}

function isEntryAllowed(entry: EntryNode, view: FilterView, prefix: string): boolean {
  if (entry.kind === 'top') return false;
  if (entry.kind === 'logic')
    return (
      entry.form === 'array' &&
      entry.branches.length > 0 &&
      entry.branches.every((branch) => isAllowed(branch, view, prefix))
    );
  return isValueAllowed(entry.value, view, `${prefix}${entry.path}`);
}

function isValueAllowed(value: ValueNode, view: FilterView, path: string): boolean {
  const isExact = view.exact.has(path);
  const isBranch = [...view.leaves].some((leaf) => leaf.startsWith(`${path}.`));
  if (!view.leaves.has(path) && !isExact && !isBranch) return false;
  if (value.kind === 'operators')
    return (value.tagged || view.plainOperators) && areOperatorsAllowed(value.operators, view, path);
  if (isBranch || value.kind === 'other') return false;
  return value.kind === 'scalar' || !isExact;
}

function areOperatorsAllowed(operators: readonly OperatorNode[], view: FilterView, path: string): boolean {
  const names = operators.map(({ name }) => name);
  if (operators.length === 0 || (names.includes('$options') && !names.includes('$regex'))) return false;
  if (view.exact.has(path) && !names.every((name) => name === '$eq' || name === '$in')) return false;
  if (!view.leaves.has(path) && !view.exact.has(path) && !names.every((name) => name === '$elemMatch')) return false;
  return operators.every((operator) => isOperandAllowed(operator, view, path));
}

function isOperandAllowed({ name, operand }: OperatorNode, view: FilterView, path: string): boolean {
  const scalar = operand.kind === 'scalar' ? operand.value : undefined;
  if (COMPARISONS.includes(name)) return operand.kind === 'scalar';
  if (LISTS.includes(name))
    return (
      operand.kind === 'list' &&
      operand.elements.every(({ kind }) => kind === 'scalar' || (kind === 'pattern' && !view.exact.has(path)))
    );
  switch (name) {
    case '$exists':
      return typeof scalar === 'boolean';
    case '$type':
      return operand.kind === 'list'
        ? operand.elements.length > 0 &&
            operand.elements.every((each) => each.kind === 'scalar' && TYPES.has(each.value))
        : TYPES.has(scalar);
    case '$not':
      return (
        operand.kind === 'pattern' ||
        (operand.kind === 'operators' && areOperatorsAllowed(operand.operators, view, path))
      );
    case '$size':
      return Number.isSafeInteger(scalar) && (scalar as number) >= 0;
    case '$mod':
      return operand.kind === 'list' && isModulo(operand.elements);
    case '$regex':
      return operand.kind === 'pattern' || typeof scalar === 'string';
    case '$options':
      return typeof scalar === 'string' && scalar.split('').every((letter) => 'imsx'.includes(letter));
    case '$elemMatch':
      return isElementAllowed(operand, view, path);
    default:
      return false;
  }
}

function isModulo(elements: readonly ValueNode[]): boolean {
  const [divisor, remainder] = elements.map((element) => (element.kind === 'scalar' ? element.value : undefined));
  return elements.length === 2 && Number.isSafeInteger(divisor) && Number.isSafeInteger(remainder) && divisor !== 0;
}

/** On scalars it has operators inside the same `op()`; on subdocuments it contains a filter. */
function isElementAllowed(operand: OperandNode, view: FilterView, path: string): boolean {
  if (operand.kind === 'operators' && !operand.tagged && operand.operators.length > 0) {
    return (
      operand.operators.every(({ name }) => NAMES.has(name)) &&
      view.leaves.has(path) &&
      areOperatorsAllowed(operand.operators, view, path)
    );
  }
  return operand.kind === 'filter' && operand.filter.entries.length > 0 && isAllowed(operand.filter, view, `${path}.`);
}
