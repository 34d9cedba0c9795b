import type { Site } from '../../errors/site.ts';
import type { Inert } from '../../inert/snapshot.ts';
import { parseSort, type Sort } from '../parse-sort.ts';
import { shapeAt, type Shape } from './shape.ts';

/** Parses a sort against the shape of the documents at that point. */
export function parseSortBy(sort: Inert, shape: Shape, site: Site): Sort {
  return parseSort(sort, { at: (path) => shapeAt(shape, path), covers: (path) => isSortable(shapeAt(shape, path)) }, site);
}

function isSortable(shape: Shape | undefined): boolean {
  return shape !== undefined && shape.kind !== 'branch' && !shape.denied.has('sort');
}
