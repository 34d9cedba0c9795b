import { kindOf } from './fields-of-facts.ts';
import type { FieldTree } from './fields-of-facts.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'boolean',
  int: 'number',
  double: 'number',
  long: 'number',
  date: 'Date',
  objectId: 'ObjectId',
  binData: 'Binary',
  decimal: 'Decimal128',
  regex: 'RegExp',
  timestamp: 'Timestamp',
  minKey: 'MinKey',
  maxKey: 'MaxKey',
  symbol: 'string',
};

/** The types that the driver exports. */
export const DRIVER_TYPES = ['Binary', 'Decimal128', 'MaxKey', 'MinKey', 'ObjectId', 'Timestamp'];

/** Writes an interface for documents that have none. */
export function writeInterface(name: string, roots: ReadonlyMap<string, FieldTree>): string {
  return `export interface ${name} ${objectType(roots, '')}`;
}

function objectType(fields: ReadonlyMap<string, FieldTree>, indent: string): string {
  const inner = `${indent}  `;
  const lines = [...fields].map(
    ([name, tree]) => `${inner}${keyOf(name)}${tree.isOptional ? '?' : ''}: ${typeOf(tree, inner)};`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function typeOf(tree: FieldTree, indent: string): string {
  const members = [...membersOf(tree, indent), ...(tree.isNullable ? ['null'] : [])];
  return members.length === 0 ? 'unknown' : [...new Set(members)].join(' | ');
}

function membersOf(tree: FieldTree, indent: string): readonly string[] {
  const kind = kindOf(tree);
  if (kind === 'open')
    return tree.children.size > 0
      ? wrap('Record<string, unknown>', tree.depths)
      : [tree.isNullable ? 'null' : 'unknown'];
  if (kind === 'carrier') return ['unknown'];
  const scalars = tree.types.map((type) => TYPES[type] ?? 'unknown');
  const branch = tree.children.size > 0 ? [objectType(tree.children, indent)] : [];
  return wrap([...new Set([...scalars, ...branch])].join(' | '), tree.depths);
}

function wrap(type: string, depths: readonly number[]): readonly string[] {
  const element = type.includes(' | ') ? `(${type})` : type;
  return (depths.length === 0 ? [0] : depths).map((depth) => (depth === 0 ? type : element + '[]'.repeat(depth)));
}

export function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
