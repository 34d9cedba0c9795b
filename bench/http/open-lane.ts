import { openRaw, openWhole } from './contenders/raw.ts';
import type { OpenReads, Reads, Source } from './contenders/reads.ts';
import { HTTP_LANES, type HttpLane } from './lanes.ts';

/** Not a static import, so that the root's check does not need the packages that only the benchmark installs. */
const LEAN: string = new URL('../peers/open-lean.ts', import.meta.url).href;

/** Loads only the contender of a lane, so that a server's memory holds no other library. */
export async function openLane(lane: HttpLane, source: Source): Promise<Reads> {
  switch (lane) {
    case HTTP_LANES.raw:
    case HTTP_LANES.again:
      return openRaw(source);
    case HTTP_LANES.whole:
      return openWhole(source);
    case HTTP_LANES.lean:
      return ((await import(LEAN)) as { readonly openLean: OpenReads }).openLean(source);
    case HTTP_LANES.objects:
    case HTTP_LANES.guarded:
      return (await import('./contenders/safe.ts')).openSafe(source);
    case HTTP_LANES.json:
      return (await import('./contenders/safe.ts')).openSafeJson(source);
  }
}
