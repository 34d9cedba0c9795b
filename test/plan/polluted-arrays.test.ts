import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { op, trusted } from 'safe-collection';
import { itemCalls, SECRET } from './support/item-calls.ts';
import { POLLUTIONS, recorder, whilePolluted } from './support/pollute.ts';

const { calls, longCalls, insertMany, outcomeOf } = itemCalls();

const PROTOTYPES = [['Object.prototype', Object.prototype], ['Array.prototype', Array.prototype]] as const;
const INDEXES = ['0', '1', '2', '7', '15'];

describe.each(PROTOTYPES)('an element on %s', (_, prototype) => {
  it.each(Object.entries(calls))('that takes what is pushed ends %s before it gets anything private, and nothing is sent', async (_name, call) => {
    for (const index of INDEXES) {
      const { property, taken } = recorder();
      const { isRefused } = await whilePolluted(prototype, index, property, () => outcomeOf(call));
      expect(isRefused, index).toBe(true);
      expect(inspect(taken, { depth: null })).not.toContain(SECRET);
    }
  });

  it.each(Object.entries(calls))('that is read-only ends %s, and nothing is sent', async (_name, call) => {
    for (const index of INDEXES) {
      const { isRefused } = await whilePolluted(prototype, index, POLLUTIONS['a read-only text'] as PropertyDescriptor, () => outcomeOf(call));
      expect(isRefused, index).toBe(true);
    }
  });

  it.each(Object.entries(calls))('that is a value changes nothing of %s', async (_name, call) => {
    await outcomeOf(call);
    const clean = await outcomeOf(call);
    for (const index of INDEXES) {
      const { text } = await whilePolluted(prototype, index, POLLUTIONS['an object'] as PropertyDescriptor, () => outcomeOf(call));
      expect(text, index).toBe(clean.text);
    }
  });

  it('is looked for at the place of each document of a bulk', async () => {
    const { property, taken } = recorder();
    const { isRefused } = await whilePolluted(prototype, '40', property, () => outcomeOf(() => insertMany(41)));
    expect(isRefused).toBe(true);
    expect(inspect(taken, { depth: null })).not.toContain(SECRET);
    expect((await whilePolluted(prototype, '40', property, () => outcomeOf(() => insertMany(40)))).isRefused).toBe(false);
  });

  it.each(Object.entries(longCalls))('far behind changes nothing of %s', async (_name, call) => {
    await outcomeOf(call);
    const clean = await outcomeOf(call);
    for (const index of ['16', '20', '23']) {
      const { property, taken } = recorder();
      expect((await whilePolluted(prototype, index, property, () => outcomeOf(call))).text, index).toBe(clean.text);
      expect(inspect(taken, { depth: null })).not.toContain(SECRET);
    }
  });

  it('gets nothing of what op() and trusted() are given', async () => {
    const { property, taken } = recorder();
    await whilePolluted(prototype, '0', property, () => {
      trusted({ set: { secret: SECRET, list: [SECRET] }, filter: { $or: [{ secret: SECRET }] } });
      op({ $in: [SECRET] });
      return Promise.resolve();
    });
    expect(inspect(taken, { depth: null })).not.toContain(SECRET);
  });
});
