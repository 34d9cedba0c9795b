import { deepStrictEqual } from 'node:assert';

import type { Calls, Contender } from '../contenders/contender.ts';
import { LANES } from '../contenders/lanes.ts';
import { usernameOf } from '../data/make-user.ts';

/** A read of each kind. */
const READS: ReadonlyMap<string, (calls: Partial<Calls>) => Promise<unknown> | undefined> = new Map([
  ['findOne', (calls) => calls.findOne?.(usernameOf(7))],
  ['find, narrow', (calls) => calls.narrow?.(120)],
  ['find, wide', (calls) => calls.wide?.(120)],
  ['for await', (calls) => calls.iterate?.(120)],
  ['aggregate', (calls) => calls.aggregate?.(20)],
  ['countDocuments', (calls) => calls.countDocuments?.(30)],
]);

/** Throws unless all contenders give the same answers as the first, except those that read whole documents. */
export async function checkAnswers(contenders: readonly Contender[]): Promise<void> {
  const [baseline, ...others] = contenders;
  for (const [read, run] of READS) {
    const expected = plain(await run(baseline?.calls ?? {}));
    for (const { name, calls } of others) {
      const answer = run(calls);
      if (answer === undefined || name === LANES.whole) continue;
      deepStrictEqual(plain(await answer), expected, `${name} answers ${read} otherwise`);
    }
  }
}

/** The JSON form of a value with sorted keys. Without `_id`, which MikroORM always reads and names `id`. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    const entries = Object.entries(item).filter(([name]) => name !== '_id' && name !== 'id');
    return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  }) as unknown;
}
