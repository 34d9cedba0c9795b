import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { branchesOf, isWithin } from '../../view/path.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import { filterPaths } from '../filter/filter-paths.ts';
import type { UpdatePath } from './update-path.ts';

/** The filters that an update is sent with. */
export interface PlacingFilters {
  readonly whole: Emitted;
  /** The part that has to name the array: the caller's for a caller's update, any for the program's. */
  readonly naming: Emitted;
  /** What the sentence calls that part. */
  readonly namedBy: string;
}

/**
 * The server puts a positional `$` where any array of the filter matched. So it is refused unless the filter names its array
 * and nobody filters another one, as a private array would say which public element changes. A path that the view does not
 * know to hold no array counts as one. What only the program knows of may be placed by anything: nothing of it shows.
 */
export function assertPlaced(
  paths: readonly UpdatePath[],
  filters: PlacingFilters,
  policy: ViewPolicy,
  site: Site,
): void {
  const checked = new Set<string>();
  for (const { written, field, placedAt } of paths) {
    if (placedAt === undefined || checked.has(placedAt) || isProgramsAlone(field, policy)) continue;
    checked.add(placedAt);
    if (!filterPaths(filters.naming).some((path) => isWithin(path, placedAt))) {
      refuse(written, placedAt, `needs a condition on ${quote(placedAt)} in ${filters.namedBy}`, site);
    }
    const other = filterPaths(filters.whole).find((path) => mayPlace(path, placedAt, policy));
    if (other !== undefined)
      refuse(
        written,
        placedAt,
        `could come from the condition on ${quote(other)}, which may be another array, or be inside one, or be private`,
        site,
      );
  }
}

/** Whether the view knows nothing of a field: it names neither the field nor a subtree above it. */
function isProgramsAlone(field: string, { stored, writable, public: seen }: ViewPolicy): boolean {
  return stored.at(field) === undefined && !writable.covers(field) && !seen.covers(field);
}

/** Whether a condition by this path may be met in another array, or by something private in this one. */
function mayPlace(path: string, array: string, { stored, public: seen, filterable }: ViewPolicy): boolean {
  if (path === '_id') return false;
  const isSeen = seen.covers(path) || filterable.covers(path) || stored.at(path)?.holds === 'documents';
  return (
    (isWithin(path, array) && !isSeen) ||
    [...branchesOf(path), path].some((prefix) => prefix !== array && !isNoArray(stored.at(prefix)?.depths))
  );
}

function isNoArray(depths: readonly number[] | undefined): boolean {
  return depths !== undefined && depths.every((depth) => depth === 0);
}

function refuse(written: string, array: string, fault: string, site: Site): never {
  return site.refuse(
    'write_path',
    `The position $ in ${quote(written)} ${fault}. Write ${quote(`${array}.$[id]`)}, and use arrayFilters to select the elements.`,
    written,
  );
}
