import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { ARGUMENT_PLACES, type ArgumentPlace } from './support/arguments.ts';
import { changesOf } from './support/cells.ts';
import { HUGE, HOSTILE } from './support/hostile.ts';
import { Matrix } from './support/matrix.ts';
import { memoryOf } from './support/memory.ts';
import { seenOf } from './support/outcome.ts';
import { noCounts, report, type Counts } from './support/report.ts';
import { sampled } from './support/sample.ts';
import { executed } from './support/values.ts';

/*
 * Hostile values in the place of every argument and option: none runs code, none leaks a value, and each is answered within a second.
 */

let matrix: Matrix;

beforeAll(async () => {
  matrix = new Matrix(inject('mongodbUri'));
  await matrix.open();
});
afterAll(async () => await matrix.close());

/** What any call uses, whatever its input: the driver, the error and its texts. */
const ALLOWANCE = 16_000_000;

/** How a cursor is read, and whether a bulk is ordered, makes no difference to how an argument is read: one place of each kind gets the huge values. */
const HUGE_PLACES = ARGUMENT_PLACES.filter(({ caller }) => !/^find by|by json|by steps|Unordered/.test(caller.name));

/** So long a call may use the processor. */
const CPU_LIMIT_MS = 1_000;

/** What the call did wrong, if anything. */
async function faultOf(
  { source, caller }: ArgumentPlace,
  make: () => unknown,
  counts: Counts,
): Promise<string | undefined> {
  matrix.takeSent();
  executed.length = 0;
  const value = make();
  const start = process.cpuUsage();
  const seen = await seenOf(() => matrix.call({ source, mode: 'direct', make: () => value }, 0));
  const { user, system } = process.cpuUsage(start);
  const sent = matrix.takeSent();
  counts.tried += 1;
  counts[seen.text.startsWith('RefusedCallError') ? 'refused' : 'allowed'] += 1;
  if (sent.length > 0) await matrix.restore({ mode: 'direct', changes: changesOf(caller) });
  const ms = (user + system) / 1_000;
  if (ms > CPU_LIMIT_MS) return `it took ${Math.round(ms)} ms of the processor`;
  if (executed.length > 0) return `code ran: ${executed.join(', ')}`;
  if (seen.text.includes('zebra')) return `a private value: ${seen.text.slice(0, 300)}`;
  if (!seen.isError || sent.length > 0) return undefined;
  return /^(?:RefusedCallError|ViewError)/.test(seen.text) ? undefined : `another error: ${seen.text.slice(0, 300)}`;
}

describe.each(HOSTILE)('$name', ({ make, reason }) => {
  it(
    `${reason}, in the place of every argument`,
    async () => {
      const counts = noCounts();
      const faults: string[] = [];
      for (const place of sampled(ARGUMENT_PLACES, 8)) {
        const fault = await faultOf(place, make, counts);
        if (fault !== undefined) faults.push(`${place.name}: ${fault}\n  ${place.source}`);
      }
      counts.differences = faults.length;
      report('hostile arguments, all places', counts);
      expect(counts.tried).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    },
    10 * 60_000,
  );
});

describe.each(HUGE)('$name', ({ make, bytes }) => {
  it(
    'uses at most ten times its memory, in the place of every argument of each method',
    async () => {
      const counts = noCounts();
      const faults: string[] = [];
      const value = make();
      for (const place of sampled(HUGE_PLACES, 4)) {
        const { result: fault, used } = await memoryOf(async () => await faultOf(place, () => value, counts));
        if (fault !== undefined) faults.push(`${place.name}: ${fault}`);
        if (used > bytes * 10 + ALLOWANCE) faults.push(`${place.name}: ${used} bytes for an input of ${bytes}`);
      }
      counts.differences = faults.length;
      report('huge arguments, one place of each kind', counts);
      expect(counts.tried).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    },
    10 * 60_000,
  );
});
