import { types } from 'node:util';

import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { append } from './append.ts';
import { isBare } from './bare.ts';

/** Captured once, because a program may replace them. */
const isEnumerableAt = Reflect.get(Object.prototype, 'propertyIsEnumerable');
const getterAt = Reflect.get(Object.prototype, '__lookupGetter__') as (key: string | number) => unknown;

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
  const keys = Object.keys(value);
  if (Object.getOwnPropertyNames(value).length !== keys.length) return refuseHidden(value, what, call);
  return keys.includes('__proto__') ? refuse(call, `${what} has a __proto__ key`) : keys;
}

function refuseHidden(value: object, what: string, call: CallContext): never {
  const key = Object.getOwnPropertyNames(value).find((name) => !isEnumerableAt.call(value, name)) ?? '';
  return refuseAt(key, call, `${what} has a key that is not enumerable:`);
}

/** Whether a caller's value is an array. A proxy does not count: `Array.isArray` looks behind it, and throws if it was revoked. */
export function isArray(value: unknown): value is readonly unknown[] {
  return !types.isProxy(value) && Array.isArray(value);
}

/** Reads an array once. It has to be a real array without holes and without other keys. */
export function readArray(value: unknown, what: string, call: CallContext): unknown[] {
  if (!isArray(value)) return refuse(call, `${what} is not a plain array`);
  assertPlainArray(value, what, call);
  const elements: unknown[] = [];
  for (let index = 0, { length } = value; index < length; index += 1)
    append(elements, readProperty(value, index, what, call));
  return elements;
}

/** Throws unless an array is a real one with all its elements enumerable, without holes and without other keys, hidden ones included. */
export function assertPlainArray(array: readonly unknown[], what: string, call: CallContext): void {
  const { length } = array;
  if (Object.getPrototypeOf(array) !== Array.prototype) refuse(call, `${what} is not a plain array`);
  if (Reflect.ownKeys(array).length !== length + 1 || Object.keys(array).length !== length)
    refuse(call, `${what} has holes or extra keys`);
}

/** Whether a value is an object that JSON or an object literal could have made. */
export function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && hasPlainPrototype(value);
}

/** The same for an object that is no proxy. */
export function hasPlainPrototype(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isBare(value);
}

/** Whether a value is a function or a symbol. */
function refusesCode(value: unknown): boolean {
  return typeof value !== 'function' && typeof value !== 'symbol';
}

/** The value of a key that `readKeys` returned, or of an element. Accessors are not called. */
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

/** The value of an option, which may be `undefined`, which means absent. */
export function readOption(
  holder: object,
  key: string | number,
  what: string,
  call: CallContext,
  allows = refusesCode,
): unknown {
  // Without a getter, reading runs no code. A descriptor says the same, but V8 makes an object for each.
  const mayRead = Object.hasOwn(holder, key) && getterAt.call(holder, key) === undefined;
  const value = mayRead ? (holder as Readonly<Record<string | number, unknown>>)[key] : undefined;
  if (value === undefined) assertData(holder, key, what, call);
  return allows(value) ? value : refuseAt(key, call, `${what} has a ${typeof value} at`);
}

/** Throws for an accessor. One without a getter looks like `undefined`. */
function assertData(holder: object, key: string | number, what: string, call: CallContext): void {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  if (property === undefined || !Object.hasOwn(property, 'value')) refuseAt(key, call, `${what} has an accessor at`);
}

function refuseAt(key: string | number, call: CallContext, fault: string, advice = ''): never {
  const path = String(key);
  return refuse(call, `${fault} ${quote(path)}${advice}`, path);
}

function refuse(call: CallContext, fault: string, path?: string): never {
  return call.refuse('input_invalid', `${fault}. Pass plain data: BSON drops or executes anything else.`, path);
}
