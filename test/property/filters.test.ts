import * as fc from 'fast-check';
import { ObjectId } from 'mongodb';
import { DatabaseError, defineView, RefusedCallError, SafeCollection } from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { twoWorlds, userView, type User, type Users } from '../support/worlds.ts';
import { draws } from './support/draw.ts';
import { isAllowed, type FilterView } from './support/filter-oracle.ts';
import { randomFilter, type Source } from './support/random-filter.ts';
import { PROPERTY_TIMEOUT, runs } from './support/runs.ts';
import { rawFilter, safeFilter } from './support/write-filter.ts';

const { sameInBoth, client, raw, users } = twoWorlds();

const LEAVES = ['username', 'email', 'joined_at', 'age', 'profile.bio', 'profile.avatar', 'addresses.city'];
const PRIVATE = ['password_hash', 'internal_role', 'profile.ssn', 'addresses.access_code'];
const MALFORMED = [
  'addresses.0.city',
  'addresses.0',
  'username.x',
  'profile.bio.0',
  'profile.',
  '.username',
  '',
  'profile..bio',
  '$username',
  'profile.$bio',
  '__proto__',
  'nothing',
  'profile.constructor',
];

const source = (odds: number): Source => ({
  odds,
  allowed: [...LEAVES, '_id', '_id', '_id'],
  refused: [...PRIVATE, ...PRIVATE, ...MALFORMED],
  branches: ['profile', 'addresses'],
  scalars: ['ada', 'bob', 'London', 'bio ada', '', 20, 22, 21.5, true, null, new Date(2020, 1), new ObjectId()],
});

const plainView = defineView<User>()({
  public: { username: 1, email: 1, joined_at: 1, age: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  arrays: { addresses: 1 },
  operators: 'plain',
});

/** The reads that take a filter, each with the answer of the raw driver for the same filter. */
const READS: Readonly<
  Record<string, { safe: (users: Users, filter: never) => Promise<unknown>; raw: (filter: object) => Promise<unknown> }>
> = {
  find: {
    safe: async (held, filter) =>
      (await held.find(filter, { projection: ['username'] }).toArray()).map(({ username }) => username),
    raw: async (filter) => (await raw().find(filter).toArray()).map(({ username }) => username),
  },
  findOne: {
    safe: async (held, filter) =>
      (await held.findOne(filter, { projection: ['username'], sort: { username: -1 } }))?.username,
    raw: async (filter) => (await raw().findOne(filter, { sort: { username: -1 } }))?.username,
  },
  countDocuments: {
    safe: (held, filter) => held.countDocuments(filter),
    raw: (filter) => raw().countDocuments(filter),
  },
  exists: {
    safe: (held, filter) => held.exists(filter),
    raw: async (filter) => (await raw().findOne(filter)) !== null,
  },
  distinct: {
    safe: (held, filter) => held.distinct('username', filter),
    raw: (filter) => raw().distinct('username', filter),
  },
};

describe.each([
  ['tagged', userView, false],
  ['plain', plainView as unknown as typeof userView, true],
] as const)('in a view with %s operators', (_style, view, plainOperators) => {
  const grammar: FilterView = { leaves: new Set(LEAVES), exact: new Set(['_id']), plainOperators };

  it.each(Object.keys(READS))(
    '%s refuses exactly the filters that the grammar has not, and sends nothing for them',
    async (name) => {
      const { safe, raw: alone } = READS[name] as (typeof READS)[string];
      const sent: string[] = [];
      const listen = ({ commandName }: { commandName: string }): void => void sent.push(commandName);
      client.on('commandStarted', listen);
      let refusals = 0;
      let rows = 0;
      try {
        await fc.assert(
          fc.asyncProperty(draws(), fc.constantFrom(0, 2, 6), async (draw, odds) => {
            const filter = randomFilter(draw, source(odds));
            sent.length = 0;
            const given = await settle(() => safe(new SafeCollection(raw(), view), safeFilter(filter) as never));
            if (isAllowed(filter, grammar)) {
              const wanted = await settle(() => alone(rawFilter(filter)));
              expectSame(given, wanted);
              if (!(wanted instanceof Error)) rows += 1;
            } else {
              expect(given).toBeInstanceOf(RefusedCallError);
              expect(sent).toEqual([]);
              refusals += 1;
            }
          }),
          runs(250, Object.keys(READS).indexOf(name) + (plainOperators ? 100 : 0)),
        );
      } finally {
        client.off('commandStarted', listen);
      }
      // A generator that makes only one kind would let every guard pass.
      expect(refusals).toBeGreaterThan(50);
      expect(rows).toBeGreaterThan(50);
    },
    PROPERTY_TIMEOUT,
  );
});

it(
  'every read gives the same for an allowed filter in two worlds that differ in what is private',
  async () => {
    await fc.assert(
      fc.asyncProperty(draws(), fc.constantFrom(...Object.values(READS)), async (draw, { safe }) => {
        const filter = randomFilter(draw, source(0));
        await sameInBoth(async (held) => await safe(held, safeFilter(filter) as never));
      }),
      runs(150, 200),
    );
    expect(await users().countDocuments({})).toBe(4);
  },
  PROPERTY_TIMEOUT,
);

async function settle(call: () => Promise<unknown>): Promise<unknown> {
  return await (async () => await call())().catch((error: unknown) => error);
}

/** The same rows as the raw driver, or the server's refusal of a pattern or an operator under the same code. */
function expectSame(given: unknown, wanted: unknown): void {
  if (!(wanted instanceof Error)) return expect(given).toEqual(wanted);
  expect(given).toBeInstanceOf(DatabaseError);
  expect((given as DatabaseError).serverCode).toBe((wanted as { code?: number }).code);
}
