import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { BSON } from 'mongodb';

import { EXAMPLES } from './support/arguments.ts';
import { CALLERS, type Caller, type Part } from './support/callers.ts';
import { changesOf } from './support/cells.ts';
import { Matrix } from './support/matrix.ts';
import { seenOf, type Seen } from './support/outcome.ts';
import { PATCHES } from './support/patches.ts';
import { noCounts, report } from './support/report.ts';
import { sampled } from './support/sample.ts';

/*
 * What happens to the arguments, and to the built-ins of JavaScript, around a call.
 */

let matrix: Matrix;
beforeAll(async () => {
  matrix = new Matrix(inject('mongodbUri'));
  await matrix.open();
});
afterAll(async () => await matrix.close());

/** The callers whose call is made at once, so that a change after it has something to change. */
const AT_ONCE = CALLERS.filter(({ kind }) => kind !== 'stream');

interface Ran {
  readonly seen: Seen;
  readonly sent: readonly string[];
}

/** Makes a call with examples for all of its parts. `during` runs as soon as the call has returned its promise. */
async function run(
  caller: Caller,
  before: () => void,
  during: (parts: Readonly<Record<string, unknown>>) => void,
): Promise<Ran> {
  const examples = Object.entries(EXAMPLES).map(([part, make]) => [part, make()] as const);
  const parts = Object.fromEntries([...examples, ['before', before] as const]);
  const names = caller.takes.filter(
    (part) => part !== 'nothing' && !(part === 'filter' && caller.takes.includes('upsert')),
  );
  const given = Object.fromEntries(names.map((part) => [part, textOf(part)]));
  const update = names.includes('arrayFilters') ? { update: `{ $set: { 'addresses.$[a].city': 'Rome' } }` } : {};
  const source = `V.before(); ${caller.source({ ...given, ...update })}`;
  matrix.takeSent();
  const seen = await seenOf(async () => {
    const running = matrix.call({ source, mode: 'direct', make: () => parts }, 0);
    during(parts);
    return await running;
  });
  const sent = matrix.takeSent().map(({ command }) => textOfCommand(command));
  await matrix.restore({ mode: 'direct', changes: changesOf(caller) });
  return { seen, sent };
}

function textOf(part: Part): string {
  return part === 'stages' ? '...V.stages' : `V.${part}`;
}

/** Ids, sessions and times are different each time. */
function textOfCommand(command: object): string {
  const {
    lsid: _lsid,
    $clusterTime: _time,
    txnNumber: _number,
    getMore: _cursor,
    ...rest
  } = command as Record<string, unknown>;
  return BSON.EJSON.stringify(rest)
    .replaceAll(/[0-9a-f]{24}/g, '(id)')
    .replaceAll(/"base64":"[^"]*"/g, '');
}

const nothing = (): void => undefined;

describe.each(sampled(AT_ONCE, 12))('$name', (caller) => {
  it('sends what it was given, whatever happens to the arguments afterwards', async () => {
    const untouched = await run(caller, nothing, nothing);
    const changed = await run(caller, nothing, (parts) => Object.values(parts).forEach(spoil));
    expect(changed).toEqual(untouched);
    expect(untouched.seen.text).not.toMatch(/^RefusedCallError/);
    report('arguments changed after the call', { ...noCounts(), tried: 1, allowed: 1 });
  });

  it('fails or gives the same while a built-in is replaced', async () => {
    const untouched = await run(caller, nothing, nothing);
    const counts = noCounts();
    for (const patch of PATCHES) {
      const patched = await run(caller, patch.apply, patch.undo);
      patch.undo();
      counts.tried += 1;
      counts[patched.seen.isError ? 'refused' : 'allowed'] += 1;
      expect(patched.seen.text, patch.name).not.toContain('zebra');
      if (!patched.seen.isError) expect(isDeepStrictEqual(patched, untouched), patch.name).toBe(true);
    }
    report('built-ins replaced', counts);
    expect(counts.tried).toBe(PATCHES.length);
  });
});

/** Makes of an argument what nobody may send. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach(spoil);
    value.push({ password_hash: 'zebra' });
    return;
  }
  const object = value as Record<string, unknown>;
  Object.values(object).forEach(spoil);
  for (const key of Object.keys(object)) if (typeof object[key] !== 'object') object[key] = 'zebra';
  object['password_hash'] = 'zebra';
}
