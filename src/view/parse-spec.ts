import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { TYPED_PARTS, type PathPart, type ViewPart } from '../grammar/view-parts.ts';
import { readObject } from '../input/read.ts';
import { assertAgreement } from './assert-agreement.ts';
import { assertArraysKnown, parseArrays } from './parse-arrays.ts';
import type { WriteConventions } from './conventions.ts';
import { parseConventions } from './parse-conventions.ts';
import { assertScopeIsFixed, parseScope } from './parse-scope.ts';
import { assertKeyIsScalar, parseShardKey } from './parse-shard-key.ts';
import type { OpaquePaths } from './opaque-paths.ts';
import type { Leaves } from './by-stored-path.ts';
import { assertOpaqueAgrees, opaqueMarksIn, ownTagOf, parseOpaque, type OpaqueMarks } from './parse-opaque.ts';
import { parseSearch } from './parse-search.ts';
import { parseWhole } from './parse-whole.ts';
import { numberFault } from './number-keys.ts';
import { pathFault } from './path.ts';
import { PathCollision, PathTree } from './path-tree.ts';
import { scopePathsOf, type OperatorStyle, type ViewPolicy } from './policy.ts';
import { ProjectionCache } from './projection-cache.ts';
import { storedArrays, storedLeaves } from './by-stored-path.ts';
import { StoredTree } from './stored-tree.ts';
import { opaqueIdIn } from '../values/opaque-id.ts';
import { subtree } from '../values/subtree.ts';
import type { SpecCopy } from './copy-spec.ts';
import { SPEC_VALUES } from './spec-values.ts';

type Amendments = readonly (readonly [path: string, mark: 0 | 1 | 'subtree'])[];

const TYPED: ReadonlySet<string> = new Set(TYPED_PARTS);

/** What a view takes over from the one that it extends. */
export interface Inherited {
  /** Its arrays: the new view need not name their paths. */
  readonly arrays: ReadonlySet<string>;
  /** The tag of its ids, so that both views have the same ids. */
  readonly idTag: number | undefined;
}

const NONE: Inherited = Object.freeze({ arrays: new Set<string>(), idTag: undefined });

/** Parses a view's specification into its policy. Throws a `ViewError` if it is malformed, empty or contradictory. */
export function parseSpec(spec: SpecCopy, call: CallContext, inherited: Inherited = NONE): ViewPolicy {
  const parts = parseParts(spec, call);
  const ownTag = ownTagOf(parts.name, inherited.idTag);
  const opaque = parseOpaque(parts.opaque, { ownTag, call });
  const arrays = storedArrays(parts.arrays, opaque, call);
  const named = leavesOf(parts);
  assertOpaqueAgrees(
    opaque,
    { public: named.public.keys(), writable: named.writable.keys(), sortable: named.sortable.keys() },
    otherPaths(parts),
    call,
  );
  const scoped: Leaves = new Map(scopePathsOf(parts).map((path) => [path, 'leaf'] as const));
  const key: Leaves = new Map(parts.shardKey.map((path) => [path, 'leaf'] as const));
  const stored = StoredTree.of(
    [
      ...Object.entries(named).map(([part, leaves]) => ({
        leaves: storedLeaves(leaves, opaque),
        isTyped: TYPED.has(part),
      })),
      { leaves: scoped, isTyped: true },
      { leaves: key, isTyped: !parts.shardKey.includes('_id') },
    ],
    arrays,
  );
  assertNumbersAreKeys(named, stored, call);
  const setOf = (part: PathPart): PathTree => plant(part, named[part], { stored, opaque }, call);
  const sets = {
    public: setOf('public'),
    writable: setOf('writable'),
    filterable: setOf('filterable'),
    sortable: setOf('sortable'),
    joinable: setOf('joinable'),
  } satisfies Record<PathPart, PathTree>;
  assertArraysKnown(
    [...arrays.keys()].filter((path) => !inherited.arrays.has(opaque.nameOf(path))),
    stored,
    call,
  );
  const whole = parseWhole(parts.whole, sets, stored, call);
  const conventions = parseConventions(parts, sets.writable, call);
  const scope = plant('scope', scoped, { stored, opaque }, call);
  const shardKey = plant('shardKey', key, { stored, opaque }, call);
  assertAgreement(new Map([...Object.entries(sets), ['scope', scope], ['shardKey', shardKey]]), conventions, call);
  assertKeyIsScalar(shardKey, stored, call);
  assertScopeIsFixed(scope, { writable: sets.writable, stored, conventions }, call);
  assertVersionShown(conventions, sets, call);
  return Object.freeze({
    name: parts.name,
    ...sets,
    stored,
    whole,
    geo: parts.geo,
    scope: parts.scope,
    shardKey: parts.shardKey,
    search: parseSearch(parts.search, sets.filterable, call),
    operators: parts.operators,
    conventions,
    opaque,
    idTag: opaque.hidesId ? ownTag : undefined,
    projections: new ProjectionCache(),
  });
}

/** Each part of a specification, parsed by itself. */
function parseParts(spec: SpecCopy, call: CallContext) {
  const at = (part: ViewPart): unknown => spec.get(part);
  const amendmentsAt = (part: PathPart): Amendments => parseAmendments(part, at(part), call);
  return {
    name: parseName(at('name'), call),
    ...parsePublic(at('public'), call),
    writable: amendmentsAt('writable'),
    filterable: amendmentsAt('filterable'),
    sortable: amendmentsAt('sortable'),
    joinable: amendmentsAt('joinable'),
    geo: parseGeoPaths(at('geo'), call),
    search: at('search'),
    arrays: parseArrays(at('arrays'), call),
    whole: at('whole'),
    scope: parseScope(at('scope'), call),
    shardKey: parseShardKey(at('shardKey'), call),
    operators: parseOperators(at('operators'), call),
    timestamps: at('timestamps'),
    version: at('version'),
    defaults: at('defaults'),
    validate: at('validate'),
  } satisfies Record<ViewPart | 'opaque', unknown>;
}

function keysOf(part: unknown): readonly string[] {
  return typeof part === 'object' && part !== null ? Object.keys(part) : [];
}

/** The paths that the parts without a set of their own name. */
function otherPaths({ geo, whole, scope, shardKey, defaults, timestamps, version }: ReturnType<typeof parseParts>) {
  const written = typeof timestamps === 'object' && timestamps !== null ? Object.values(timestamps) : [];
  return new Map<string, readonly string[]>([
    ['geo', geo],
    ['whole', keysOf(whole)],
    ['scope', scopePathsOf({ scope })],
    ['shardKey', shardKey],
    ['defaults', keysOf(defaults)],
    ['timestamps', written.filter((path) => typeof path === 'string')],
    ['version', typeof version === 'string' ? [version] : []],
  ]);
}

/** The leaves of each set: its defaults, with what the view adds and without what it removes. */
function leavesOf(parts: ReturnType<typeof parseParts>) {
  const leaves = parts.public;
  const withId = namesId(leaves) ? leaves : new Map(leaves).set('_id', 'leaf');
  const filterable = amend(parts.filterable, withId, leaves);
  // The order of ids is that of their creation, which an opaque id hides.
  const ordered = new Map([...leaves].filter(([path]) => !parts.opaque.has(path)));
  return {
    public: leaves,
    writable: amend(parts.writable, new Map(), leaves),
    filterable,
    sortable: amend(parts.sortable, ordered, leaves),
    joinable: amend(parts.joinable, filterable, leaves),
  } satisfies Record<PathPart, Leaves>;
}

/** Refuses a path with a number after an array. */
function assertNumbersAreKeys(named: Readonly<Record<PathPart, Leaves>>, stored: StoredTree, call: CallContext): void {
  for (const [part, leaves] of Object.entries(named)) {
    for (const path of leaves.keys()) {
      const fault = numberFault(path, stored);
      if (fault !== undefined) call.refuse('view_path', `In \`${part}\`, ${fault}.`, path);
    }
  }
}

/** `options.version` compares with the stored version, so a caller could find out a private one. */
function assertVersionShown(
  { version }: WriteConventions,
  { public: shown, filterable }: Pick<ViewPolicy, 'public' | 'filterable'>,
  call: CallContext,
): void {
  if (version === undefined || shown.covers(version) || filterable.covers(version)) return;
  call.refuse(
    'view_path',
    `\`version\` names ${quote(version)}, which is neither public nor filterable, but a caller compares with it: add it to \`public\` or to \`filterable\`.`,
    version,
  );
}

function namesId(leaves: Leaves): boolean {
  return [...leaves.keys()].some((path) => path === '_id' || path.startsWith('_id.'));
}

/** The public leaves, and which of them are opaque ids. */
function parsePublic(paths: unknown, call: CallContext): { readonly public: Leaves; readonly opaque: OpaqueMarks } {
  if (paths === undefined)
    return call.refuse('view_empty', 'A view needs `public`: the paths that may be returned.', 'public');
  const leaves: Leaves = new Map();
  const entries = readObject(paths, '`public`', call, SPEC_VALUES.public);
  for (const [path, mark] of entries) {
    checkPath('public', path, call);
    if (mark !== 1 && mark !== subtree && opaqueIdIn(mark) === undefined)
      call.refuse(
        'view_value',
        `In \`public\`, ${quote(path)} takes 1, \`subtree\` if the type has no fixed leaves, or opaqueId().`,
        path,
      );
    leaves.set(path, mark === subtree ? 'subtree' : 'leaf');
  }
  if (leaves.size === 0) call.refuse('view_empty', 'A view needs at least one public path.', 'public');
  return { public: leaves, opaque: opaqueMarksIn(entries) };
}

/** The paths that a set adds or removes. */
function parseAmendments(part: PathPart, paths: unknown, call: CallContext): Amendments {
  if (paths === undefined) return [];
  return readObject(paths, `\`${part}\``, call, SPEC_VALUES[part]).map(([path, mark]) => {
    checkPath(part, path, call);
    if (mark === 0 || mark === 1) return [path, mark];
    if (mark === subtree && part === 'writable') return [path, 'subtree'];
    return call.refuse('view_value', `In \`${part}\`, ${quote(path)} takes 1 to add the path or 0 to remove it.`, path);
  });
}

/** A public subtree is a subtree in every set; a writable path may also be marked as one. */
function amend(amendments: Amendments, defaults: Leaves, publicLeaves: Leaves): Leaves {
  const leaves = new Map(defaults);
  for (const [path, mark] of amendments) {
    if (mark === 0) leaves.delete(path);
    else leaves.set(path, mark === 'subtree' ? mark : (publicLeaves.get(path) ?? 'leaf'));
  }
  return leaves;
}

/** The paths that hold locations. A filter may ask where they are, also if they are private. */
function parseGeoPaths(paths: unknown, call: CallContext): readonly string[] {
  if (paths === undefined) return Object.freeze([]);
  const located = readObject(paths, '`geo`', call).map(([path, mark]) => {
    checkPath('geo', path, call);
    if (/(?:^|\.)\d+(?:\.|$)/.test(path))
      call.refuse(
        'view_path',
        `In \`geo\`, ${quote(path)} has a numeric segment: name the field, not an element.`,
        path,
      );
    if (mark === 1) return path;
    return call.refuse('view_value', `In \`geo\`, ${quote(path)} takes 1.`, path);
  });
  return Object.freeze(located);
}

function plant(
  part: string,
  leaves: Leaves,
  { stored, opaque }: { readonly stored: StoredTree; readonly opaque: OpaquePaths },
  call: CallContext,
): PathTree {
  const tree = PathTree.of(
    leaves,
    (path) => stored.at(opaque.storedAt(path))?.depths,
    (path) => opaque.at(path),
  );
  if (!(tree instanceof PathCollision)) return tree;
  return call.refuse(
    'view_contradiction',
    `In \`${part}\`, ${quote(tree.path)} and ${quote(tree.other)} overlap: one contains the other.`,
    tree.path,
  );
}

function checkPath(part: string, path: string, call: CallContext): void {
  const fault = pathFault(path);
  if (fault !== undefined) call.refuse('view_path', `In \`${part}\`, ${fault}.`, path);
}

function parseName(name: unknown, call: CallContext): string | undefined {
  if (name === undefined || (typeof name === 'string' && name !== '')) return name;
  return call.refuse('view_value', '`name` must be a non-empty string.', 'name');
}

function parseOperators(style: unknown, call: CallContext): OperatorStyle {
  if (style === undefined) return 'tagged';
  if (style === 'tagged' || style === 'plain') return style;
  return call.refuse('view_value', "`operators` must be 'tagged' or 'plain'.", 'operators');
}
