import { SHAPES } from '../sensitive/judge-value.ts';
import type { FieldCounts } from '../sensitive/judge-field.ts';
import { bsonType } from './bson-type.ts';
import { segmentOf } from './map-keys.ts';

/** At most so many paths of a collection are kept; a document used as a map has one for each key. */
const MOST_PATHS = 3000;
const DEEPEST = 12;
const LONGEST_TEXT = 4096;
const ENOUGH_DIFFERENT = 24;

/** What is known of one path after a sample. It holds counts and no value. */
export interface FieldStatistics extends FieldCounts {
  readonly path: string;
  /** Documents that have it. */
  readonly documents: number;
  /** How deep arrays are here: 0 for none. */
  readonly depths: ReadonlySet<number>;
}

class Counter {
  readonly path: string;
  readonly types = new Map<string, number>();
  readonly depths = new Set<number>();
  readonly shapes = SHAPES.map(() => 0);
  readonly #different = new Set<number>();
  documents = 0;
  texts = 0;
  lastDocument = -1;

  constructor(path: string) {
    this.path = path;
  }

  get isVaried(): boolean {
    return this.#different.size >= Math.min(ENOUGH_DIFFERENT, this.texts * 0.5);
  }

  /** The text is looked at and forgotten; a number made of its letters tells whether the next one is another. */
  look(text: string): void {
    const head = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
    this.texts += 1;
    for (const [at, { matches }] of SHAPES.entries()) {
      if (!matches(head)) continue;
      this.shapes[at] = (this.shapes[at] ?? 0) + 1;
      break;
    }
    if (this.#different.size < ENOUGH_DIFFERENT) this.#different.add(sum(head));
  }
}

/** Counts the fields of documents, one after another. */
export class FieldStatisticsBuilder {
  readonly #counters = new Map<string, Counter>();
  #documents = 0;
  #isCut = false;

  get documents(): number {
    return this.#documents;
  }

  /** Whether paths were left out as there were too many. */
  get isCut(): boolean {
    return this.#isCut;
  }

  add(document: object): void {
    this.#object(document, '', 0);
    this.#documents += 1;
  }

  fields(): readonly FieldStatistics[] {
    return [...this.#counters.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  #object(value: object, path: string, level: number): void {
    for (const [key, inner] of Object.entries(value)) {
      const segment = segmentOf(key);
      this.#value(inner, path === '' ? segment : `${path}.${segment}`, 0, level + 1);
    }
  }

  #value(value: unknown, path: string, depth: number, level: number): void {
    if (Array.isArray(value)) {
      const counter = this.#counter(path);
      if (value.length === 0 || depth > 3) counter?.depths.add(depth + 1);
      if (depth === 0) counter?.types.set('array', (counter.types.get('array') ?? 0) + 1);
      for (const element of value.slice(0, 50)) this.#value(element, path, depth + 1, level);
      return;
    }
    const type = bsonType(value);
    const counter = this.#counter(path);
    if (counter === undefined) return;
    counter.depths.add(depth);
    if (type === 'object') {
      if (depth === 0) counter.types.set('object', (counter.types.get('object') ?? 0) + 1);
      if (level < DEEPEST) this.#object(value as object, path, level);
      return;
    }
    counter.types.set(type, (counter.types.get(type) ?? 0) + 1);
    if (typeof value === 'string') counter.look(value);
    else if (type === 'long' || type === 'double' || type === 'int') counter.look(String(value));
  }

  #counter(path: string): Counter | undefined {
    let counter = this.#counters.get(path);
    if (counter === undefined) {
      if (this.#counters.size >= MOST_PATHS) {
        this.#isCut = true;
        return undefined;
      }
      counter = new Counter(path);
      this.#counters.set(path, counter);
    }
    if (counter.lastDocument !== this.#documents) {
      counter.lastDocument = this.#documents;
      counter.documents += 1;
    }
    return counter;
  }
}

function sum(text: string): number {
  let total = 0;
  for (let at = 0; at < text.length; at += 1) total = (Math.imul(total, 31) + text.charCodeAt(at)) | 0;
  return total;
}
