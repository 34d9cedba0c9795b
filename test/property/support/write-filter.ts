import { op } from 'safe-collection';

import type { FilterNode, OperandNode, ValueNode } from './filter-grammar.ts';

/** Writes a filter out as it is passed to the library; `tag` makes operators the program's own. */
export function writeFilter({ entries }: FilterNode, tag: (operators: object) => unknown): Record<string, unknown> {
  const filter: Record<string, unknown> = {};
  for (const entry of entries) {
    const key = entry.kind === 'path' ? entry.path : entry.name;
    const value =
      entry.kind === 'path'
        ? writeValue(entry.value, tag)
        : entry.kind === 'top'
          ? entry.value
          : writeBranches(entry, tag);
    // As JSON.parse does: `__proto__` is a key like any other.
    Object.defineProperty(filter, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return filter;
}

function writeBranches(
  { branches, form }: { branches: readonly FilterNode[]; form: string },
  tag: (operators: object) => unknown,
): unknown {
  const written = branches.map((branch) => writeFilter(branch, tag));
  if (form === 'array') return written;
  return form === 'object' ? (written[0] ?? {}) : Object.assign({}, written, { length: written.length });
}

function writeValue(value: ValueNode, tag: (operators: object) => unknown): unknown {
  if (value.kind === 'other') return value.make();
  if (value.kind !== 'operators') return value.value;
  const operators = Object.fromEntries(value.operators.map(({ name, operand }) => [name, writeOperand(operand, tag)]));
  return value.tagged ? tag(operators) : operators;
}

function writeOperand(operand: OperandNode, tag: (operators: object) => unknown): unknown {
  if (operand.kind === 'list') return operand.elements.map((element) => writeValue(element, tag));
  return operand.kind === 'filter' ? writeFilter(operand.filter, tag) : writeValue(operand, tag);
}

/** The filter for the library. Throws if `op()` already refuses it. */
export function safeFilter(filter: FilterNode): object {
  return writeFilter(filter, (operators) => op(operators as never));
}

/** The same filter in the driver's own language, where nothing is tagged. */
export function rawFilter(filter: FilterNode): object {
  return writeFilter(filter, (operators) => operators);
}
