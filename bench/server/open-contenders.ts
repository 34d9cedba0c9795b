import type { Contender, OpenContender, Place } from '../contenders/contender.ts';
import { openRaw } from '../contenders/open-raw.ts';
import { openSafe } from '../contenders/open-safe.ts';

/** The root's check does not follow this import: it would need what only the benchmark installs. */
const PEERS: string = new URL('../peers/open-peers.ts', import.meta.url).href;
const { openPeers } = (await import(PEERS)) as { readonly openPeers: readonly OpenContender[] };

const OPEN: readonly OpenContender[] = [openRaw, openSafe, ...openPeers];

/** All contenders, connected, each with a collection of its own for what it inserts. The first is the baseline. */
export async function openContenders(place: Pick<Place, 'uri' | 'database'>): Promise<readonly Contender[]> {
  const opened: Contender[] = [];
  for (const [index, open] of OPEN.entries()) opened.push(...(await open({ ...place, scratch: scratchOf(index) })));
  return opened;
}

/** The names of the collections that the contenders insert into. */
export function scratchCollections(): readonly string[] {
  return OPEN.map((_, index) => scratchOf(index));
}

function scratchOf(index: number): string {
  return `scratch_${index}`;
}
