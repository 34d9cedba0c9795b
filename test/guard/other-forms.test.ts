import { defineView } from 'safe-collection';
import { describe, it } from 'vitest';

import { twoWorlds, userView, type User } from '../support/worlds.ts';

const { refused } = twoWorlds();
const P = { projection: ['username'] } as const;
const other = defineView<User>()({ public: { username: 1, password_hash: 1 } });

describe('a sort', () => {
  it.each([
    [
      'the same path twice',
      [
        ['age', 1],
        ['age', -1],
      ],
    ],
    ['a pair of three', [['age', 1, 'x']]],
    ['a pair of one', [['age']]],
    ['a path and a direction side by side', ['age', 1]],
  ])('of %s is refused, and nothing is sent', async (_what, sort) => {
    await refused((u) => u.find({}, { ...P, sort } as never).toArray(), 'sort_value');
    await refused(
      (u) =>
        u
          .find({}, P)
          .sort(sort as never)
          .toArray(),
      'sort_value',
    );
    await refused((u) => u.findOne({}, { ...P, sort } as never), 'sort_value');
  });
});

describe('a projection', () => {
  it.each([
    ['another view', other],
    ['a selection of another view', other.select(['username'])],
  ])('that is %s is refused, and nothing is sent', async (_what, projection) => {
    await refused((u) => u.findOne({}, { projection } as never), 'projection_path');
    await refused((u) => u.find({}, { projection } as never).toArray(), 'projection_path');
    await refused((u) => u.findOneAndDelete({}, { projection } as never), 'projection_path');
    await refused(() => Promise.resolve(userView.pick({ username: 'ada' }, projection as never)), 'projection_path');
  });
});
