import type { FieldStatistics } from '../database/field-statistics.ts';
import { fieldsOfType } from '../project/index.ts';
import type { Node, Type, TypeField } from '../project/index.ts';

/** A field of a document with the fields below it, from sampled documents or from the names in code. */
export interface FieldTree {
  readonly types: readonly string[];
  readonly depths: readonly number[];
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  readonly children: Map<string, FieldTree>;
}

/** Makes a tree of sampled fields. A path whose keys are data is a map. */
export function treeOfSample(fields: readonly FieldStatistics[], documents: number): Map<string, FieldTree> {
  const roots = new Map<string, FieldTree>();
  for (const { path, types, depths, documents: having } of fields) {
    const kinds = [...types.keys()];
    plant(roots, path, {
      types: kinds.filter((type) => !['null', 'undefined', 'array', 'object'].includes(type)),
      depths: [...depths].toSorted((a, b) => a - b),
      isOptional: having < documents,
      isNullable: kinds.includes('null'),
      children: new Map(),
    });
  }
  return roots;
}

/** Makes a tree of a type that can't be imported. */
export function treeOfType(type: Type, at: Node): Map<string, FieldTree> {
  const roots = new Map<string, FieldTree>();
  for (const field of fieldsOfType(type, at))
    plant(roots, field.path, {
      types: field.types,
      depths: field.depths,
      isOptional: field.isOptional === true,
      isNullable: field.isNullable === true,
      children: new Map(),
    });
  return roots;
}

/** The names that code uses, without types: each is of an unknown type. */
export function treeOfNames(paths: readonly string[]): Map<string, FieldTree> {
  const roots = new Map<string, FieldTree>();
  for (const path of [...paths].toSorted())
    plant(roots, path, { types: [], depths: [0], isOptional: true, isNullable: false, children: new Map() });
  return roots;
}

function plant(roots: Map<string, FieldTree>, path: string, tree: FieldTree): void {
  const segments = path.split('.');
  const last = segments.pop() ?? '';
  let level = roots;
  for (const segment of segments) {
    const next = level.get(segment) ?? {
      types: [],
      depths: [0],
      isOptional: true,
      isNullable: false,
      children: new Map<string, FieldTree>(),
    };
    level.set(segment, next);
    level = next.children;
  }
  const known = level.get(last);
  level.set(last, known === undefined ? tree : { ...tree, children: known.children });
}

/** The same in the form of interface fields, so that both are planned in the same way. */
export function typeFieldsOf(roots: ReadonlyMap<string, FieldTree>, prefix = ''): readonly TypeField[] {
  return [...roots].flatMap(([name, tree]): readonly TypeField[] => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const field = { path, kind: kindOf(tree), depths: tree.depths.length === 0 ? [0] : tree.depths, types: tree.types };
    return field.kind === 'branch' ? [field, ...typeFieldsOf(tree.children, path)] : [field];
  });
}

/** A field name that can be part of a path: no operator and no number. */
const NAMEABLE = /^(?!\$)(?!\d+$)[^.]+$/;

export function kindOf({ types, children }: FieldTree): TypeField['kind'] {
  if (types.some((type) => type === 'dbPointer' || type === 'javascript')) return 'carrier';
  if (children.has('*') || [...children.keys()].some((key) => !NAMEABLE.test(key))) return 'open';
  if (children.size > 0) return types.length > 0 ? 'mixed' : 'branch';
  return types.length === 0 ? 'open' : 'leaf';
}
