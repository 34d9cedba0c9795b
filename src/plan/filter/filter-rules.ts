import { pathFault } from '../../view/path.ts';
import { isIdPublic, type OperatorStyle, type ViewPolicy } from '../../view/policy.ts';
import { perPolicy } from '../per-policy.ts';

/**
 * What a filter may do at a path: compare with any operator, match exactly (a non-public `_id`), only go through it
 * (`$elemMatch` on a branch), or nothing.
 */
export type FilterAccess = 'any' | 'exact' | 'branch' | undefined;

/** Which paths a filter may use, and whether its operators have to be tagged. */
export interface FilterRules {
  readonly operators: OperatorStyle;
  accessTo(path: string): FilterAccess;
}

/** The rules for a caller's filter: the view's filterable paths. */
export const callerRules = perPolicy(rulesOf);

function rulesOf(policy: ViewPolicy): FilterRules {
  const { filterable, operators } = policy;
  const idAccess = isIdPublic(policy) ? 'any' : 'exact';
  return Object.freeze({
    operators,
    accessTo(path: string): FilterAccess {
      const node = filterable.at(path);
      if (node === undefined)
        return filterable.isBelowSubtree(path) && pathFault(path) === undefined ? 'any' : undefined;
      if (node.kind === 'branch') return 'branch';
      return path === '_id' ? idAccess : 'any';
    },
  });
}

/** The rules for the program's own filter: any well-formed path, operators always tagged. */
export const TRUSTED_RULES: FilterRules = Object.freeze({
  operators: 'tagged',
  accessTo: (path: string): FilterAccess => (pathFault(path) === undefined ? 'any' : undefined),
});
