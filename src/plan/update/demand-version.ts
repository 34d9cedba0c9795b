import { emit, type Emitted } from '../emit.ts';
import type { PlanContext } from '../plan-context.ts';

/** A filter with a version, and the same filter without it, to distinguish a conflict from no match. */
export interface VersionedFilter {
  readonly filter: Emitted;
  readonly unversioned: Emitted | undefined;
}

/** Adds `options.version` to a filter. Throws if the view has no version, or the call is an upsert. */
export function demandVersion(
  filter: Emitted,
  version: unknown,
  upsert: boolean,
  { policy, site }: PlanContext,
): VersionedFilter {
  if (version === undefined) return { filter, unversioned: undefined };
  const path = policy.conventions.version;
  if (path === undefined)
    return site.refuse(
      'option_value',
      "The view names no `version` path, so the option 'version' can't be used.",
      'version',
    );
  if (upsert)
    return site.refuse(
      'option_value',
      'An upsert takes no `version`: if the version differed, it would insert a second document.',
      'version',
    );
  if (!Number.isSafeInteger(version))
    return site.refuse('option_value', "The option 'version' must be an integer.", 'version');
  return { filter: emit('$and', [filter, emit(path, version)]), unversioned: filter };
}
