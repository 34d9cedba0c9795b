import { types } from 'node:util';

import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { append } from './append.ts';
import { isBare } from './bare.ts';

/** Captured once, because a program may replace them. */
const isEnumerableAt = Reflect.get(Object.prototype, 'propertyIsEnumerable');
const getterAt = Reflect.get(Object.prototype, '__lookupGetter__') as (key: number) => unknown;

/** The own enumerable keys of a caller's object with their values, read once. */
export type Entries = readonly (readonly [key: string, value: unknown])[];

/**
 * Reads a plain object once. Refuses everything that BSON would drop or execute, or that could change between two reads: proxies,
 * accessors, class instances, inherited, symbol and non-enumerable keys, `__proto__`, `undefined`, functions and symbols. On the raw
 * driver `deleteMany({ username: Symbol() })` empties a collection, because BSON drops the key. `allows` says which functions and
 * symbols are allowed as values; by default none.
 */
export function readObject(value: unknown, what: string, call: CallContext, allows = refusesCode): Entries {
  assertPlainObject(value, what, call);
  return readKeys(value, what, call).map((key) => [key, readProperty(value, key, what, call, allows)] as const);
}

/** The same for options: a value may be `undefined`, which means that the option is absent. */
export function readOptionEntries(value: unknown, what: string, call: CallContext, allows = refusesCode): Entries {
  assertPlainObject(value, what, call);
  return readKeys(value, what, call).map((key) => [key, readOption(value, key, what, call, allows)] as const);
}

/** Throws unless a value is a plain object. */
export function assertPlainObject(value: unknown, what: string, call: CallContext): asserts value is object {
  if (!isPlainObject(value)) refuse(call, `${what} is not a plain object`);
}

/** The keys of a plain object. `readProperty` reads their values. */
export function readKeys(value: object, what: string, call: CallContext): readonly string[] {
  if (Object.getOwnPropertySymbols(value).length > 0) return refuse(call, `${what} has a symbol key`);
  const keys = Object.getOwnPropertyNames(value);
  return keys.includes('__proto__') ? refuse(call, `${what} has a __proto__ key`) : keys;
}

/** Whether a caller's value is an array. A proxy does not count: `Array.isArray` looks behind it, and throws if it was revoked. */
export function isArray(value: unknown): value is readonly unknown[] {
  return !types.isProxy(value) && Array.isArray(value);
}

/** Reads an array once. It has to be a real array without holes and without other keys. */
export function readArray(value: unknown, what: string, call: CallContext): unknown[] {
  if (!isArray(value) || Object.getPrototypeOf(value) !== Array.prototype) {
    return refuse(call, `${what} is not a plain array`);
  }
  const { length } = value;
  if (Reflect.ownKeys(value).length !== length + 1) return refuse(call, `${what} has holes or extra keys`);
  const elements: unknown[] = [];
  for (let index = 0; index < length; index += 1) append(elements, readElement(value, index, what, call));
  return elements;
}

/**
 * An element of an array, like `readProperty`. For an index, V8 takes several times as long to make a descriptor as for these two checks.
 * Without a getter, reading an element runs no code.
 */
function readElement(array: readonly unknown[], index: number, what: string, call: CallContext): unknown {
  if (!isEnumerableAt.call(array, index) || getterAt.call(array, index) !== undefined)
    return readProperty(array, index, what, call);
  const value: unknown = array[index];
  return value === undefined || !refusesCode(value) ? readProperty(array, index, what, call) : value;
}

/** Whether a value is an object that JSON or an object literal could have made. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isBare(value);
}

/** Whether a value is a function or a symbol. */
function refusesCode(value: unknown): boolean {
  return typeof value !== 'function' && typeof value !== 'symbol';
}

/** The value of an own enumerable data property. Accessors are not called. */
export function readProperty(
  holder: object,
  key: string | number,
  what: string,
  call: CallContext,
  allows = refusesCode,
): unknown {
  const value = readOption(holder, key, what, call, allows);
  return value === undefined ? refuseAt(key, call, `${what} has undefined at`, '; leave the key out') : value;
}

/** The value of an option: also an own enumerable data property, but it may be `undefined`, which means absent. */
export function readOption(
  holder: object,
  key: string | number,
  what: string,
  call: CallContext,
  allows = refusesCode,
): unknown {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  if (property === undefined || !Object.hasOwn(property, 'value'))
    return refuseAt(key, call, `${what} has an accessor at`);
  if (!property.enumerable) return refuseAt(key, call, `${what} has a key that is not enumerable:`);
  const value: unknown = property.value;
  return allows(value) ? value : refuseAt(key, call, `${what} has a ${typeof value} at`);
}

function refuseAt(key: string | number, call: CallContext, fault: string, advice = ''): never {
  const path = String(key);
  return refuse(call, `${fault} ${quote(path)}${advice}`, path);
}

function refuse(call: CallContext, fault: string, path?: string): never {
  return call.refuse('input_invalid', `${fault}. Pass plain data: BSON drops or executes anything else.`, path);
}
