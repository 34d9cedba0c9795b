import type { Evidence } from '../sensitive/sensitivity.ts';

/** One path of a collection and how it is known. It has counts and names, but no values. */
export interface FieldFacts {
  readonly path: string;
  /** Where it was seen: an interface, the code, sampled documents. */
  readonly seenIn: readonly ('interface' | 'code' | 'sample')[];
  /** The BSON types that a sample or an interface shows, with how often in a sample. */
  readonly types: Readonly<Record<string, number>>;
  /** The share of sampled documents that have it. */
  readonly frequency: number | undefined;
  readonly sensitive: Evidence | undefined;
}

export interface CollectionFacts {
  readonly name: string;
  readonly documents: number | undefined;
  readonly sampled: number | undefined;
  readonly fields: readonly FieldFacts[];
  readonly notes: readonly string[];
}
