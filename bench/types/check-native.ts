import type { CheckCost } from '../../scripts/types/count-instantiations.ts';
import { runCompiler } from './run-compiler.ts';

/** Checks one module with TypeScript 7, which has no API. */
export function checkNative(folder: string, source: string): CheckCost {
  const { instantiations, check } = runCompiler('TypeScript 7', folder, source);
  return { instantiations, milliseconds: check * 1_000 };
}
