import type { Reads, Source } from '../http/contenders/reads.ts';
import { LANES } from '../contenders/lanes.ts';
import { openMongoose } from './open-mongoose.ts';

/** The reads of mongoose with plain results, for the HTTP benchmark. */
export async function openLean(source: Source): Promise<Reads> {
  const contenders = await openMongoose({ ...source, scratch: 'scratch' });
  const { findOne, wide } = contenders.find(({ name }) => name === LANES.lean)?.calls ?? {};
  if (findOne === undefined || wide === undefined) throw new Error('mongoose has no lean reads');
  return { one: findOne, list: wide };
}
