import { createRequire } from 'node:module';

import { deepDocument, recursiveDocument, type NestedDocument } from '../../scripts/types/cost-documents.ts';
import { type CheckCost, checkerOf, type Compiler } from '../../scripts/types/count-instantiations.ts';
import { checkNative } from './check-native.ts';
import { DOCUMENTS } from './documents.ts';
import { LIBRARIES, type Library } from './libraries.ts';

type Check = (folder: string, source: string) => CheckCost;

/** The cost of one library's calls for one compiler. */
export interface TypeCost {
  readonly library: string;
  readonly compiler: string;
  readonly fields: number;
  /** Instantiations of a second call. */
  readonly further: number;
  /** Instantiations of 50 calls after the first. */
  readonly fifty: number;
  /** Milliseconds of one of these 50 calls. */
  readonly milliseconds: number;
}

/** The cost of a call on a document that is difficult for types. */
export interface HardCost {
  readonly document: string;
  readonly compiler: string;
  readonly first: number;
  readonly further: number;
}

const MANY = 50;

const require = createRequire(import.meta.url);

/** The oldest and the newest compiler that are supported. */
const COMPILERS: ReadonlyMap<string, Check> = new Map([
  ['TypeScript 5.9', checkerOf(require('typescript-5.9') as Compiler)],
  ['TypeScript 7', checkNative],
]);

/** Measures each library with each compiler on documents of each size. */
export function measureTypes(sizes: readonly number[], repeats: number): readonly TypeCost[] {
  return [...COMPILERS].flatMap(([compiler, check]) =>
    sizes.flatMap((fields) => LIBRARIES.map((library) => costOf(library, fields, compiler, check, repeats))),
  );
}

function costOf(library: Library, fields: number, compiler: string, check: Check, repeats: number): TypeCost {
  const document = DOCUMENTS.get(fields) as NestedDocument;
  const cost = (calls: number): CheckCost => check(library.folder, library.sourceOf(document, calls));
  const [one, two, many] = [cost(1), cost(2), cost(1 + MANY)];
  const again = (calls: number): readonly number[] =>
    Array.from({ length: repeats - 1 }, () => cost(calls).milliseconds);
  // Other work on the machine can only make a check slower.
  const least = Math.min(many.milliseconds, ...again(1 + MANY)) - Math.min(one.milliseconds, ...again(1));
  return {
    library: library.name,
    compiler,
    fields,
    further: two.instantiations - one.instantiations,
    fifty: many.instantiations - one.instantiations,
    milliseconds: least / MANY,
  };
}

/** Measures the library on a document of 37,000 paths, and on one that contains documents of its own type. */
export function measureHardTypes(): readonly HardCost[] {
  const [safe] = LIBRARIES as readonly [Library, ...Library[]];
  const documents = new Map([
    ['37,000 paths', deepDocument()],
    ['recursive', recursiveDocument()],
  ]);
  return [...COMPILERS].flatMap(([compiler, check]) =>
    [...documents].map(([document, shape]) => {
      const count = (calls: number): number =>
        check(safe.folder, safe.sourceOf({ ...shape, leaves: [] }, calls)).instantiations;
      const [none, one, two] = [count(0), count(1), count(2)];
      return { document, compiler, first: one - none, further: two - one };
    }),
  );
}
