import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { CALLERS, type Caller } from './support/callers.ts';
import { changesOf } from './support/cells.ts';
import { Matrix, MODES } from './support/matrix.ts';
import { noCounts, report } from './support/report.ts';
import { sampled } from './support/sample.ts';
import { VALUE_PLACES, type ValuePlace } from './support/value-places.ts';
import { valueExpectation } from './support/value-rules.ts';
import { executed, VALUES, type Value } from './support/values.ts';

/*
 * Values of every kind at every place where a value can be. What a place does not take is refused before anything is sent, and nothing of the
 * value runs.
 */

let matrix: Matrix;
beforeAll(async () => {
  matrix = new Matrix(inject('mongodbUri'));
  await matrix.open();
});
afterAll(async () => await matrix.close());

/** One caller for each method, model and step of a bulk: how a cursor is read makes no difference to a value that is sent. */
const CALLED = CALLERS.filter(
  ({ name, kind }) => !/^find by|by json|by steps|Unordered/.test(name) && kind !== 'stream',
);

interface Attempted {
  readonly place: ValuePlace;
  readonly caller: Caller;
  readonly value: Value;
}

/** A trusted filter of findPopulated() needs one for each joined view too. */
function fits({ kind, part }: ValuePlace, { takes, method }: Caller): boolean {
  return takes.includes(part) && !(kind === 'trusted filter' && method === 'findPopulated');
}

describe.each(VALUE_PLACES)('$name', (place) => {
  const attempts = CALLED.filter((caller) => fits(place, caller)).flatMap((caller) =>
    VALUES.map((value) => ({ place, caller, value })),
  );

  it(
    'takes what the table says',
    async () => {
      const counts = noCounts();
      const faults: string[] = [];
      for (const [index, attempt] of sampled(attempts, 12).entries()) {
        executed.length = 0;
        const verdict = await run(attempt, index);
        counts.tried += 1;
        if (executed.length > 0) faults.push(`${nameOf(attempt)}: code ran: ${executed.join(', ')}`);
        else if (typeof verdict === 'string') counts[verdict] += 1;
        else faults.push(`${nameOf(attempt)}: ${verdict.fault}`);
      }
      counts.differences = faults.length;
      report(`values, ${place.kind}`, counts);
      expect(counts.tried).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    },
    10 * 60_000,
  );
});

async function run({ place, caller, value }: Attempted, index: number): ReturnType<Matrix['run']> {
  const source = caller.source(place.parts);
  const expectation = valueExpectation(place.kind, caller.kind, value.group);
  // The modes take turns: they make no difference to a value, and each of them is tried with each kind.
  const mode = caller.kind === 'privileged' ? 'direct' : (MODES[index % MODES.length] ?? 'direct');
  const attempt = { source, mode, make: value.make, changes: changesOf(caller), expectation };
  if (!expectation.mayBe) return await matrix.run(attempt);
  const refused = await matrix.run({ ...attempt, expectation: { ...expectation, isAllowed: false } });
  if (refused === 'refused') return refused;
  await matrix.restore(attempt);
  return await matrix.run(attempt);
}

function nameOf({ caller, value }: Attempted): string {
  return `${value.name}, ${caller.name}`;
}
