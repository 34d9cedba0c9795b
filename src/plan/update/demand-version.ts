import { emit } from '../emit.ts';
import type { CallContext } from '../../errors/call-context.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { withCondition, type BoundFilter } from '../scope/bound.ts';

/** A filter with a version, and the same filter without it, to distinguish a conflict from no match. */
export interface VersionedFilter {
  readonly filter: BoundFilter;
  readonly unversioned: BoundFilter | undefined;
}

/** Adds `options.version` to a filter. Throws if the view has no version, or the call is an upsert. */
export function demandVersion(
  filter: BoundFilter,
  version: unknown,
  upsert: boolean,
  call: CallContext<ViewPolicy>,
): VersionedFilter {
  if (version === undefined) return { filter, unversioned: undefined };
  const path = call.policy.conventions.version;
  if (path === undefined)
    return call.refuse(
      'option_value',
      "The view names no `version` path, so the option 'version' can't be used.",
      'version',
    );
  if (upsert)
    return call.refuse(
      'option_value',
      'An upsert takes no `version`: if the version differed, it would insert a second document.',
      'version',
    );
  if (!Number.isSafeInteger(version))
    return call.refuse('option_value', "The option 'version' must be an integer.", 'version');
  return { filter: withCondition(filter, emit(path, version)), unversioned: filter };
}
