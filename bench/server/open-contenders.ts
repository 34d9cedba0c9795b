import type { Contender, OpenContender, Place } from '../contenders/contender.ts';
import { openRaw } from '../contenders/open-raw.ts';
import { openSafe } from '../contenders/open-safe.ts';
import { openMikroOrm } from '../peers/open-mikro-orm.ts';
import { openMongoose } from '../peers/open-mongoose.ts';
import { openPapr } from '../peers/open-papr.ts';
import { openTypegoose } from '../peers/open-typegoose.ts';

const OPEN: readonly OpenContender[] = [openRaw, openSafe, openMongoose, openPapr, openTypegoose, openMikroOrm];

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
