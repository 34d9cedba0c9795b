import { numberFault } from '../../view/number-keys.ts';
import { pathFault } from '../../view/path.ts';
import { isIdPublic, type OperatorStyle, type ViewPolicy } from '../../view/policy.ts';
import type { Openable } from './open-id.ts';
import type { IdFields } from './whole-id.ts';
import { perPolicy } from '../per-policy.ts';

/**
 * What a filter may do at a path: compare with any operator, match exactly (an `_id` that is not public), only be
 * walked through (`$elemMatch` on a branch), be walked through and tested for presence (a branch with a public leaf), or nothing.
 */
export type FilterAccess = 'any' | 'exact' | 'branch' | 'shown branch' | undefined;

/** An opaque id in a filter. */
export interface FilteredId extends Openable {
  /** The last segment of the path that is sent. */
  readonly storedKey: string;
}

/** Which paths a filter may use, and whether its operators have to be tagged. */
export interface FilterRules {
  readonly operators: OperatorStyle;
  readonly idFields: IdFields;
  accessTo(path: string): FilterAccess;
  /** Whether an array may be stored at a leaf, so that a whole one may be compared with it. */
  mayBeArray(path: string): boolean;
  /** Whether a path holds a location, so that geo operators are allowed. Without this, they are allowed nowhere. */
  readonly isLocation?: (path: string) => boolean;
  /** The opaque id at a path, which is compared by its sealed text. Absent if the view has no opaque ids. */
  readonly opaqueAt?: (path: string) => FilteredId | undefined;
  /** Whether `$text` is allowed. Without this, it is not. */
  readonly mayText?: boolean;
}

/** The rules for a caller's filter: the view's filterable paths. */
export const callerRules = perPolicy(rulesOf);

function rulesOf(policy: ViewPolicy): FilterRules {
  const { filterable, geo, search, operators, stored, public: shown, opaque } = policy;
  const idAccess = isIdPublic(policy) ? 'any' : 'exact';
  return Object.freeze({
    operators,
    idFields: idFieldsOf(policy),
    accessTo(path: string): FilterAccess {
      const node = filterable.at(path);
      if (node === undefined)
        return filterable.isBelowSubtree(path) && pathFault(path) === undefined ? 'any' : undefined;
      if (node.kind === 'branch') return shown.at(path)?.kind === 'branch' ? 'shown branch' : 'branch';
      return path === '_id' ? idAccess : 'any';
    },
    mayBeArray: (path: string) => stored.at(opaque.storedAt(path))?.depths?.some((depth) => depth > 0) ?? true,
    ...opaqueRule(policy),
    isLocation: (path: string) => geo.includes(path),
    mayText: search.length > 0,
  });
}

/** A caller may compare a whole `_id` if all of its fields that the view names are filterable, and the view does not say that it is a scalar. */
function idFieldsOf({ filterable, stored }: ViewPolicy): IdFields {
  const node = filterable.at('_id');
  if (node === undefined || stored.at('_id')?.holds === 'scalars') return undefined;
  return node.kind === 'branch' ? node : 'any';
}

/** The look-up of opaque ids, for a view that has some. */
function opaqueRule({ opaque }: ViewPolicy): Pick<FilterRules, 'opaqueAt'> {
  return opaque.isEmpty ? {} : { opaqueAt: (path) => opaque.at(path) };
}

/** The rules for the program's own filter: any well-formed path, operators always tagged. */
export const trustedRules = perPolicy((policy) => {
  const { stored } = policy;
  const isPath = (path: string): boolean => (pathFault(path) ?? numberFault(path, stored)) === undefined;
  return Object.freeze<FilterRules>({
    operators: 'tagged',
    idFields: 'any',
    accessTo: (path) => (isPath(path) ? 'any' : undefined),
    mayBeArray: () => true,
    ...opaqueRule(policy),
    isLocation: isPath,
  });
});
