import type ts from 'typescript';

import { isDeclaredIn } from './package-of.ts';
import { partsOf } from './type-information.ts';

/** Whether a value may be an `Exposed`: its type has the brand. The results of privileged reads have it only as an optional key. */
export function isExposed(checker: ts.TypeChecker, type: ts.Type): boolean {
  return partsOf(checker, checker.getNonNullableType(type)).some((part) =>
    checker.getPropertiesOfType(part).some((property) => isBrand(checker, property)),
  );
}

function isBrand(checker: ts.TypeChecker, property: ts.Symbol): boolean {
  if (!String(property.escapedName).startsWith('__@exposed@')) return false;
  return (
    isDeclaredIn('safe-collection', property.declarations) &&
    checker.typeToString(checker.getTypeOfSymbol(property)) === 'true'
  );
}
