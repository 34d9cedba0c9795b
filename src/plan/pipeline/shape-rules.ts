import { pathFault } from '../../view/path.ts';
import type { FilterRules } from '../filter/filter-rules.ts';
import type { StageContext } from './stage.ts';
import { shapeAt } from './shape.ts';

/**
 * The rules for a `$match` below the view: the paths that are there at that point of the pipeline. A filter compares with
 * scalars alone, so what it names has to be there and is not computed with.
 */
export function shapeRules({
  shape,
  operators,
  notes,
}: Pick<StageContext, 'shape' | 'notes' | 'operators'>): FilterRules {
  return {
    operators,
    accessTo(path) {
      const at = pathFault(path) === undefined ? shapeAt(shape, path) : undefined;
      if (at === undefined || at.denied.has('filter')) return undefined;
      notes.keep(at);
      return at.kind === 'branch' ? 'branch' : 'any';
    },
    mayBeArray: () => false,
  };
}
