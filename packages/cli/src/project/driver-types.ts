import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { Type, TypeSymbol } from './syntax.ts';

const DRIVER_FILE = /\/node_modules\/(?:@types\/)?mongodb\//;
const DEEPEST = 4;

/** The classes of the driver that are used to find calls. */
export type DriverClass = 'Collection' | 'Db' | 'MongoClient' | 'FindCursor' | 'AggregationCursor';

/**
 * Whether a type is one of the driver's classes, or extends it. A union counts if one of its members does, so that
 * `Collection | undefined` is a collection.
 */
export function isDriverType(type: Type, name: DriverClass, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (type.isUnion()) return type.getUnionTypes().some((member) => isDriverType(member, name, depth + 1));
  if (type.isIntersection()) return type.getIntersectionTypes().some((member) => isDriverType(member, name, depth + 1));
  if (isDeclaredByDriver(type.getSymbol(), name)) return true;
  if (type.isTypeParameter()) {
    const constraint = type.getConstraint();
    return constraint !== undefined && isDriverType(constraint, name, depth + 1);
  }
  return type.isClassOrInterface() && type.getBaseTypes().some((base) => isDriverType(base, name, depth + 1));
}

function isDeclaredByDriver(symbol: TypeSymbol | undefined, name: DriverClass): boolean {
  return (
    symbol?.getName() === name &&
    symbol.getDeclarations().some((node) => DRIVER_FILE.test(node.getSourceFile().getFilePath()))
  );
}

/**
 * The driver's declarations for a project that has not installed the driver: those of this package. Empty if the project has
 * the driver.
 */
export function borrowedDriverTypes(root: string): Readonly<Record<string, string[]>> {
  if (
    findUpwards(root, 'node_modules/mongodb/package.json') ||
    findUpwards(root, 'node_modules/@types/mongodb/package.json')
  )
    return {};
  const here = createRequire(import.meta.url).resolve('mongodb/package.json');
  return { mongodb: [join(dirname(here), 'mongodb.d.ts')] };
}

function findUpwards(from: string, path: string): boolean {
  if (existsSync(join(from, path))) return true;
  const parent = dirname(from);
  return parent !== from && findUpwards(parent, path);
}
