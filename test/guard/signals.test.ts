import { getEventListeners } from 'node:events';

import { defineView, SafeCollection } from 'safe-collection';
import { beforeAll, describe, expect, it } from 'vitest';

import { testServer } from '../write/support/server.ts';

interface Note {
  text: string;
  n: number;
}

const server = testServer();
const raw = () => server.db.collection<Note>('signals');
const notes = () => new SafeCollection(raw(), defineView<Note>()({ public: { text: 1, n: 1 } }));
const P = { projection: ['n'] } as const;

/** Each method that takes a signal, read to its end. */
const READS: Readonly<Record<string, (signal: AbortSignal) => Promise<unknown>>> = {
  find: (signal) =>
    notes()
      .find({}, { ...P, signal, batchSize: 2 })
      .toArray(),
  'find, in a loop': async (signal) => {
    const found: object[] = [];
    for await (const note of notes().find({}, { ...P, signal, batchSize: 2 })) found.push(note);
    return found;
  },
  findOne: (signal) => notes().findOne({}, { ...P, signal }),
  exists: (signal) => notes().exists({}, { signal }),
  countDocuments: (signal) => notes().countDocuments({}, { signal }),
  aggregate: (signal) =>
    notes()
      .aggregate([{ $project: { n: 1 } }], { signal, batchSize: 2 })
      .toArray(),
};

/** The members of a signal that code may ask for. */
const MEMBERS = [
  'aborted',
  'reason',
  'throwIfAborted',
  'addEventListener',
  'removeEventListener',
  'dispatchEvent',
  'onabort',
];

beforeAll(async () => {
  await raw().insertMany([1, 2, 3, 4, 5].map((n) => ({ text: 'a', n })));
});

describe.each(Object.entries(READS))('%s', (_, read) => {
  it('runs none of the methods of a signal, its own or those of a subclass', async () => {
    const ran: string[] = [];
    const member = (name: string): PropertyDescriptor => ({
      configurable: true,
      get: () => (ran.push(name), name === 'aborted' ? false : () => ran.push(name)),
      set: () => undefined,
    });
    const own = new AbortController().signal;
    const inherited = new AbortController().signal;
    const below = Object.create(AbortSignal.prototype) as object;
    for (const name of MEMBERS) for (const holder of [own, below]) Object.defineProperty(holder, name, member(name));
    Object.setPrototypeOf(inherited, below);
    const clean = await read(new AbortController().signal);
    expect(await read(own)).toEqual(clean);
    expect(await read(inherited)).toEqual(clean);
    expect(ran).toEqual([]);
  });

  it('ends with the reason of a signal that was aborted before, and sends nothing', async () => {
    const reason = new Error('mine');
    server.forget();
    await expect(read(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.sent).toEqual([]);
  });

  it('ends with the reason of a signal that is aborted during the call, with or without own methods', async () => {
    for (const change of [
      (signal: AbortSignal) => signal,
      (signal: AbortSignal) => Object.defineProperty(signal, 'aborted', { get: () => false }),
    ]) {
      for (const ticks of [0, 1, 4, 9]) {
        const controller = new AbortController();
        const reason = { mine: true };
        const answer = read(change(controller.signal));
        answer.catch(() => undefined);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
        controller.abort(reason);
        await expect(answer).rejects.toBe(reason);
      }
    }
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    await read(signal);
    await read(signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
