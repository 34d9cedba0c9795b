import { defineView } from 'safe-collection';

import type { User } from './user.ts';

/** What a client may see of a user. A field that is not named here is private, and so is each one added later. */
export const userView = defineView<User>()({
  name: 'user',
  public: { username: 1, email: 1, joined_at: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
});

/** The few fields that a list or a byline needs. */
export const userSummary = userView.select({ username: 1, joined_at: 1, 'profile.avatar': 1 });
