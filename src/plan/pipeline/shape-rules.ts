import { pathFault } from '../../view/path.ts';
import type { OperatorStyle } from '../../view/policy.ts';
import type { FilterRules } from '../filter-rules.ts';
import { shapeAt, type Shape } from './shape.ts';

/** The rules for a `$match` below the view: the paths that are there at that point of the pipeline. */
export function shapeRules(shape: Shape, operators: OperatorStyle): FilterRules {
  return {
    operators,
    mayMatchAll: true,
    accessTo(path) {
      const at = pathFault(path) === undefined ? shapeAt(shape, path) : undefined;
      if (at === undefined || at.denied.has('filter')) return undefined;
      return at.kind === 'branch' ? 'branch' : 'any';
    },
  };
}
