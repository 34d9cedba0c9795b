import type { InputCopy } from '../../input/copy-input.ts';
import { parseSort, type Sort } from '../filter/parse-sort.ts';
import type { Scope } from './scope.ts';
import { shapeAt, type Shape } from './shape.ts';

/** Parses a sort against the shape of the documents at that point. The order depends on the values, so the paths count as read. */
export function parseSortBy(sort: InputCopy, { shape, call, notes }: Pick<Scope, 'shape' | 'call' | 'notes'>): Sort {
  const parsed = parseSort(
    sort,
    { at: (path) => branchAt(shape, path), covers: (path) => isSortable(shapeAt(shape, path)) },
    call,
  );
  for (const path of parsed.keys()) {
    const field = shapeAt(shape, path);
    if (field !== undefined) notes.read(field);
  }
  return parsed;
}

function isSortable(shape: Shape | undefined): boolean {
  return shape !== undefined && shape.kind !== 'branch' && !shape.denied.has('sort');
}

function branchAt(shape: Shape, path: string): Shape | undefined {
  const at = shapeAt(shape, path);
  return at?.kind === 'branch' ? at : undefined;
}
