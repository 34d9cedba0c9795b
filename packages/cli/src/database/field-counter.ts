import type { FieldStatistics } from './field-statistics.ts';
import { ENOUGH_TEXTS, RARE_SHARE, SHAPES } from '../sensitive/judge-value.ts';

const LONGEST_TEXT = 4096;
const ENOUGH_DIFFERENT = 24;
/** The smallest card number. */
const SMALLEST_CARD = 1e11;

/** The counts for one path. Values are inspected but not stored. */
export class FieldCounter implements FieldStatistics {
  readonly path: string;
  readonly types = new Map<string, number>();
  readonly depths = new Set<number>();
  readonly shapes = SHAPES.map(() => 0);
  readonly #different = new Set<number>();
  documents = 0;
  texts = 0;
  #lastDocument = -1;

  constructor(path: string) {
    this.path = path;
  }

  get isVaried(): boolean {
    return this.#different.size >= Math.min(ENOUGH_DIFFERENT, this.texts * 0.5);
  }

  /** Counts a document that has the path, only once for each document. */
  seeIn(document: number): void {
    if (this.#lastDocument === document) return;
    this.#lastDocument = document;
    this.documents += 1;
  }

  /** Adds the counts of another path. A document may have both, so there are not more than `most`. */
  merge(from: FieldCounter, most: number): void {
    this.documents = Math.min(most, this.documents + from.documents);
    this.#lastDocument = Math.max(this.#lastDocument, from.#lastDocument);
    this.texts += from.texts;
    for (const [type, count] of from.types) this.types.set(type, (this.types.get(type) ?? 0) + count);
    for (const depth of from.depths) this.depths.add(depth);
    for (const [at, count] of from.shapes.entries()) this.shapes[at] = (this.shapes[at] ?? 0) + count;
    for (const one of from.#different) if (this.#different.size < ENOUGH_DIFFERENT) this.#different.add(one);
  }

  addType(type: string): void {
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
  }

  look(value: unknown): void {
    if (typeof value === 'string') this.#text(value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT) : value);
    else if (typeof value === 'number' || typeof value === 'bigint') {
      if (value > SMALLEST_CARD) this.#text(String(value));
      else this.texts += 1;
    }
  }

  #text(text: string): void {
    this.texts += 1;
    const isEnough = this.texts > ENOUGH_TEXTS;
    for (let at = 0; at < SHAPES.length; at += 1) {
      const shape = SHAPES[at];
      if (shape === undefined || (isEnough && shape.share > RARE_SHARE) || !shape.matches(text)) continue;
      this.shapes[at] = (this.shapes[at] ?? 0) + 1;
      break;
    }
    if (this.#different.size < ENOUGH_DIFFERENT) this.#different.add(sum(text));
  }
}

/** A checksum of a text. */
function sum(text: string): number {
  let total = 0;
  for (let at = 0; at < text.length; at += 1) total = (Math.imul(total, 31) + text.charCodeAt(at)) | 0;
  return total;
}
