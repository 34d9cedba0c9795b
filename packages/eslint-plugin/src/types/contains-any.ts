import type ts from 'typescript';

import { isFileOf } from './package-of.ts';
import { isAny } from './type-information.ts';

/** The depth of the check, enough for a filter in a bulk model in an array. */
const DEPTH = 5;

/** Whether a type is `any`, or a plain object or an array with a part that is: `Record<string, any>`, `{ age: any }`, `any[]`. */
export function containsAny(checker: ts.TypeChecker, type: ts.Type, depth = DEPTH): boolean {
  if (isAny(checker, type)) return true;
  if (depth === 0) return false;
  const isBelow = (part: ts.Type): boolean => containsAny(checker, part, depth - 1);
  if (type.isUnionOrIntersection()) return type.types.some(isBelow);
  // Only objects have a symbol.
  if (type.getSymbol() === undefined || type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0)
    return false;
  if (isOfLibrary(type)) return false;
  if (checker.getIndexInfosOfType(type).some((info) => isBelow(info.type))) return true;
  return (
    !checker.isArrayType(type) &&
    !checker.isTupleType(type) &&
    !isInstalled(type) &&
    type.getProperties().some((property) => isBelow(checker.getTypeOfSymbol(property)))
  );
}

/** Whether a type belongs to the library, such as views, collections and marks. Its types need no check. */
function isOfLibrary(type: ts.Type): boolean {
  return filesOf(type).some((file) => isFileOf('safe-collection', file));
}

/** Whether a type comes from another package (ids, dates, sessions, schemas), so that it is not a document of the program. */
function isInstalled(type: ts.Type): boolean {
  return filesOf(type).some((file) => file.includes('/node_modules/'));
}

function filesOf(type: ts.Type): readonly string[] {
  return (type.getSymbol()?.declarations ?? []).map((declaration) => declaration.getSourceFile().fileName);
}
