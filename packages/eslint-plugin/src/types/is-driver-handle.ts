import type ts from 'typescript';

import { isDeclaredIn } from './package-of.ts';
import { partsOf } from './type-information.ts';

/** What of the driver leads to whole documents, or to what does. */
export const HANDLES: ReadonlySet<string> = new Set(['MongoClient', 'Db', 'Collection']);

/** The driver's class that a value is, or may be, an instance of. */
export function driverHandle(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  for (const part of partsOf(checker, checker.getNonNullableType(type))) {
    const symbol = part.getSymbol();
    if (symbol !== undefined && HANDLES.has(symbol.name) && isDeclaredIn('mongodb', symbol.declarations))
      return symbol.name;
  }
  return undefined;
}
