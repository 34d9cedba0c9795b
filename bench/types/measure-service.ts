import { resolve } from 'node:path';

import { DRIVER, LIBRARY, type Dialect } from '../../scripts/types/service/dialects.ts';
import { type SERVICE, serviceSource } from '../../scripts/types/service/source.ts';
import { type Needed, runCompiler } from './run-compiler.ts';

/** What a compiler needs for a whole service. */
export interface ServiceCost extends Needed {
  readonly library: string;
  readonly compiler: string;
}

const BENCH = resolve(import.meta.dirname, '..');

/** The declarations of the built package, as for users. */
const BUILT = { paths: { 'safe-collection': ['../.package/index.d.ts'] } };

const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ['safe-collection', LIBRARY],
  ["the driver's own types", DRIVER],
]);

/** Compiles the same service written for the built package and for the driver, and takes the shortest of some runs. */
export function measureService(size: typeof SERVICE, repeats: number): readonly ServiceCost[] {
  return (['TypeScript 6', 'TypeScript 7'] as const).flatMap((compiler) =>
    [...DIALECTS].map(([library, dialect]) => {
      const source = serviceSource(dialect, size);
      const runs = Array.from({ length: repeats }, () => runCompiler(compiler, BENCH, source, BUILT));
      const [shortest] = runs.toSorted((one, other) => one.total - other.total);
      return { library, compiler, ...(shortest as Needed) };
    }),
  );
}
