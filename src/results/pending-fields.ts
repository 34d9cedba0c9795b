import { append } from '../input/append.ts';
import type { IdSealer } from '../seal/id-sealer.ts';
import { PendingIds } from './pending-ids.ts';

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** The fields of results that hold the numbers of pending ids, until these are sealed. */
export class PendingFields {
  readonly #ids = new PendingIds();
  #places: Place[] = [];

  /** Adds an id. Its number takes its place for now. */
  add(bytes: Uint8Array, at: number, tag: number): number {
    return this.#ids.add(bytes, at, tag);
  }

  /** Notes a field that holds a number, or an array of numbers. */
  note(holder: Record<string, unknown>, key: string): void {
    append(this.#places, { holder, key });
  }

  clear(): void {
    this.#ids.clear();
    this.#places = [];
  }

  /** Puts the texts in the places of the numbers. */
  finish(sealer: IdSealer): void {
    const textOf = this.#ids.texts(sealer);
    const places = this.#places;
    this.clear();
    for (const { holder, key } of places) holder[key] = replaced(holder[key], textOf);
  }
}

/** An id that is stored as `null` stays what it is. */
function replaced(value: unknown, textOf: (number: number) => string): unknown {
  if (typeof value === 'number') return textOf(value);
  return Array.isArray(value) ? value.map((each) => replaced(each, textOf)) : value;
}
