import { isWithin } from './path.ts';
import { scopePathsOf, type ViewPolicy } from './policy.ts';

/** The paths that reads through a view need: those that they return, and those that they compare, sort or join by. */
export function readablePaths(policy: ViewPolicy): readonly string[] {
  const { public: shown, filterable, sortable, joinable, geo, search, opaque } = policy;
  const named = [
    ...[shown, filterable, sortable, joinable].flatMap(({ leafPaths }) =>
      leafPaths.map((path) => opaque.storedAt(path)),
    ),
    ...scopePathsOf(policy),
    ...search,
  ];
  const located = geo.flatMap((path) => placeOf(path, named));
  const all = [...new Set([...named, ...located])];
  // A projection takes no path below another one.
  return all.filter((path) => !all.some((other) => other !== path && isWithin(path, other))).toSorted();
}

/** A location as a whole; if the view names fields of it, only the fields of GeoJSON, because it may have private ones. */
function placeOf(path: string, named: readonly string[]): readonly string[] {
  const isTaken = named.some((other) => isWithin(other, path));
  return isTaken ? [`${path}.type`, `${path}.coordinates`] : [path];
}
