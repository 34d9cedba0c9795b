import { MongoClient, type ObjectId } from 'mongodb';
import { createSafeDb, defineView, everything, op, trusted } from 'safe-collection';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { callContext } from '../../src/errors/call-context.ts';
import { isBare } from '../../src/input/bare.ts';
import { copyInput } from '../../src/input/copy-input.ts';
import { trustedRules } from '../../src/plan/filter/filter-rules.ts';
import { parseFilter } from '../../src/plan/filter/parse-filter.ts';
import { anyPath, parseSort } from '../../src/plan/filter/parse-sort.ts';
import { parseExpression } from '../../src/plan/pipeline/parse-expression.ts';
import { parseUpdate } from '../../src/plan/update/parse-update.ts';
import { policyOf } from '../../src/view/policies.ts';
import { loose } from '../write/support/loose.ts';
import { itemCalls } from './support/item-calls.ts';

const { calls, outcomeOf } = itemCalls();

interface Place {
  _id: ObjectId;
  name: string;
  owner: string;
  tags: string[];
}

const view = defineView<Place>()({
  public: { name: 1, owner: 1, tags: 1 },
  writable: { name: 1, owner: 1, tags: 1 },
  arrays: { tags: 1 },
});

/** Nothing is sent, so no server is asked. */
const places = createSafeDb(new MongoClient('mongodb://127.0.0.1:1').db('none'), { places: view }).places;
const filter = { name: 'a', $or: [{ owner: 'b' }, { tags: op({ $in: ['c'] }) }] };
const join = { from: 'places', localField: 'owner', foreignField: 'name', filter, sort: { name: 1 } };

const STEPS: Readonly<Record<string, () => unknown>> = {
  'a bulk, step by step': () => {
    const bulk = loose(places).initializeOrderedBulkOp();
    const found = bulk
      .find(filter)
      .arrayFilters([{ t: 'x' }])
      .collation({ locale: 'en' });
    found.update({ $set: { 'tags.$[t]': 'z' } }, { trusted: trusted({ filter: { name: 'q' } }) });
    bulk
      .find({ name: 'a' })
      .upsert()
      .updateOne({ $set: { owner: 'x' } });
    bulk.find(filter).delete();
    bulk.find(everything).delete();
    return bulk.insert({ name: 'n', tags: ['t'] }, { trusted: trusted({ set: { owner: 'o' } }) });
  },
  'a pipeline, step by step': () =>
    places
      .pipeline({ trusted: trusted({ filter: { owner: 'x' } }) })
      .match(filter)
      .group({ _id: '$owner', names: { $push: '$name' } })
      .project({ names: 1 })
      .cursor(),
  findPopulated: () =>
    places.findPopulated(filter, {
      projection: ['name'],
      sort: { name: 1 },
      populate: { found: { ...join, projection: ['name'] } },
    } as never),
};

/** The objects whose keys the library read as it reads a caller's. */
function readObjects(): readonly object[] {
  return vi.mocked(Object.getOwnPropertySymbols).mock.calls.map(([holder]) => holder as object);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('no value is copied twice', () => {
  it.each(Object.entries(STEPS))('%s', (_, steps) => {
    vi.spyOn(Object, 'getOwnPropertySymbols');
    steps();
    const read = readObjects();
    expect(read).toContain(filter);
    expect(read.filter(isBare)).toEqual([]);
  });

  it.each(Object.entries(calls))('%s', async (_, call) => {
    vi.spyOn(Object, 'getOwnPropertySymbols');
    await outcomeOf(call);
    expect(readObjects().filter(isBare)).toEqual([]);
  });
});

it('a parser takes copies only', () => {
  const call = callContext('find', 'users');
  const policy = policyOf(defineView<{ name: string }>()({ public: { name: 1 } }), call);
  const raw = { name: 'ada' };
  // @ts-expect-error -- a caller's own object
  expect(() => parseFilter(raw, trustedRules(policy), call)).toThrow('A filter must be an object');
  // @ts-expect-error -- a caller's own object
  expect(() => parseSort({ name: 1 }, anyPath(policy), call)).toThrow('A sort must be');
  // @ts-expect-error -- a caller's own object
  expect(() => parseUpdate({ $set: raw }, undefined as never, call)).toThrow('An update must be');
  // @ts-expect-error -- a caller's own object
  expect(() => parseExpression(raw, { call } as never)).toThrow('op() and trusted()');
  expect(parseFilter(copyInput(raw, 'the filter', call), trustedRules(policy), call)).toEqual(raw);
});
