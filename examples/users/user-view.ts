import { defineView } from 'safe-collection';
import { z } from 'zod';

import type { User } from './user.ts';

/** The validators of the fields that a client may write. The view refuses fields that are not writable before. */
const fields = { username: z.string().regex(/^[a-z][a-z0-9_]{2,30}$/), email: z.email().max(254) };
const bio = z.string().max(500);

/** The fields of a user that a client may read and write. Fields that are not named here are private, including those added later. */
export const userView = defineView<User>()({
  name: 'user',
  public: { username: 1, email: 1, joined_at: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  writable: { username: 1, email: 1, 'profile.bio': 1 },
  arrays: { addresses: 1 },
  timestamps: { createdAt: 'joined_at' },
  validate: {
    insert: z.strictObject({ ...fields, profile: z.strictObject({ bio }).optional() }),
    update: z.strictObject({ $set: z.strictObject({ ...fields, 'profile.bio': bio }).partial() }),
  },
});

/** The few fields that a list or a byline needs. */
export const userSummary = userView.select({ username: 1, joined_at: 1, 'profile.avatar': 1 });
