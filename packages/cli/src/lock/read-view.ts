import { createHash } from 'node:crypto';

import { bare, Node } from '../project/index.ts';
import { constantAt, propertiesOf, Unreadable } from './evaluate.ts';
import type { Reach, SetName, ViewLock } from './view-lock.ts';

type Paths = ReadonlyMap<string, Reach>;

const READ = new Set(['name', 'public', 'writable', 'filterable', 'sortable', 'joinable', 'operators', 'arrays']);
const LONGEST_TEXT = 120;

/** Reads what a view allows from its specification, with the library's defaults. */
export function readView(spec: Node, label: string, document: string): ViewLock {
  const parts = propertiesOf(spec);
  const published = pathsOf(parts.get('public'));
  const withId = [...published.keys()].some((path) => path === '_id' || path.startsWith('_id.'))
    ? published
    : new Map([...published, ['_id', 'value'] as const]);
  const amended = (part: string, defaults: Paths) => amend(parts.get(part), defaults, published);
  return {
    label: stringAt(parts.get('name')) ?? label,
    document,
    returns: sorted(published),
    filters: sorted(amended('filterable', withId)),
    sorts: sorted(amended('sortable', published)),
    joins: sorted(amended('joinable', withId)),
    writes: sorted(amended('writable', new Map())),
    operators: operatorsOf(parts.get('operators')),
    arrays: depthsOf(parts.get('arrays')),
    parts: Object.fromEntries(
      [...parts]
        .filter(([name]) => !READ.has(name))
        .map(([name, node]) => [name, textOf(node)])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ),
  };
}

/**
 * Reads what `base.extend(spec)` allows: what it says about a path replaces what the base says. Its source is a part too, so that every
 * change of it is shown.
 */
export function readExtension(spec: Node, name: string, base: ViewLock, label: string): ViewLock {
  const parts = propertiesOf(spec);
  const published = marksOf(parts.get('public'));
  const extended = (set: SetName, part: string) => {
    const paths = new Map<string, Reach>(Object.entries(base[set]));
    const named = set === 'writes' ? marksOf(parts.get(part)) : new Map([...published, ...marksOf(parts.get(part))]);
    for (const [path, mark] of named) {
      if (mark === 0) paths.delete(path);
      else paths.set(path, mark === 'subtree' ? 'subtree' : 'value');
    }
    return sorted(paths);
  };
  return {
    label: stringAt(parts.get('name')) ?? label,
    document: base.document,
    returns: extended('returns', 'public'),
    filters: extended('filters', 'filterable'),
    sorts: extended('sorts', 'sortable'),
    joins: extended('joins', 'joinable'),
    writes: extended('writes', 'writable'),
    operators: parts.has('operators') ? operatorsOf(parts.get('operators')) : base.operators,
    arrays: { ...base.arrays, ...depthsOf(parts.get('arrays')) },
    parts: { ...base.parts, extend: `${name}.extend(${textOf(spec)})` },
  };
}

function operatorsOf(node: Node | undefined): ViewLock['operators'] {
  return stringAt(node) === 'plain' ? 'plain' : 'tagged';
}

function marksOf(node: Node | undefined): ReadonlyMap<string, 0 | 1 | 'subtree'> {
  return new Map(node === undefined ? [] : [...propertiesOf(node)].map(([path, value]) => [path, markAt(value)]));
}

function pathsOf(node: Node | undefined): Paths {
  if (node === undefined) return new Map();
  return new Map(
    [...propertiesOf(node)].flatMap(([path, value]) => {
      const mark = markAt(value);
      return mark === 0 ? [] : [[path, mark === 1 ? 'value' : 'subtree'] as const];
    }),
  );
}

/** `1` adds a path and `0` removes one. A public subtree is a subtree in every set. */
function amend(node: Node | undefined, defaults: Paths, published: Paths): Paths {
  const paths = new Map(defaults);
  if (node === undefined) return paths;
  for (const [path, value] of propertiesOf(node)) {
    const mark = markAt(value);
    if (mark === 0) paths.delete(path);
    else paths.set(path, mark === 'subtree' ? 'subtree' : (published.get(path) ?? 'value'));
  }
  return paths;
}

function markAt(node: Node): 0 | 1 | 'subtree' {
  // The symbol is recognised by its imported name; the library's own file is not read.
  if (isSubtree(bare(node))) return 'subtree';
  const value = constantAt(node);
  const text = value.getText();
  if (text === '1' || text === '0') return text === '1' ? 1 : 0;
  if (isSubtree(value)) return 'subtree';
  throw new Unreadable('a path has a value other than 1, 0 and subtree', node);
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

function stringAt(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const value = constantAt(node);
  if (Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)) return value.getLiteralText();
  throw new Unreadable('a name is not written out', node);
}

function depthsOf(node: Node | undefined): Readonly<Record<string, readonly number[]>> {
  if (node === undefined) return {};
  const depths = [...propertiesOf(node)].map(([path, value]) => {
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
function textOf(node: Node): string {
  const value = resolved(node);
  const text = value
    .getText()
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
