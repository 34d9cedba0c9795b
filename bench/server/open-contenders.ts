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
  readonly groups: readonly Group[];
}

const OPENERS: readonly Opener[] = [
  { open: openRaw, groups: ['all', 'library'] },
  { open: openBaseline, groups: ['peers'] },
  { open: openSafe, groups: ['all', 'library'] },
  ...openPeers.map((open): Opener => ({ open, groups: ['all', 'peers'] })),
];

/** A group's contenders, connected, each with a collection of its own for what it inserts. The first is the baseline. */
export async function openContenders(place: Pick<Place, 'uri' | 'database'>, group: Group): Promise<readonly Contender[]> {
  const opened: Contender[] = [];
  for (const [index, open] of openersOf(group).entries()) opened.push(...(await open({ ...place, scratch: scratchOf(index) })));
  return opened;
}

/** The names of the collections that the contenders of a group insert into. */
export function scratchCollections(group: Group): readonly string[] {
  return openersOf(group).map((_, index) => scratchOf(index));
}

function openersOf(group: Group): readonly OpenContender[] {
  return OPENERS.filter(({ groups }) => groups.includes(group)).map(({ open }) => open);
}

function scratchOf(index: number): string {
  return `scratch_${index}`;
}
