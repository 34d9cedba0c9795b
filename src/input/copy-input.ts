import { types } from 'node:util';

import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { append } from './append.ts';
import { bareObject, isBare } from './bare.ts';
import { copyScalar, NOT_A_SCALAR } from './copy-scalar.ts';
import { describeRefused } from './describe-refused.ts';
import { isMark } from './marks.ts';
import { assertPlainArray, hasPlainPrototype, readKeys, readProperty } from './read.ts';

/** Longer keys get the full checks, because they may be too long for a path. */
const PLAIN_WORD = /^[a-zA-Z]\w{0,255}$/;

/** Plain words that came before: documents mostly have the same keys, and a look-up takes a quarter of the time of a match. */
const knownWords = new Set<string>();
const WORDS_KEPT = 1024;

declare const copiedBrand: unique symbol;

/** Only this file makes values of this type, so a caller's own object never reaches a parser. */
interface Copied {
  readonly [copiedBrand]: true;
}

/** A copied object: it inherits nothing, so a lookup finds only what the caller wrote. */
export interface InputObject extends Copied {
  readonly [key: string]: InputCopy;
}

/** A copied array. */
export interface InputArray extends ReadonlyArray<InputCopy>, Copied {}

/** A copied date or BSON scalar, or a mark. Use `instanceof` and `operatorsIn()` to distinguish them. */
interface InputScalar extends Copied {
  readonly [Symbol.toStringTag]?: string;
}

/** A caller's data, copied once: later changes of the caller's objects have no effect. `undefined` means a missing key. */
export type InputCopy = string | number | bigint | boolean | null | undefined | InputObject | InputArray | InputScalar;

/** The server accepts at most 100 levels of BSON. */
const DEEPEST = 100;

/**
 * Copies a caller's input once. Scalars are cloned, and marks (`op()`, `trusted()`) are kept by identity. Everything else that is
 * not a plain object or array is refused. `at` is the key that the value was read from.
 */
export function copyInput(value: unknown, what: string, call: CallContext, at = ''): InputCopy {
  return copyValue(value, 0, at, { what, call, isPlain: true });
}

/** The same, and whether the server would store the copy unchanged: all keys are plain words, and it contains no mark. */
export function copyPlainInput(
  value: unknown,
  what: string,
  call: CallContext,
): { readonly copied: InputCopy; readonly isPlain: boolean } {
  const copying = { what, call, isPlain: true };
  return { copied: copyValue(value, 0, '', copying), isPlain: copying.isPlain };
}

/** Whether a copied value is an object with keys, and not a scalar, an array or a mark. */
export function isInputObject(value: InputCopy): value is InputObject {
  return typeof value === 'object' && value !== null && isBare(value);
}

export function isInputArray(value: InputCopy): value is InputArray {
  return Array.isArray(value);
}

/** An empty object for fields that are already copied. It inherits nothing. */
export type InputFields = Record<string, InputCopy>;

export function emptyFields(): InputFields {
  return bareObject() as InputFields;
}

/** An object of copied fields, for a parser. They are not copied again. */
export function inputObject(fields: Readonly<InputFields>): InputObject {
  return Object.freeze(Object.assign(bareObject(), fields)) as InputObject;
}

/** An array of copied elements, for a parser. */
export function inputArray(elements: readonly InputCopy[]): InputArray {
  return Object.freeze([...elements]) as unknown as InputArray;
}

export const NO_FIELDS: InputObject = inputObject({});

/** What is copied, for errors, and what was found so far. */
interface Copying {
  readonly what: string;
  readonly call: CallContext;
  /** Whether all keys so far are plain words, and there was no mark. */
  isPlain: boolean;
}

/** `at` is the key of the value or of the array around it. */
function copyValue(value: unknown, depth: number, at: string, copying: Copying): InputCopy {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value;
  if (depth > DEEPEST) return refuse(copying, `is nested deeper than ${DEEPEST} levels, or is circular`);
  if (typeof value === 'object' && !types.isProxy(value)) {
    if (hasPlainPrototype(value)) return copyObject(value, depth, copying);
    if (Array.isArray(value)) return copyArray(value, depth, at, copying);
  }
  if (isMark(value)) {
    copying.isPlain = false;
    return value as InputScalar;
  }
  const scalar = copyScalar(value);
  return scalar === NOT_A_SCALAR ? refuseValue(value, at, copying) : (scalar as InputScalar);
}

function copyObject(value: object, depth: number, copying: Copying): InputObject {
  const { what, call } = copying;
  const object = emptyFields();
  for (const key of readKeys(value, what, call)) {
    if (!isPlainWord(key)) copying.isPlain = false;
    object[key] = copyValue(readProperty(value, key, what, call), depth + 1, key, copying);
  }
  return Object.freeze(object) as InputObject;
}

function copyArray(value: readonly unknown[], depth: number, at: string, copying: Copying): InputArray {
  const { what, call } = copying;
  assertPlainArray(value, what, call);
  const elements: InputCopy[] = [];
  for (let index = 0, { length } = value; index < length; index += 1)
    append(elements, copyValue(readProperty(value, index, what, call), depth + 1, at, copying));
  return Object.freeze(elements) as unknown as InputArray;
}

function refuse({ what, call }: Copying, fault: string): never {
  return call.refuse('input_invalid', `${what} ${fault}.`);
}

function refuseValue(value: unknown, at: string, { what, call }: Copying): never {
  const { what: kind, advice } = describeRefused(value);
  const where = at === '' ? '' : ` at ${quote(at)}`;
  return call.refuse('input_invalid', `${what} holds ${kind}${where}${advice}.`, at === '' ? undefined : at);
}

/**
 * Whether a key has only letters, digits and underscores, and begins with a letter. For the server and the driver such a key is
 * only a field name, without a special meaning.
 */
function isPlainWord(key: string): boolean {
  if (knownWords.has(key)) return true;
  if (!PLAIN_WORD.test(key)) return false;
  if (knownWords.size >= WORDS_KEPT) knownWords.clear();
  knownWords.add(key);
  return true;
}
