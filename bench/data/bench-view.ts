import { defineView } from 'safe-collection';

import type { BenchUser } from './bench-user.ts';

export const benchView = defineView<BenchUser>()({
  name: 'user',
  public: {
    username: 1,
    email: 1,
    joined_at: 1,
    age: 1,
    tags: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    'addresses.city': 1,
  },
  writable: { username: 1, email: 1, age: 1 },
  arrays: { tags: 1, addresses: 1 },
});
