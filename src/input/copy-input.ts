import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { bareObject, isBare } from './bare.ts';
import { copyScalar, NOT_A_SCALAR } from './copy-scalar.ts';
import { describeRefused } from './describe-refused.ts';
import { isMark } from './marks.ts';
import { isArray, isPlainObject, readArray, readKeys, readProperty } from './read.ts';

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
  return new Copier(what, call).copy(value, 0, at);
}

/** The same, and whether the server would store the copy unchanged: all keys are plain words, and it contains no mark. */
export function copyPlainInput(
  value: unknown,
  what: string,
  call: CallContext,
): { readonly copied: InputCopy; readonly isPlain: boolean } {
  const copier = new Copier(what, call);
  const copied = copier.copy(value, 0, '');
  return { copied, isPlain: copier.isPlain };
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

class Copier {
  readonly #what: string;
  readonly #call: CallContext;
  /** Whether all keys so far are plain words, and there was no mark. */
  isPlain = true;

  constructor(what: string, call: CallContext) {
    this.#what = what;
    this.#call = call;
  }

  /** `at` is the key of the value or of the array around it. */
  copy(value: unknown, depth: number, at: string): InputCopy {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
      return value;
    if (depth > DEEPEST) return this.#refuse(`is nested deeper than ${DEEPEST} levels, or is circular`);
    if (isPlainObject(value)) return this.#copyObject(value, depth);
    if (isArray(value)) return this.#copyArray(value, depth, at);
    if (isMark(value)) {
      this.isPlain = false;
      return value as InputScalar;
    }
    const scalar = copyScalar(value);
    return scalar === NOT_A_SCALAR ? this.#refuseValue(value, at) : (scalar as InputScalar);
  }

  /** `readArray` returns a new array, whose elements are replaced by their copies. */
  #copyArray(value: readonly unknown[], depth: number, at: string): InputArray {
    const elements = readArray(value, this.#what, this.#call);
    for (let index = 0; index < elements.length; index += 1)
      elements[index] = this.copy(elements[index], depth + 1, at);
    return Object.freeze(elements) as unknown as InputArray;
  }

  #copyObject(value: object, depth: number): InputObject {
    const what = this.#what;
    const call = this.#call;
    const object = emptyFields();
    for (const key of readKeys(value, what, call)) {
      if (!isPlainWord(key)) this.isPlain = false;
      object[key] = this.copy(readProperty(value, key, what, call), depth + 1, key);
    }
    return Object.freeze(object) as InputObject;
  }

  #refuse(fault: string): never {
    return this.#call.refuse('input_invalid', `${this.#what} ${fault}.`);
  }

  #refuseValue(value: unknown, at: string): never {
    const { what, advice } = describeRefused(value);
    const where = at === '' ? '' : ` at ${quote(at)}`;
    return this.#call.refuse(
      'input_invalid',
      `${this.#what} holds ${what}${where}${advice}.`,
      at === '' ? undefined : at,
    );
  }
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
