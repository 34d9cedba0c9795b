import type { Observed } from './compare.ts';
import { differences } from './compare.ts';
import { locate, type Observation } from './locate.ts';
import { OTHER_WORLDS } from './other-worlds.ts';
import { differingParts, variedDocuments, type SeededCollection } from './vary-documents.ts';
import { observe, type WorldSettings } from './world.ts';

/** What is known when causes are looked for. */
interface Case {
  readonly collections: readonly SeededCollection[];
  readonly world: WorldSettings;
  readonly observed: readonly Observed[];
  /** The places that differ, by the index of the request. */
  readonly differing: readonly (readonly string[])[];
}

/** The private paths that cause each difference, by the index of the request and the place. In each run one path differs. */
export async function findCauses(found: Case): Promise<ReadonlyMap<string, readonly string[]>> {
  const causes = new Map<string, string[]>();
  if (found.differing.every((places) => places.length === 0)) return causes;
  for (const collection of found.collections) {
    for (const part of differingParts(collection)) {
      for (const key of await changedBy(part, collection, found))
        causes.set(key, [...(causes.get(key) ?? []), `${collection.name}.${part}`]);
    }
  }
  return causes;
}

/** The differing places that one part of one collection changes, in any of the other worlds. */
async function changedBy(
  part: string,
  collection: SeededCollection,
  { collections, world, observed, differing }: Case,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const number of OTHER_WORLDS) {
    const documentsOf = (each: SeededCollection) =>
      each === collection ? variedDocuments(each, { number, parts: new Set([part]) }) : each.documents;
    const answers = await observe(new Map(collections.map((each) => [each.name, documentsOf(each)])), world);
    for (const [index, { here }] of observed.entries()) {
      const changed = new Set(differences(locate(here[0]), locate(answers[index] as Observation)));
      for (const place of differing[index] ?? []) if (changed.has(place)) keys.add(`${index} ${place}`);
    }
  }
  return keys;
}
