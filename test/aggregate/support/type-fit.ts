import ts from 'typescript';

/** Compares values with types of a program. A problem names the path, what the type says and what the value is, and no more. */
export class TypeFit {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  problems(value: unknown, type: ts.Type, path = ''): readonly string[] {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
    if (type.isUnion()) return this.#inUnion(value, type.types, path);
    const text = this.#checker.typeToString(type);
    const wrong = [`${path || 'the document'} is ${kindOf(value)}, and its type is ${text}`];
    if (type.flags & ts.TypeFlags.Null) return value === null ? [] : wrong;
    if (type.isStringLiteral() || type.isNumberLiteral()) return value === type.value ? [] : wrong;
    if (type.flags & ts.TypeFlags.BooleanLiteral) return String(value) === text ? [] : wrong;
    if (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike))
      return typeof value === text || (typeof value === 'string' && type.flags & ts.TypeFlags.StringLike) ? [] : wrong;
    if (this.#checker.isArrayType(type)) return this.#inArray(value, type, path, wrong);
    const name = type.getSymbol()?.getName() ?? '';
    if (CLASSES.has(name)) return kindOf(value) === name ? [] : wrong;
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return wrong;
    return kindOf(value) === 'Object' ? this.#inDocument(value as object, type, path) : wrong;
  }

  #inUnion(value: unknown, types: readonly ts.Type[], path: string): readonly string[] {
    const found = types.map((each) => this.problems(value, each, path));
    return found.some((each) => each.length === 0) ? [] : found.flat();
  }

  #inArray(value: unknown, type: ts.Type, path: string, wrong: readonly string[]): readonly string[] {
    const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
    if (!Array.isArray(value) || element === undefined) return wrong;
    return value.flatMap((each) => this.problems(each, element, `${path}[]`));
  }

  #inDocument(value: object, type: ts.Type, path: string): readonly string[] {
    const map = this.#checker.getIndexInfosOfType(type)[0]?.type;
    const fields = new Map(
      this.#checker
        .getPropertiesOfType(type)
        .filter((field) => !field.getName().startsWith('__@'))
        .map((field) => [field.getName(), field]),
    );
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const missing = [...fields.values()]
      .filter((field) => !(field.flags & ts.SymbolFlags.Optional) && !Object.hasOwn(value, field.getName()))
      .map((field) => `${at(field.getName())} is missing, and its type says that it is there`);
    const there = Object.entries(value).flatMap(([key, below]) => {
      const field = fields.get(key);
      const of = field === undefined ? map : this.#checker.getTypeOfSymbol(field);
      return of === undefined
        ? [`${at(key)} is there, and its type does not know it`]
        : this.problems(below, of, at(key));
    });
    return [...missing, ...there];
  }
}

/** Types that are told by the class of their values. */
const CLASSES: ReadonlySet<string> = new Set(['Date', 'ObjectId', 'Decimal128', 'Long', 'Int32', 'Double', 'Binary']);

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? (value.constructor?.name ?? 'Object') : typeof value;
}
