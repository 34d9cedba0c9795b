import { types } from 'node:util';

import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { append } from './append.ts';
import { bareObject, isBare } from './bare.ts';
import { copyScalar, NOT_A_SCALAR } from './copy-scalar.ts';
import { isMark } from './marks.ts';
import { isPlainObject, readArray, readKeys, readProperty } from './read.ts';

/** Plain data of a caller, copied: nothing that the caller does to its own objects afterwards reaches it. */
export type Inert = unknown;

/** A copied object: it inherits nothing, so a lookup never finds what nobody wrote. */
export interface InertObject {
  readonly [key: string]: Inert;
}

/** BSON itself ends at 100 levels on the server. */
const DEEPEST = 100;

/**
 * Copies a caller's input once into inert data. Scalars are cloned, marks (`op()`, `trusted()`) pass by identity, and
 * everything that is neither those nor a plain object or array is refused.
 */
export function snapshot(value: unknown, what: string, site: Site): Inert {
  return copy(value, what, site, 0);
}

/** Whether a copied value is an object with keys: neither a scalar, nor an array, nor a mark. */
export function isInertObject(value: Inert): value is InertObject {
  return typeof value === 'object' && value !== null && isBare(value);
}

function copy(value: unknown, what: string, site: Site, depth: number): Inert {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (depth > DEEPEST) return site.refuse('input', `${what} is nested deeper than ${DEEPEST} levels, or holds itself.`);
  if (isMark(value)) return value;
  if (Array.isArray(value)) return copyArray(value, what, site, depth);
  if (isPlainObject(value)) return copyObject(value, what, site, depth);
  const scalar = copyScalar(value);
  if (scalar !== NOT_A_SCALAR) return scalar;
  return site.refuse('input', `${what} holds ${describe(value)}, which is not plain data and not a BSON scalar.`);
}

function copyArray(value: readonly unknown[], what: string, site: Site, depth: number): readonly Inert[] {
  const array: Inert[] = [];
  for (const element of readArray(value, what, site)) append(array, copy(element, what, site, depth + 1));
  return Object.freeze(array);
}

function copyObject(value: object, what: string, site: Site, depth: number): InertObject {
  const object = bareObject() as Record<string, Inert>;
  for (const key of readKeys(value, what, site)) object[key] = copy(readProperty(value, key, what, site), what, site, depth + 1);
  return Object.freeze(object);
}

/** Tells what a value is and runs none of its code: neither a proxy's traps nor accessors. */
function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value} out of BSON's range`;
  if (types.isProxy(value)) return 'a proxy';
  const name = ownValue(ownValue(Object.getPrototypeOf(value), 'constructor'), 'name');
  return typeof name === 'string' ? `an instance of ${quote(name)}` : 'an object of no known class';
}

function ownValue(holder: unknown, key: string): unknown {
  if ((typeof holder !== 'object' && typeof holder !== 'function') || holder === null || types.isProxy(holder)) return undefined;
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
