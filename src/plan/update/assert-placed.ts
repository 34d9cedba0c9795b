import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { branchesOf, isWithin } from '../../view/path.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import { filterPaths } from '../filter/filter-paths.ts';
import type { UpdatePath } from './update-path.ts';

/** The filters of an update. */
export interface PlacingFilters {
  readonly whole: Emitted;
  /** The filter that has to name the array: the caller's for a caller's update, either one for the program's. */
  readonly naming: Emitted;
  /** The name of that filter in error messages. */
  readonly namedBy: string;
}

/**
 * The server takes the position of `$` from any array that the filter matched, so a private array could decide which public element
 * changes. So `$` is refused unless the filter names its array and no filter names another array. A path counts as an array
 * unless the view says that it holds none. Paths that the view does not know may use `$` freely, because they are never returned.
 */
export function assertPlaced(
  paths: readonly UpdatePath[],
  filters: PlacingFilters,
  policy: ViewPolicy,
  call: CallContext,
): void {
  const checked = new Set<string>();
  for (const { written, field, placedAt } of paths) {
    if (placedAt === undefined || checked.has(placedAt) || isProgramsAlone(field, policy)) continue;
    checked.add(placedAt);
    if (!filterPaths(filters.naming).some((path) => isWithin(path, placedAt))) {
      refuse(written, placedAt, `needs a condition on ${quote(placedAt)} in ${filters.namedBy}`, call);
    }
    const other = filterPaths(filters.whole).find((path) => mayPlace(path, placedAt, policy));
    if (other !== undefined)
      refuse(
        written,
        placedAt,
        `could come from the condition on ${quote(other)}, which may be another array, or be inside one, or be private`,
        call,
      );
  }
}

/** Whether the view does not know a field: it names neither the field nor a subtree above it. */
function isProgramsAlone(field: string, { stored, writable, public: seen }: ViewPolicy): boolean {
  return stored.at(field) === undefined && !writable.covers(field) && !seen.covers(field);
}

/** Whether a condition on this path may be matched by another array, or by a private field in this one. */
function mayPlace(path: string, array: string, { stored, public: seen, filterable, opaque }: ViewPolicy): boolean {
  if (path === '_id') return false;
  const name = opaque.nameOf(path);
  const isSeen = seen.covers(name) || filterable.covers(name) || stored.at(path)?.holds === 'documents';
  return (
    (isWithin(path, array) && !isSeen) ||
    [...branchesOf(path), path].some((prefix) => prefix !== array && !isNoArray(stored.at(prefix)?.depths))
  );
}

function isNoArray(depths: readonly number[] | undefined): boolean {
  return depths !== undefined && depths.every((depth) => depth === 0);
}

function refuse(written: string, array: string, fault: string, call: CallContext): never {
  return call.refuse(
    'write_path',
    `The position $ in ${quote(written)} ${fault}. Write ${quote(`${array}.$[id]`)}, and use arrayFilters to select the elements.`,
    written,
  );
}
