import type { Contender, OpenContender, Place } from '../contenders/contender.ts';
import { openBaseline, openRaw } from '../contenders/open-raw.ts';
import { openSafe } from '../contenders/open-safe.ts';

/** Not a static import, so that the root's check does not need the packages that only the benchmark installs. */
const PEERS: string = new URL('../peers/open-peers.ts', import.meta.url).href;
const { openPeers } = (await import(PEERS)) as { readonly openPeers: readonly OpenContender[] };

/**
 * The contenders in a process. If many libraries use the driver in one process, its code is compiled for all of them, unlike in a
 * service. So the library is timed only with the driver, and the other libraries in another process.
 */
export type Group = 'all' | 'library' | 'peers';

interface Opener {
  readonly open: OpenContender;
  /** The collection for inserts, shared by the contenders of one process. */
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
