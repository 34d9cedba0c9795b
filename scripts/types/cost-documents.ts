/** A document type written out as source, with the public paths of its view. */
export interface CostDocument {
  readonly declaration: string;
  readonly publicPaths: readonly string[];
}

/** A document of 300 fields in all, of depth 4: 3 branches on each of three levels, and the rest at their ends. */
export function wideDocument(): CostDocument {
  const leaves = Array.from({ length: 27 }, (_, index) => `b${Math.floor(index / 9)}.b${Math.floor(index / 3) % 3}.b${index % 3}`);
  const fields = 11;
  const body = (depth: number): string =>
    depth === 3
      ? Array.from({ length: fields }, (_, index) => `f${index}: string;`).join(' ')
      : [0, 1, 2].map((branch) => `b${branch}: { ${body(depth + 1)} };`).join(' ');
  const top = Array.from({ length: 3 }, (_, index) => `t${index}: number;`).join(' ');
  return {
    declaration: `interface Stored { ${top} ${body(0)} }`,
    publicPaths: ['t0', 't1', ...leaves.map((branch) => `${branch}.f0`)],
  };
}

/** A document of 15 keys on each of four levels, 3 … 14 of them branches: about 37,000 paths. */
export function deepDocument(): CostDocument {
  const body = (depth: number): string =>
    Array.from({ length: 15 }, (_, index) => (depth < 4 && index > 0 ? `k${index}: { ${body(depth + 1)} };` : `k${index}: string;`)).join(' ');
  return { declaration: `interface Stored { ${body(1)} }`, publicPaths: ['k0', 'k1.k0', 'k2.k3.k0', 'k14.k14.k14.k0'] };
}

/** A document that holds documents of its own type. */
export function recursiveDocument(): CostDocument {
  return {
    declaration: 'interface Stored { name: string; secret: string; parent?: Stored; children: Stored[] }',
    publicPaths: ['name', 'parent.name', 'children.children.name'],
  };
}
