import type { FieldCounts } from '../sensitive/judge-field.ts';
import { bsonType } from './bson-type.ts';
import { FieldCounter } from './field-counter.ts';
import { segmentOf } from './map-keys.ts';

/** The highest number of paths to keep for a collection. A document used as a map has one for each key. */
const MOST_PATHS = 3000;
const DEEPEST = 12;
const DEEPEST_ARRAY = 4;
const MOST_ELEMENTS = 50;

/** What is known about one path after sampling. It has counts and no values. */
export interface FieldStatistics extends FieldCounts {
  readonly path: string;
  /** Documents that have it. */
  readonly documents: number;
  /** The depths of arrays here: 0 for single values. */
  readonly depths: ReadonlySet<number>;
}

interface FieldNode {
  readonly counter: FieldCounter;
  readonly children: Map<string, FieldNode>;
}

/** Counts the fields of documents, one document after another. */
export class FieldStatisticsBuilder {
  readonly #root: FieldNode = nodeAt('');
  readonly #counters: FieldCounter[] = [];
  #documents = 0;
  #isCut = false;

  get documents(): number {
    return this.#documents;
  }

  /** Whether paths were left out because there were too many. */
  get isCut(): boolean {
    return this.#isCut;
  }

  add(document: object): void {
    this.#object(document, this.#root, 0);
    this.#documents += 1;
  }

  fields(): readonly FieldStatistics[] {
    return this.#counters.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  #object(value: object, node: FieldNode, level: number): void {
    for (const [key, inner] of Object.entries(value)) {
      const child = this.#child(node, key);
      if (child === undefined) continue;
      child.counter.seeIn(this.#documents);
      this.#value(inner, child, 0, level + 1);
    }
  }

  #value(value: unknown, node: FieldNode, depth: number, level: number): void {
    const { counter } = node;
    if (Array.isArray(value)) return this.#array(value, node, depth, level);
    counter.depths.add(depth);
    const type = bsonType(value);
    // An array is counted once as `array`; documents in it are counted by their fields.
    if (type !== 'object' || depth === 0) counter.addType(type);
    if (type === 'object') {
      if (level < DEEPEST) this.#object(value as object, node, level);
      return;
    }
    counter.look(value);
  }

  #array(value: readonly unknown[], node: FieldNode, depth: number, level: number): void {
    if (depth === 0) node.counter.addType('array');
    if (value.length === 0 || depth >= DEEPEST_ARRAY) node.counter.depths.add(depth + 1);
    if (depth >= DEEPEST_ARRAY) return;
    for (const element of value.length > MOST_ELEMENTS ? value.slice(0, MOST_ELEMENTS) : value)
      this.#value(element, node, depth + 1, level);
  }

  /** Only new keys are checked for whether they are a name or data; a known key needs one look-up. */
  #child(node: FieldNode, key: string): FieldNode | undefined {
    const known = node.children.get(key);
    if (known !== undefined) return known;
    const segment = segmentOf(key);
    const same = node.children.get(segment);
    if (same !== undefined) return same;
    if (this.#counters.length >= MOST_PATHS) {
      this.#isCut = true;
      return undefined;
    }
    const made = nodeAt(node.counter.path === '' ? segment : `${node.counter.path}.${segment}`);
    node.children.set(segment, made);
    this.#counters.push(made.counter);
    return made;
  }
}

function nodeAt(path: string): FieldNode {
  return { counter: new FieldCounter(path), children: new Map() };
}
