import { SETS } from './view-lock.ts';
import type { SetName, ViewLock } from './view-lock.ts';

/** One difference between the lock file and the code. */
export interface Change {
  readonly kind: 'widening' | 'narrowing';
  /** The rest of a sentence that begins with "this change". */
  readonly says: string;
}

const ADJECTIVES: Readonly<Record<SetName, string>> = {
  returns: 'public',
  filters: 'filterable',
  sorts: 'sortable',
  joins: 'joinable',
  locates: 'filterable by location',
  writes: 'writable',
  wholes: 'writable as a whole array',
};
const MOST_NAMED = 8;

type Views = Readonly<Record<string, ViewLock>>;

/** All differences. A change that is not known to be harmless counts as a widening. */
export function compareLocks(locked: Views, found: Views): readonly Change[] {
  const names = [...new Set([...Object.keys(locked), ...Object.keys(found)])].toSorted();
  return names.flatMap((name) => {
    const before = Object.hasOwn(locked, name) ? locked[name] : undefined;
    const after = Object.hasOwn(found, name) ? found[name] : undefined;
    if (after === undefined) return [narrowing(`removes the view \`${before?.label ?? name}\` (${name})`)];
    return before === undefined ? [widening(added(name, after))] : compareViews(before, after);
  });
}

function added(name: string, view: ViewLock): string {
  const paths = Object.keys(view.returns);
  const more = paths.length - MOST_NAMED;
  return `adds the view \`${view.label}\` (${name}), which returns ${paths.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function compareViews(before: ViewLock, after: ViewLock): readonly Change[] {
  return [
    ...SETS.flatMap((set) => compareSets(set, before, after)),
    ...compareScopes(before, after),
    ...compareOpaque(before, after),
    ...compareOperators(before, after),
    ...compareArrays(before, after),
    ...compareDocuments(before, after),
    ...compareParts(before, after),
  ];
}

function compareSets(set: SetName, before: ViewLock, after: ViewLock): readonly Change[] {
  const adjective = ADJECTIVES[set];
  const paths = [...new Set([...Object.keys(before[set]), ...Object.keys(after[set])])].toSorted();
  return paths.flatMap((path) => {
    const was = reachIn(before, set, path);
    const is = reachIn(after, set, path);
    const name = `\`${after.label}.${path}\``;
    // What a subtree around a path gains or loses has its own line.
    const isBelow = [before, after].some(
      (view) => reachIn(view, set, path) === 'subtree' && !Object.hasOwn(view[set], path),
    );
    if (was === is || isBelow) return [];
    if (is === undefined) return [narrowing(`makes ${name} no longer ${adjective}`)];
    if (is === 'subtree') return [widening(`makes everything below ${name} ${adjective}`)];
    return was === undefined
      ? [widening(`makes ${name} ${adjective}`)]
      : [narrowing(`makes ${name} ${adjective} as one value, and no longer everything below it`)];
  });
}

/** What a set allows at a path: what it says about it, or what it says about a subtree around it. */
function reachIn(view: ViewLock, set: SetName, path: string) {
  if (Object.hasOwn(view[set], path)) return view[set][path];
  const isBelow = Object.entries(view[set]).some(
    ([above, reach]) => reach === 'subtree' && path.startsWith(`${above}.`),
  );
  return isBelow ? 'subtree' : undefined;
}

/** A scope binds: each path of it restricts the rows. */
function compareScopes(before: ViewLock, after: ViewLock): readonly Change[] {
  const name = `\`${after.label}\``;
  const was = pathsIn(before.scope);
  const is = pathsIn(after.scope);
  const isOpened = after.scope === 'shared' && before.scope !== 'shared';
  if (isOpened) return [widening(`shares the rows of ${name} with every scope`)];
  if (was.length > 0 && after.scope === undefined)
    return [widening(`removes the scope of ${name} (${was.join(', ')})`)];
  return [
    ...was
      .filter((path) => !is.includes(path))
      .map((path) => widening(`takes \`${path}\` out of the scope of ${name}`)),
    ...is.filter((path) => !was.includes(path)).map((path) => narrowing(`puts \`${path}\` into the scope of ${name}`)),
    ...(before.scope === 'shared' && after.scope === undefined
      ? [narrowing(`no longer shares the rows of ${name}`)]
      : []),
  ];
}

function pathsIn(scope: ViewLock['scope']): readonly string[] {
  return scope === undefined || scope === 'shared' ? [] : scope;
}

/** Compares the ids of paths that are public in both. Those of a new path are part of its own line. */
function compareOpaque(before: ViewLock, after: ViewLock): readonly Change[] {
  const paths = Object.keys(after.returns).filter((path) => Object.hasOwn(before.returns, path));
  return paths.flatMap((path) => {
    const was = before.opaque?.[path];
    const is = after.opaque?.[path];
    const name = `\`${after.label}.${path}\``;
    if (was === is) return [];
    if (is === undefined) return [widening(`shows ${name} as it is stored (it was an opaque id of ${was ?? ''})`)];
    return was === undefined
      ? [narrowing(`shows ${name} as an opaque id of ${is}`)]
      : [widening(`makes ${name} an opaque id of ${is} (it was one of ${was})`)];
  });
}

function compareOperators(before: ViewLock, after: ViewLock): readonly Change[] {
  if (before.operators === after.operators) return [];
  return after.operators === 'plain'
    ? [widening(`lets plain operators into the filters of \`${after.label}\``)]
    : [narrowing(`takes only tagged operators in the filters of \`${after.label}\``)];
}

/** Compares arrays. Those of a new path are part of its own line. */
function compareArrays(before: ViewLock, after: ViewLock): readonly Change[] {
  const paths = [...new Set([...Object.keys(before.arrays), ...Object.keys(after.arrays)])].toSorted();
  return paths.flatMap((path) => {
    if (!isNamed(before, path) || !isNamed(after, path)) return [];
    const was = before.arrays[path] ?? [0];
    const is = after.arrays[path] ?? [0];
    const name = `\`${after.label}.${path}\``;
    if (is.some((depth) => !was.includes(depth)))
      return [widening(`lets ${name} hold arrays of depth ${is.join(' or ')} (it was ${was.join(' or ')})`)];
    return was.length === is.length ? [] : [narrowing(`lets ${name} hold only arrays of depth ${is.join(' or ')}`)];
  });
}

function isNamed(view: ViewLock, path: string): boolean {
  return SETS.some((set) => Object.keys(view[set]).some((one) => one === path || one.startsWith(`${path}.`)));
}

function compareDocuments(before: ViewLock, after: ViewLock): readonly Change[] {
  return before.document === after.document
    ? []
    : [
        widening(
          `makes \`${after.label}\` a view of ${after.document || 'no named type'} (it was of ${before.document || 'no named type'})`,
        ),
      ];
}

/** Compares defaults and checks. A new one can only restrict; a removed or changed one may allow more. */
function compareParts(before: ViewLock, after: ViewLock): readonly Change[] {
  const names = [...new Set([...Object.keys(before.parts), ...Object.keys(after.parts)])].toSorted();
  return names.flatMap((name) => {
    const was = Object.hasOwn(before.parts, name) ? before.parts[name] : undefined;
    const is = Object.hasOwn(after.parts, name) ? after.parts[name] : undefined;
    if (was === is) return [];
    if (is === undefined) return [widening(`removes \`${name}\` from \`${after.label}\``)];
    return was === undefined && BINDING.has(name)
      ? [narrowing(`adds \`${name}\` to \`${after.label}\``)]
      : [widening(`changes \`${name}\` of \`${after.label}\``)];
  });
}

const BINDING = new Set(['validate', 'shardKey']);

function widening(says: string): Change {
  return { kind: 'widening', says };
}

function narrowing(says: string): Change {
  return { kind: 'narrowing', says };
}
