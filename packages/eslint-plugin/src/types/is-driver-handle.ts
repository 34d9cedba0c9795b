import type ts from 'typescript';

import { isDeclaredIn } from './package-of.ts';
import { partsOf } from './type-information.ts';

/** The classes of the driver that give access to whole documents. */
export const HANDLES: ReadonlySet<string> = new Set(['MongoClient', 'Db', 'Collection']);

/** The driver's class of a value, or of a member of its union type. */
export function driverHandle(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  for (const part of partsOf(checker, checker.getNonNullableType(type))) {
    const symbol = part.getSymbol();
    if (symbol !== undefined && HANDLES.has(symbol.name) && isDeclaredIn('mongodb', symbol.declarations))
      return symbol.name;
  }
  return undefined;
}
