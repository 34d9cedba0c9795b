import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { bareObject, isBare } from './bare.ts';
import { copyScalar, NOT_A_SCALAR } from './copy-scalar.ts';
import { isPlainWord } from './is-plain-word.ts';
import { describeRefused } from './describe-refused.ts';
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
 * everything that is neither those nor a plain object or array is refused. `at` is the key that the value was read from.
 */
export function snapshot(value: unknown, what: string, site: Site, at = ''): Inert {
  return new Copier(what, site).copy(value, 0, at);
}

/** The same, and whether the server would store the copy as it is: each of its keys is a plain word, and no mark is in it. */
export function snapshotPlain(
  value: unknown,
  what: string,
  site: Site,
): { readonly copied: Inert; readonly isPlain: boolean } {
  const copier = new Copier(what, site);
  const copied = copier.copy(value, 0, '');
  return { copied, isPlain: copier.isPlain };
}

/** Whether a copied value is an object with keys: neither a scalar, nor an array, nor a mark. */
export function isInertObject(value: Inert): value is InertObject {
  return typeof value === 'object' && value !== null && isBare(value);
}

class Copier {
  readonly #what: string;
  readonly #site: Site;
  /** Whether each key so far is a plain word, and no mark was met. */
  isPlain = true;

  constructor(what: string, site: Site) {
    this.#what = what;
    this.#site = site;
  }

  /** `at` is the key that the value stands at, or that the array around it does. */
  copy(value: unknown, depth: number, at: string): Inert {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
      return value;
    if (depth > DEEPEST) return this.#refuse(`is nested deeper than ${DEEPEST} levels, or is circular`);
    if (Array.isArray(value)) return this.#copyArray(value, depth, at);
    if (isPlainObject(value)) return this.#copyObject(value, depth);
    if (isMark(value)) {
      this.isPlain = false;
      return value;
    }
    const scalar = copyScalar(value);
    return scalar === NOT_A_SCALAR ? this.#refuseValue(value, at) : scalar;
  }

  /** The elements that were read stand in an array of their own already, where their copies take their places. */
  #copyArray(value: readonly unknown[], depth: number, at: string): readonly Inert[] {
    const elements = readArray(value, this.#what, this.#site);
    for (let index = 0; index < elements.length; index += 1)
      elements[index] = this.copy(elements[index], depth + 1, at);
    return Object.freeze(elements);
  }

  #copyObject(value: object, depth: number): InertObject {
    const what = this.#what;
    const site = this.#site;
    const object = bareObject() as Record<string, Inert>;
    for (const key of readKeys(value, what, site)) {
      if (!isPlainWord(key)) this.isPlain = false;
      object[key] = this.copy(readProperty(value, key, what, site), depth + 1, key);
    }
    return Object.freeze(object);
  }

  #refuse(fault: string): never {
    return this.#site.refuse('input_invalid', `${this.#what} ${fault}.`);
  }

  #refuseValue(value: unknown, at: string): never {
    const { what, advice } = describeRefused(value);
    const where = at === '' ? '' : ` at ${quote(at)}`;
    return this.#site.refuse(
      'input_invalid',
      `${this.#what} holds ${what}${where}${advice}.`,
      at === '' ? undefined : at,
    );
  }
}
