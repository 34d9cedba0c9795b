/** The source of a document type, with the public paths of its view. */
export interface CostDocument {
  readonly declaration: string;
  readonly publicPaths: readonly string[];
  /** The array paths above these, each with depth 1. */
  readonly arrays?: readonly string[];
}

/** A document with a list of its leaves and their types. */
export interface NestedDocument extends CostDocument {
  readonly leaves: readonly { readonly path: string; readonly type: string }[];
}

/** Numbers `t0` … at the top, and three levels of branches with strings `f0` … at their ends. */
export interface Nesting {
  readonly top: number;
  readonly branches: readonly [first: number, second: number, third: number];
  readonly fields: number;
}

/** A document of depth 4. Two numbers and the first string of each innermost branch are public. */
export function nestedDocument({ top, branches, fields }: Nesting): NestedDocument {
  const [first, second, third] = branches;
  const ends = numbered('b', first).flatMap((a) =>
    numbered('b', second).flatMap((b) => numbered('b', third).map((c) => `${a}.${b}.${c}`)),
  );
  const body = (depth: number): string =>
    depth === 3
      ? numbered('f', fields)
          .map((name) => `${name}: string;`)
          .join(' ')
      : numbered('b', branches[depth] ?? 0)
          .map((name) => `${name}: { ${body(depth + 1)} };`)
          .join(' ');
  return {
    declaration: `interface Stored { ${numbered('t', top)
      .map((name) => `${name}: number;`)
      .join(' ')} ${body(0)} }`,
    publicPaths: ['t0', 't1', ...ends.map((end) => `${end}.f0`)],
    leaves: [
      ...numbered('t', top).map((path) => ({ path, type: 'number' })),
      ...ends.flatMap((end) => numbered('f', fields).map((name) => ({ path: `${end}.${name}`, type: 'string' }))),
    ],
  };
}

/** `b0`, `b1` and so on. */
function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index}`);
}

/** A document of 300 fields in all: 27 innermost branches of 11 each, and 3 at the top. */
export function wideDocument(): NestedDocument {
  return nestedDocument({ top: 3, branches: [3, 3, 3], fields: 11 });
}

/** A document of 15 keys on each of four levels, 3 … 14 of them branches: about 37,000 paths. */
export function deepDocument(): CostDocument {
  const body = (depth: number): string =>
    Array.from({ length: 15 }, (_, index) =>
      depth < 4 && index > 0 ? `k${index}: { ${body(depth + 1)} };` : `k${index}: string;`,
    ).join(' ');
  return { declaration: `interface Stored { ${body(1)} }`, publicPaths: ['k0', 'k1.k0', 'k2.k3.k0', 'k14.k14.k14.k0'] };
}

/** A document that contains documents of its own type. */
export function recursiveDocument(): CostDocument {
  return {
    declaration: 'interface Stored { name: string; secret: string; parent?: Stored; children: Stored[] }',
    publicPaths: ['name', 'parent.name', 'children.children.name'],
    arrays: ['children', 'children.children'],
  };
}
