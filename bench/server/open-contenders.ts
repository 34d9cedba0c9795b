import type { Contender, OpenContender, Place } from '../contenders/contender.ts';
import { openBaseline, openRaw } from '../contenders/open-raw.ts';
import { openSafe } from '../contenders/open-safe.ts';

/** The root's check does not follow this import: it would need what only the benchmark installs. */
const PEERS: string = new URL('../peers/open-peers.ts', import.meta.url).href;
const { openPeers } = (await import(PEERS)) as { readonly openPeers: readonly OpenContender[] };

/**
 * Who is in a process. Code that one driver's many users run in turn is compiled for all of them at once, which no service has:
 * so the library is timed with nobody but the driver, and so are the other libraries.
 */
export type Group = 'all' | 'library' | 'peers';

interface Opener {
  readonly open: OpenContender;
  /** Where it inserts: what is compared with the driver in one process goes into one collection. */
  readonly scratch: string;
  readonly groups: readonly Group[];
}

const OPENERS: readonly Opener[] = [
  { open: openRaw, scratch: 'scratch', groups: ['all', 'library'] },
  { open: openBaseline, scratch: 'scratch', groups: ['peers'] },
  { open: openSafe, scratch: 'scratch', groups: ['all', 'library'] },
  ...openPeers.map((open, index): Opener => ({ open, scratch: `scratch_${index}`, groups: ['all', 'peers'] })),
];

/** A group's contenders, connected. The first is the baseline. */
export async function openContenders(place: Omit<Place, 'scratch'>, group: Group): Promise<readonly Contender[]> {
  const opened: Contender[] = [];
  for (const { open, scratch } of openersOf(group)) opened.push(...(await open({ ...place, scratch })));
  return opened;
}

/** The names of the collections that the contenders of a group insert into. */
export function scratchCollections(group: Group): readonly string[] {
  return [...new Set(openersOf(group).map(({ scratch }) => scratch))];
}

function openersOf(group: Group): readonly Opener[] {
  return OPENERS.filter(({ groups }) => groups.includes(group));
}
