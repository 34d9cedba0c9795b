import { judgeName } from '../sensitive/judge-name.ts';
import type { FieldCounts } from '../sensitive/judge-field.ts';
import { bsonType } from './bson-type.ts';
import { FieldCounter } from './field-counter.ts';
import { ANY_KEY, isMap, OF_BRANCH, OF_MIXED, OF_ROOT, segmentOf } from './map-keys.ts';

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
  /** Objects at this path. */
  objects: number;
  /** Whether its keys were found to be data. */
  isMap: boolean;
}

/** After so many new keys of one path, they are checked for being data, so that a map does not use up the paths. */
const CHECK_EVERY = 64;

/** Counts the fields of documents, one document after another. */
export class FieldStatisticsBuilder {
  readonly #root: FieldNode = nodeAt('');
  #paths = 0;
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
    const counters: FieldCounter[] = [];
    const visit = (node: FieldNode): void => {
      this.#collapse(node);
      for (const child of node.children.values()) {
        counters.push(child.counter);
        visit(child);
      }
    };
    visit(this.#root);
    return counters.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  #object(value: object, node: FieldNode, level: number): void {
    node.objects += 1;
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
    const any = node.children.get(ANY_KEY);
    const segment = node.isMap && judgeName(key) === undefined ? ANY_KEY : segmentOf(key);
    if (any !== undefined && segment === ANY_KEY) return any;
    if (node.children.size > 0 && node.children.size % CHECK_EVERY === 0) this.#collapse(node);
    if (this.#paths >= MOST_PATHS) {
      this.#isCut = true;
      return undefined;
    }
    return this.#add(node, segment);
  }

  #add(node: FieldNode, segment: string): FieldNode {
    const path = node.counter.path;
    const made = nodeAt(path === '' ? segment : `${path}.${segment}`);
    node.children.set(segment, made);
    this.#paths += 1;
    return made;
  }

  /** Makes one path of all keys of a map. A key whose name says that it is sensitive is kept. */
  #collapse(node: FieldNode): void {
    const keys = [...node.children].filter(([key]) => key !== ANY_KEY && judgeName(key) === undefined);
    const facts = keys.map(([, { counter }]) => ({
      documents: counter.documents,
      types: [...counter.types.keys()].toSorted().join(),
    }));
    const limits = node === this.#root ? OF_ROOT : node.children.has(ANY_KEY) ? OF_MIXED : OF_BRANCH;
    if (!isMap(facts, node.objects, limits)) return;
    node.isMap = true;
    const any = node.children.get(ANY_KEY) ?? this.#add(node, ANY_KEY);
    for (const [key, child] of keys) {
      node.children.delete(key);
      this.#merge(any, child);
    }
  }

  #merge(into: FieldNode, from: FieldNode): void {
    into.counter.merge(from.counter, this.#documents + 1);
    into.objects += from.objects;
    this.#paths -= 1;
    for (const [key, child] of from.children) this.#merge(into.children.get(key) ?? this.#add(into, key), child);
  }
}

function nodeAt(path: string): FieldNode {
  return { counter: new FieldCounter(path), children: new Map(), objects: 0, isMap: false };
}
