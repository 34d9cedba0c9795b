import type { ObjectId } from 'mongodb';
import type { Exposed, SafeAggregationCursor } from 'safe-collection';
import { expect } from 'vitest';

import type { Descriptor, Seen } from './descriptor.ts';

type Atom = string | number | boolean | bigint | null | undefined | Date | ObjectId;

/** A type without brand, readonly and intersections, so that two types can be compared. */
export type Plain<T> = T extends Atom
  ? T
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : { -readonly [K in keyof T as K extends string ? K : never]: Plain<T[K]> };

/** Two plain types that hold the same: a function's parameter is compared for identity, optional fields among it. */
interface Exactly<X> {
  <G>(probe: G extends X ? 1 : 2): G;
}

export type Same<X, Y> = Exactly<X> extends Exactly<Y> ? (Exactly<Y> extends Exactly<X> ? true : false) : false;

/**
 * The computed type of a pipeline is the described one, to the compiler; and what the server gives is of that type, with
 * no field missing and none beyond it. Each optional field is there in one document and not in another.
 */
export async function expectShape<T, U>(
  cursor: SafeAggregationCursor<Exposed<T>>,
  described: Descriptor<U>,
  ..._proof: Same<Plain<T>, Plain<U>> extends true ? [] : [differs: { computed: Plain<T>; described: Plain<U> }]
): Promise<void> {
  const documents = await cursor.toArray();
  expect(documents.length).toBeGreaterThan(0);
  const seen: Seen = { there: new Set(), missing: new Set() };
  expect(documents.flatMap((document) => described.check(document, '', seen))).toEqual([]);
  for (const path of described.optionals('')) {
    expect([...seen.there], 'optional fields that are there somewhere').toContain(path);
    expect([...seen.missing], 'optional fields that are missing somewhere').toContain(path);
  }
}
