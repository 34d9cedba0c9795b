import { locate, type Located, type Observation } from './locate.ts';

/** The observations of one request in two runs of the same world. */
export type Twice = readonly [first: Observation, again: Observation];

/** The observations of one request in each world. */
export interface Observed {
  readonly here: Twice;
  readonly others: readonly Twice[];
}

/** What a comparison of a request found. */
export interface Comparison {
  /** Places that differ between the worlds, but not within one. */
  readonly differing: readonly string[];
  /** Places that differ within a world, so that nothing is known about them. */
  readonly unstable: readonly string[];
}

/** A request counts as slower in one world from this ratio on, if the gap is long enough too. */
const SLOWER = 10;
const GAP_IN_MILLISECONDS = 50;

/** Compares the answers to one request. */
export function compare({ here, others }: Observed): Comparison {
  const own = locateTwice(here);
  const rest = others.map(locateTwice);
  const unstable = new Set([own, ...rest].flatMap(({ first, again }) => differences(first, again)));
  const places = rest.flatMap(({ first }) => differences(own.first, first));
  const differing = new Set(places.filter((place) => !unstable.has(place)));
  if (others.some((other) => isSlower(here, other) || isSlower(other, here))) differing.add('time');
  return { differing: [...differing], unstable: [...unstable] };
}

function locateTwice([first, again]: Twice): { readonly first: Located; readonly again: Located } {
  return { first: locate(first), again: locate(again) };
}

/** The places where two observations differ. */
export function differences(one: Located, other: Located): readonly string[] {
  const places = new Set([...one.keys(), ...other.keys()]);
  return [...places].filter((place) => one.get(place) !== other.get(place));
}

function isSlower(slow: Twice, fast: Twice): boolean {
  const least = Math.min(...slow.map(({ milliseconds }) => milliseconds));
  const most = Math.max(...fast.map(({ milliseconds }) => milliseconds));
  return least > SLOWER * most && least - most > GAP_IN_MILLISECONDS;
}
