import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { carriesDriverName } from '../../src/execute/carries-driver-name.ts';
import { pinnedFor, unpinnedForOne } from '../../src/execute/pinned-options.ts';
import { METHOD_OPTIONS } from '../../src/plan/method-options.ts';
import { PASSED_OPTIONS } from '../../src/plan/parse-option.ts';
import { itemCalls } from './support/item-calls.ts';
import { POLLUTIONS, whilePolluted } from './support/pollute.ts';

const { calls, outcomeOf } = itemCalls();

/** Every name that the guard looks for. */
const GUARDED = [...readFileSync(new URL('../../src/execute/carries-driver-name.ts', import.meta.url), 'utf8').matchAll(/'([^']+)' in holder/g)].map(([, name]) => name as string);

/** Every option that the driver has read from its options object in some version or other. */
const OPTIONS: readonly string[] = `allowDiskUse allowPartialResults arrayFilters authdb awaitData batchSize bsonRegExp
  bypassDocumentValidation bypassPinningCheck checkKeys collation comment cursor cursorType dbName documentsReturnedIn
  enableUtf8Validation exhaustAllowed explain fields fieldsAsRaw forceServerObjectId fsync hedge hint ignoreUndefined
  includeResultMetadata j journal let level limit max maxAwaitTimeMS maxStalenessSeconds maxTimeMS min moreToCome multi
  noCursorTimeout noResponse numberToReturn numberToSkip omitMaxTimeMS oplogReplay ordered out partial projection
  promoteBuffers promoteLongs promoteValues raw rawData readConcern readPreference readPreferenceTags retryWrites
  returnDocument returnFieldSelector returnKey secondaryOk serializeFunctions session showRecordId signal singleBatch skip
  sort tailable timeout timeoutContext timeoutMS timeoutMode upsert useBigInt64 w willRetryWrite writeConcern wtimeout
  wtimeoutMS`.split(/\s+/);

/** What the driver calls its own fields is of no type that a value of an option could have, so one value does for it. */
const namesFor = (pollution: string): readonly string[] => (/^(?:a text|a number|an object|undefined)$/.test(pollution) ? OPTIONS : [...new Set([...OPTIONS, ...GUARDED])]);

describe.each(Object.entries(calls))('%s', (_, call) => {
  it.each(Object.entries(POLLUTIONS))('sends and answers the same, or is refused and sends nothing, with %s at any name on Object.prototype', async (pollution, property) => {
    await outcomeOf(call);
    const clean = await outcomeOf(call);
    for (const name of namesFor(pollution)) {
      const { isRefused, text } = await whilePolluted(Object.prototype, name, property, () => outcomeOf(call));
      if (!isRefused) expect(text, name).toBe(clean.text);
    }
    expect((await outcomeOf(call)).text).toBe(clean.text);
  }, 120_000);
});

/** The methods whose plans are of another name. */
const SENT_AS = {
  findPopulated: 'aggregate',
  initializeOrderedBulkOp: 'bulkWrite',
  initializeUnorderedBulkOp: 'bulkWrite',
  execute: 'bulkWrite',
} as const;

it('each option that a call passes on is one of the pinned, so that no setter on Object.prototype takes it', () => {
  for (const method of Object.keys(METHOD_OPTIONS) as (keyof typeof METHOD_OPTIONS)[]) {
    const passed = METHOD_OPTIONS[method].filter((name) => PASSED_OPTIONS.has(name));
    const pinned = Object.keys(pinnedFor(method in SENT_AS ? SENT_AS[method as keyof typeof SENT_AS] : (method as Exclude<typeof method, keyof typeof SENT_AS>)));
    expect(passed.filter((name) => !pinned.includes(name))).toEqual([]);
  }
});

describe.each(['findOne', 'exists'] as const)('%s, which pins nothing while Object.prototype is clean,', (method) => {
  const pinned = pinnedFor(method);

  it('looks for each name that it would pin', () => {
    const unseen = Object.keys(pinned).filter((name) => !carriesDriverName(Object.fromEntries([[name, undefined]])));
    expect(unseen).toEqual([]);
  });

  it('sets whatever is pinned to a value, as it is pinned', () => {
    const values = Object.entries(pinned).filter(([name, value]) => value !== undefined && name !== 'moreToCome');
    expect(unpinnedForOne()).toEqual(Object.fromEntries(values));
  });
});
