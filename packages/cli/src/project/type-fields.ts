import { ts } from './syntax.ts';
import type { Node, Type, TypeSymbol } from './syntax.ts';

/** A path of an interface with its kind in a view. */
export interface TypeField {
  readonly path: string;
  /**
   * `leaf`: scalars. `branch`: documents. `open`: no fixed leaves. `carrier`: a DBRef or Code. `mixed`: leaves and documents. `many`: a
   * document with many keys that hold the same, as a record by a long union of names.
   */
  readonly kind: 'leaf' | 'branch' | 'open' | 'carrier' | 'mixed' | 'recursive' | 'many';
  /** The depths of arrays at this path, ascending: `[0]` for no array, `[0, 1]` for a value or an array. */
  readonly depths: readonly number[];
  /** The BSON types of the scalars, as far as the type shows them. */
  readonly types: readonly string[];
  /** Whether a type says that it may be missing, or null. */
  readonly isOptional?: boolean;
  readonly isNullable?: boolean;
  /** Whether its name is a member of an enum, as in `Record<Status, number>`: the library's types do not know it by its text. */
  readonly isEnumKey?: boolean;
}

const DEEPEST_ARRAY = 4;
const DEEPEST = 8;
const MOST_FIELDS = 2000;
const MOST_ALIKE = 40;
const CARRIERS = new Set(['DBRef', 'Code']);
const BYTES = new Set(['Uint8Array', 'Buffer']);
const BSON_NAMES: Readonly<Record<string, string>> = {
  ObjectId: 'objectId',
  Long: 'long',
  Int32: 'int',
  Double: 'double',
  Decimal128: 'decimal',
  Binary: 'binData',
  Timestamp: 'timestamp',
};

/** The fields of a document type; a branch comes before the fields below it. */
export function fieldsOfType(document: Type, at: Node): readonly TypeField[] {
  const fields: TypeField[] = [];
  walk([document], '', at, [document], fields);
  return fields;
}

function walk(branches: readonly Type[], path: string, at: Node, above: readonly Type[], fields: TypeField[]): void {
  const names = new Set(branches.flatMap((branch) => branch.getProperties().map((property) => property.getName())));
  for (const name of names) {
    if (fields.length >= MOST_FIELDS || !isNameable(name)) continue;
    const types = branches.flatMap((branch) => branch.getProperty(name)?.getTypeAtLocation(at) ?? []);
    const inner = path === '' ? name : `${path}.${name}`;
    const isOptional = branches.some((branch) => branch.getProperty(name)?.isOptional() !== false);
    const isEnumKey = branches.some((branch) => isNamedByEnum(branch.getProperty(name)));
    const { documents, ...described } = describe(inner, types);
    const field: TypeField = { ...described.field, isOptional, isNullable: types.some(isOrMayBeNull), isEnumKey };
    const isRecursive = documents.some((document) => above.includes(document)) || above.length >= DEEPEST;
    const isMany = !isRecursive && field.kind === 'branch' && documents.some((document) => isRecord(document, at));
    fields.push(isRecursive ? { ...field, kind: 'recursive' } : isMany ? { ...field, kind: 'many' } : field);
    if (field.kind === 'branch' && !isRecursive && !isMany)
      walk(documents, inner, at, [...above, ...branches, ...documents], fields);
  }
}

/** Whether a document has many keys that all hold the same type. */
function isRecord(document: Type, at: Node): boolean {
  const properties = document.getProperties();
  if (properties.length <= MOST_ALIKE) return false;
  return new Set(properties.map((property) => property.getTypeAtLocation(at).compilerType)).size === 1;
}

/** The compiler keeps the type of a mapped property's name, and has no public way to ask for it. */
function isNamedByEnum(property: TypeSymbol | undefined): boolean {
  const symbol = property?.compilerSymbol as { readonly links?: { readonly nameType?: ts.Type } } | undefined;
  const flags = symbol?.links?.nameType?.flags ?? 0;
  return (flags & ts.TypeFlags.EnumLiteral) !== 0;
}

function isOrMayBeNull(type: Type): boolean {
  return type.isNull() || type.getUnionTypes().some((member) => member.isNull());
}

function isNameable(name: string): boolean {
  return !name.startsWith('__@') && !name.includes('.') && !name.startsWith('$') && !/^\d+$/.test(name);
}

function describe(
  path: string,
  types: readonly Type[],
): { readonly field: TypeField; readonly documents: readonly Type[] } {
  const parts = types.flatMap((type) => partsOf(type, 0));
  const kinds = new Set(parts.map(({ type }) => kindOf(type)));
  const documents = parts.filter(({ type }) => kindOf(type) === 'branch').map(({ type }) => type);
  const depths = [...new Set(parts.map(({ depth }) => depth))].toSorted((a, b) => a - b);
  const scalars = [...new Set(parts.flatMap(({ type }) => scalarName(type) ?? []))];
  return {
    field: { path, kind: kindOfAll(kinds), depths: depths.length === 0 ? [0] : depths, types: scalars },
    documents,
  };
}

function kindOfAll(kinds: ReadonlySet<TypeField['kind']>): TypeField['kind'] {
  if (kinds.has('open')) return 'open';
  if (kinds.has('carrier')) return 'carrier';
  if (kinds.has('branch')) return kinds.has('leaf') ? 'mixed' : 'branch';
  return 'leaf';
}

interface Part {
  readonly type: Type;
  readonly depth: number;
}

/** The members of a union with arrays unpacked, without `null` and `undefined`. */
function partsOf(type: Type, depth: number): readonly Part[] {
  if (type.isNull() || type.isUndefined() || type.isNever()) return [];
  if (type.isUnion() && !type.isBoolean() && !type.isEnum())
    return type.getUnionTypes().flatMap((member) => partsOf(member, depth));
  if (depth < DEEPEST_ARRAY && type.isTuple())
    return type.getTupleElements().flatMap((element) => partsOf(element, depth + 1));
  const element = depth < DEEPEST_ARRAY ? type.getArrayElementType() : undefined;
  return element === undefined ? [{ type, depth }] : partsOf(element, depth + 1);
}

function kindOf(type: Type): TypeField['kind'] {
  if (type.isAny() || type.isUnknown()) return 'open';
  const mark = bsonMark(type);
  if (mark !== undefined) return CARRIERS.has(mark) ? 'carrier' : 'leaf';
  if (!type.isObject() && !type.isIntersection()) return 'leaf';
  const name = type.getSymbol()?.getName() ?? '';
  if (name === 'Date' || name === 'RegExp' || BYTES.has(name)) return 'leaf';
  if (type.isIntersection() && type.getIntersectionTypes().some((member) => member.isString() || member.isNumber()))
    return 'leaf';
  return type.getStringIndexType() !== undefined || type.getProperties().length === 0 ? 'open' : 'branch';
}

function bsonMark(type: Type): string | undefined {
  const [declaration] = type.getProperty('_bsontype')?.getDeclarations() ?? [];
  const mark = declaration?.getType().getLiteralValue();
  return typeof mark === 'string' ? mark : undefined;
}

function scalarName(type: Type): string | undefined {
  const mark = bsonMark(type);
  if (mark !== undefined) return BSON_NAMES[mark] ?? mark;
  if (type.isString() || type.isStringLiteral() || type.isEnum() || type.isEnumLiteral()) return 'string';
  if (type.isNumber() || type.isNumberLiteral()) return 'double';
  if (type.isBoolean() || type.isBooleanLiteral()) return 'bool';
  const name = type.getSymbol()?.getName();
  if (name === 'Date') return 'date';
  return name !== undefined && BYTES.has(name) ? 'binData' : undefined;
}
