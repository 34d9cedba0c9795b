import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { ROWS, type Row } from './support/cells.ts';
import { DRIFT_PLACES, DRIFTS, type Drift, type DriftPlace } from './support/drifts.ts';
import { KINDS, type Kind } from './support/kinds.ts';
import { Matrix } from './support/matrix.ts';
import { seenOf } from './support/outcome.ts';
import { noCounts, report } from './support/report.ts';
import { expectationOf } from './support/rules.ts';
import { sampled } from './support/sample.ts';
import { IDS, type Account } from './support/world.ts';

/*
 * Stored values that the view does not allow, read by every method, stage and expression: none comes out, and what comes out does not
 * depend on them. docs/limits.md has the exceptions: a sort, and a join, by such a leaf.
 */

let matrix: Matrix;
beforeAll(async () => {
  matrix = new Matrix(inject('mongodbUri'));
  await matrix.open();
});
afterAll(async () => await matrix.close());

/** The rows that read: by a projection of the path, a filter on it, a stage or an expression. */
const READING = ROWS.filter(
  ({ form, caller }) =>
    ['read', 'page'].includes(caller.kind) &&
    ['projection', 'filter', 'distinct', 'stage', 'expression', 'populate'].includes(form.place),
).filter(({ form }) => !form.rule.includes('sorted'));

/** They read only the first document, and the drift is in the second. */
const FIRST_ONLY: ReadonlySet<string> = new Set(['find by next', 'find by hasNext', 'findOne', 'findOneJson']);

describe.each(DRIFT_PLACES)('stored at $path', (place) => {
  const kind = KINDS.find(({ name }) => name === place.kind) as Kind;
  const rows = READING.filter(
    ({ form, caller }) => expectationOf(form.rule, caller.kind, kind.name)?.isAllowed === true,
  );

  it.each(DRIFTS)(
    '$name',
    async (drift) => {
      const counts = noCounts();
      const faults: string[] = [];
      await store(place, drift);
      for (const row of sampled(rows, 3)) {
        const { fault, isRefused } = await read(row, kind, place, drift);
        counts.tried += 1;
        counts[isRefused ? 'refused' : 'allowed'] += 1;
        if (fault !== undefined) faults.push(`${row.caller.name}, ${row.form.place}: ${row.form.name}\n  ${fault}`);
      }
      await matrix.restore({ mode: 'direct', changes: 'documents' });
      counts.differences = faults.length;
      report(`drift at ${place.path}`, counts);
      expect(counts.tried).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    },
    10 * 60_000,
  );
});

async function store(place: DriftPlace, drift: Drift): Promise<void> {
  for (const world of [0, 1] as const) {
    const accounts = matrix.db('direct', world).collection<Account>('accounts');
    await accounts.updateOne({ _id: IDS[1] as never }, { $set: place.set(drift.make(world)) as never });
  }
}

async function read(
  { form, caller }: Row,
  kind: Kind,
  place: DriftPlace,
  drift: Drift,
): Promise<{ readonly fault: string | undefined; readonly isRefused: boolean }> {
  const source = caller.source(form.write(kind));
  const [first, second] = await Promise.all(
    ([0, 1] as const).map(async (world) => await seenOf(() => matrix.call({ source, mode: 'direct' }, world))),
  );
  const isRefused = first?.code === 'schema_drift';
  return { isRefused, fault: faultOf() };

  function faultOf(): string | undefined {
    if (first === undefined || second === undefined) return 'it was not run';
    if (first.text.includes('zebra') || second.text.includes('zebra'))
      return `a private value: ${first.text.slice(0, 300)}`;
    if (first.text !== second.text)
      return `two worlds differ: ${first.text.slice(0, 300)} and ${second.text.slice(0, 300)}`;
    const isShown =
      form.place === 'projection' && form.name === '[path]' && place.allows.length > 0 && !FIRST_ONLY.has(caller.name);
    if (isShown && isRefused === place.allows.includes(drift.holds))
      return `${isRefused ? 'it was refused' : 'it came out'}: ${first.text.slice(0, 300)}`;
    return undefined;
  }
}
