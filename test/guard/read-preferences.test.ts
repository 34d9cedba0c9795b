import { ReadPreference } from 'mongodb';
import { describe, expect, it } from 'vitest';

import { twoWorlds } from '../support/worlds.ts';

const { users, refused } = twoWorlds();
const P = { projection: ['username'] } as const;

describe('a read preference', () => {
  it.each([
    ['mode', 'zebra', 'option_value'],
    ['mode', { toString: () => 'nearest' }, 'option_value'],
    ['maxStalenessSeconds', { valueOf: (): number => 100, toBSON: (): object => ({ secret: 1 }) }, 'option_value'],
    ['maxStalenessSeconds', -1, 'option_value'],
    ['tags', { dc: 'east' }, 'option_value'],
    ['tags', [{ dc: () => 'east' }], 'input_invalid'],
    ['tags', [Object.defineProperty({}, 'dc', { get: () => 'east', enumerable: true })], 'input_invalid'],
  ])('whose %s was changed to %o is refused, and nothing is sent', async (key, value, code) => {
    const readPreference = Object.assign(new ReadPreference('nearest', [{ dc: 'east' }]), { [key]: value });
    await refused((u) => u.findOne({}, { ...P, readPreference }), code);
    await refused((u) => u.find({}, { ...P, readPreference }).toArray(), code);
    await refused((u) => u.countDocuments({}, { readPreference }), code);
    await refused((u) => u.distinct('username', {}, { readPreference }), code);
  });

  it('is taken as a mode, and as the driver writes it', async () => {
    for (const readPreference of [
      'nearest',
      new ReadPreference('primary'),
      new ReadPreference('secondaryPreferred', [{ dc: 'east' }, {}], { maxStalenessSeconds: 90 }),
    ] as const) {
      expect(await users().findOne({ username: 'ada' }, { ...P, readPreference })).toEqual({ username: 'ada' });
    }
  });
});
