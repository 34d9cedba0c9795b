import type { IdSealer } from '../seal/id-sealer.ts';
import { PendingIds } from './pending-ids.ts';

type Holder = Record<string, unknown>;

/** Room for the fields of a piece of a batch. It is made for the first field, because most shapes have no ids. */
const FIRST_COUNT = 256;

/**
 * The fields of results that hold the numbers of pending ids, until these are sealed. Their lists have elements before they are used, so that
 * setting one calls no setter of a prototype, and takes a fraction of the time of `append()`.
 */
export class PendingFields {
  readonly #ids = new PendingIds();
  #holders: (Holder | undefined)[] = [];
  /** The key of each holder. */
  #keys: (string | undefined)[] = [];
  #count = 0;

  /** Adds an id. Its number takes its place for now. */
  add(bytes: Uint8Array, at: number, tag: number): number {
    return this.#ids.add(bytes, at, tag);
  }

  /** Notes a field that holds a number, or an array of numbers. */
  note(holder: Holder, key: string): void {
    const index = this.#count;
    if (index === this.#holders.length) {
      const room = Math.max(FIRST_COUNT, index);
      this.#holders = [...this.#holders, ...blank<Holder>(room)];
      this.#keys = [...this.#keys, ...blank<string>(room)];
    }
    this.#holders[index] = holder;
    this.#keys[index] = key;
    this.#count = index + 1;
  }

  /** Forgets everything: no result is kept. */
  clear(): void {
    this.#ids.clear();
    for (let index = 0; index < this.#count; index += 1) this.#holders[index] = undefined;
    this.#count = 0;
  }

  /** Puts the texts in the places of the numbers. */
  finish(sealer: IdSealer): void {
    const textOf = this.#ids.texts(sealer);
    for (let index = 0; index < this.#count; index += 1) {
      const holder = this.#holders[index] as Holder;
      const key = this.#keys[index] as string;
      holder[key] = replaced(holder[key], textOf);
    }
    this.clear();
  }
}

function blank<T>(length: number): (T | undefined)[] {
  return Array.from({ length }, () => undefined);
}

/** An id that is stored as `null` stays what it is. */
function replaced(value: unknown, textOf: (number: number) => string): unknown {
  if (typeof value === 'number') return textOf(value);
  return Array.isArray(value) ? value.map((each) => replaced(each, textOf)) : value;
}
