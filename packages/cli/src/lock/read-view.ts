import { createHash } from 'node:crypto';

import { bare, Node } from '../project/index.ts';
import { constantAt, Unreadable } from './evaluate.ts';
import type { Reach, ViewLock } from './view-lock.ts';
import { entriesIn, type Part, type ViewSpec } from './view-spec.ts';

type Paths = ReadonlyMap<string, Reach>;

const READ = new Set([
  'name',
  'public',
  'writable',
  'filterable',
  'sortable',
  'joinable',
  'geo',
  'whole',
  'scope',
  'operators',
  'arrays',
]);
const LONGEST_TEXT = 120;

/** Reads what a view allows from its specification, with the library's defaults. */
export function readView({ parts, document }: ViewSpec, label: string): ViewLock {
  const published = pathsOf(parts.get('public'));
  const withId = [...published.keys()].some((path) => path === '_id' || path.startsWith('_id.'))
    ? published
    : new Map([...published, ['_id', 'value'] as const]);
  const amended = (part: string, defaults: Paths) => amend(parts.get(part), defaults, published);
  const filters = amended('filterable', withId);
  const opaque = opaqueOf(parts.get('public'));
  const ordered = new Map([...published].filter(([path]) => opaque[path] === undefined));
  const sorts = amended('sortable', ordered);
  const joins = amended('joinable', filters);
  const writes = amended('writable', new Map());
  const locates = pathsOf(parts.get('geo'));
  return {
    label: stringAt(parts.get('name')) ?? label,
    document,
    returns: sorted(published),
    filters: sorted(filters),
    sorts: sorted(sorts),
    joins: sorted(joins),
    locates: sorted(locates),
    writes: sorted(writes),
    wholes: sorted(pathsOf(parts.get('whole'))),
    ...scopeOf(parts.get('scope')),
    ...(Object.keys(opaque).length === 0 ? {} : { opaque }),
    operators: stringAt(parts.get('operators')) === 'plain' ? 'plain' : 'tagged',
    arrays: depthsOf(
      parts.get('arrays'),
      [published, filters, sorts, joins, locates, writes].flatMap((set) => [...set.keys()]),
    ),
    parts: Object.fromEntries(
      [...parts]
        .filter(([name]) => !READ.has(name))
        .map(([name, node]) => [name, textOf(node)])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ),
  };
}

function pathsOf(part: Part | undefined): Paths {
  if (part === undefined) return new Map();
  return new Map(
    [...entriesIn(part)].flatMap(([path, value]) => {
      const mark = markAt(value);
      return mark === 0 ? [] : [[path, mark === 1 ? 'value' : 'subtree'] as const];
    }),
  );
}

/** `1` adds a path and `0` removes one. A public subtree is a subtree in every set. */
function amend(part: Part | undefined, defaults: Paths, published: Paths): Paths {
  const paths = new Map(defaults);
  if (part === undefined) return paths;
  for (const [path, value] of entriesIn(part)) {
    const mark = markAt(value);
    if (mark === 0) paths.delete(path);
    else paths.set(path, mark === 'subtree' ? 'subtree' : (published.get(path) ?? 'value'));
  }
  return paths;
}

function markAt(node: Node): 0 | 1 | 'subtree' {
  // The symbol is recognised by its imported name; the library's own file is not read.
  if (isSubtree(bare(node))) return 'subtree';
  if (opaqueAt(node) !== undefined) return 1;
  const value = constantAt(node);
  const text = value.getText();
  if (text === '1' || text === '0') return text === '1' ? 1 : 0;
  if (isSubtree(value)) return 'subtree';
  throw new Unreadable('a path has a value other than 1, 0, subtree and opaqueId()', node);
}

function isSubtree(node: Node): boolean {
  if (Node.isPropertyAccessExpression(node)) return node.getName() === 'subtree';
  return Node.isIdentifier(node) && isImportedAs(node, 'subtree');
}

function isImportedAs(node: Node, name: string): boolean {
  return node
    .getSourceFile()
    .getImportDeclarations()
    .some((declaration) =>
      declaration
        .getNamedImports()
        .some((one) => one.getName() === name && (one.getAliasNode()?.getText() ?? name) === node.getText()),
    );
}

/** What the opaque ids of a view are made of, by their public paths. */
function opaqueOf(part: Part | undefined): Readonly<Record<string, string>> {
  const ids = part === undefined ? [] : [...entriesIn(part)].map(([path, value]) => [path, opaqueAt(value)] as const);
  const found = ids.flatMap(([path, id]) => (id === undefined ? [] : [[path, id] as const]));
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The stored path of an `opaqueId()`, and the view that it refers to by its name in the source. */
function opaqueAt(node: Node): string | undefined {
  const call = bare(node);
  if (!Node.isCallExpression(call)) return undefined;
  const callee = call.getExpression();
  const isOpaque = Node.isPropertyAccessExpression(callee)
    ? callee.getName() === 'opaqueId'
    : Node.isIdentifier(callee) && isImportedAs(callee, 'opaqueId');
  if (!isOpaque) return undefined;
  const [stored, view] = call.getArguments();
  const path = stored === undefined ? undefined : constantAt(stored);
  if (!Node.isStringLiteral(path) && !Node.isNoSubstitutionTemplateLiteral(path))
    throw new Unreadable('the path of an opaqueId() is not written out', call);
  return view === undefined ? path.getLiteralText() : `${path.getLiteralText()} of ${view.getText()}`;
}

function scopeOf(part: Part | undefined): Pick<ViewLock, 'scope'> {
  if (part === undefined) return {};
  const value = part instanceof Map ? undefined : constantAt(part as Node);
  if (Node.isStringLiteral(value)) {
    if (value.getLiteralText() === 'shared') return { scope: 'shared' };
    throw new Unreadable('its scope is neither paths nor shared', value);
  }
  return { scope: [...pathsOf(part).keys()].toSorted() };
}

function stringAt(part: Part | undefined): string | undefined {
  if (part === undefined) return undefined;
  const node = part as Node;
  const value = constantAt(node);
  if (Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)) return value.getLiteralText();
  throw new Unreadable('a name is not written out', node);
}

/** The depths at and above the paths that the view names. A view that extends another may have taken over more. */
function depthsOf(part: Part | undefined, named: readonly string[]): Readonly<Record<string, readonly number[]>> {
  if (part === undefined) return {};
  const isNamed = (path: string) => named.some((each) => each === path || each.startsWith(`${path}.`));
  const known = [...entriesIn(part)].filter(([path]) => isNamed(path));
  const depths = known.map(([path, value]) => {
    const written = constantAt(value);
    const elements = Node.isArrayLiteralExpression(written) ? written.getElements() : [written];
    return [path, elements.map((element) => numberAt(element))] as const;
  });
  return Object.fromEntries(depths.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function numberAt(node: Node): number {
  const value = constantAt(node);
  if (Node.isNumericLiteral(value)) return value.getLiteralValue();
  throw new Unreadable('a depth is not written out', node);
}

/** The source of a part that is not evaluated, without comments and spacing; a long one as a digest. */
function textOf(part: Part): string {
  const source =
    part instanceof Map
      ? `{ ${[...entriesIn(part)].map(([key, value]) => `${key}: ${resolved(value).getText()}`).join(', ')} }`
      : resolved(part as Node).getText();
  const text = source
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text.length <= LONGEST_TEXT ? text : `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

function resolved(node: Node): Node {
  try {
    return constantAt(node);
  } catch {
    return bare(node);
  }
}

function sorted(paths: Paths): Readonly<Record<string, Reach>> {
  return Object.fromEntries([...paths].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
