import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { SafeCollection, SafeCollectionError } from 'safe-collection';
import { loose } from './support/loose.ts';
import { Dice, randomUpdate } from './support/random-update.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';
import { mayChange, rest } from './support/write-oracle.ts';

/** `npm run fuzz:writes` sets another count and, if given, another seed. */
const COUNT = Number(process.env['FUZZ_WRITES'] ?? 4_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const BATCH = 200;

const server = testServer();

const stored = (index: number): object => ({
  username: `user-${index}`,
  email: 'e@example.org',
  age: 30,
  credits: index % 7,
  tags: ['math', 'film', 'chess'],
  nickname: 'n',
  joined_at: new Date(1e12),
  profile: { bio: 'b', avatar: 'a', ssn: `ssn-${index}` },
  addresses: [
    { city: 'Paris', street: 's1', access_code: 'L1' },
    { city: 'Oslo', access_code: 'L0' },
    { city: 'Rome', street: 's0', access_code: 'L2' },
  ],
  sessions: [{ device: 'd', token: 't' }],
  password_hash: 'h',
  api_key: `k-${index}`,
  internal_role: 'user',
  recovery_phrase: 'r',
  tenant: 'north',
});

it(
  `${COUNT} random updates change nothing but what the view and the update allow (seed ${SEED})`,
  async () => {
    const raw = server.db.collection<User>('fuzzed');
    const users = loose(new SafeCollection(raw, userView));
    const dice = new Dice(SEED);
    const totals = { sent: 0, refused: 0, failed: 0, changed: 0 };
    for (let done = 0; done < COUNT; done += BATCH) {
      await raw.deleteMany({});
      const before = Array.from({ length: Math.min(BATCH, COUNT - done) }, (_, index) => stored(index));
      await raw.insertMany(before as never, { forceServerObjectId: false });
      server.forget();
      const tries = before.map((document) => ({ document: document as User, ...randomUpdate(dice) }));
      const ends = await Promise.all(
        tries.map(async ({ document, update, arrayFilters, upsert }) => {
          const filter = { username: document.username, 'addresses.city': 'Oslo' };
          const options = { ...(arrayFilters.length === 0 ? {} : { arrayFilters }), ...(upsert ? { upsert } : {}) };
          try {
            await users.updateOne(filter, update, options);
            return 'sent';
          } catch (error) {
            if (!(error instanceof SafeCollectionError)) throw error;
            return error.name === 'RefusedCallError' ? 'refused' : 'failed';
          }
        }),
      );
      expect(server.sent).toHaveLength(ends.filter((end) => end !== 'refused').length);
      const after = new Map((await raw.find().toArray()).map((document) => [String(document._id), document]));
      for (const [index, { document, update }] of tries.entries()) {
        const end = ends[index] as keyof typeof totals;
        totals[end] += 1;
        const allowed = mayChange(update);
        const label = `seed ${SEED}, update ${done + index}: ${inspect(update, { depth: 5 })}`;
        if (allowed === undefined) expect(end, label).toBe('refused');
        const now = after.get(String(document._id));
        after.delete(String(document._id));
        expect(rest(now, end === 'sent' ? (allowed ?? new Set()) : new Set()), label).toBe(
          rest(document, end === 'sent' ? (allowed ?? new Set()) : new Set()),
        );
        if (rest(now, new Set()) !== rest(document, new Set())) totals.changed += 1;
      }
      expect([...after.values()], 'unexpected documents').toEqual([]);
    }
    console.log(
      `fuzz:writes: ${COUNT} updates, ${totals.sent} accepted (${totals.changed} changed a document), ${totals.failed} failed on the server, ${totals.refused} refused`,
    );
    expect(totals.sent).toBeGreaterThan(COUNT / 4);
    expect(totals.changed).toBeGreaterThan(COUNT / 5);
  },
  Math.max(120_000, COUNT * 40),
);
