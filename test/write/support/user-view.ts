import type { ObjectId } from 'mongodb';
import { defineView } from 'safe-collection';

export interface User {
  _id: ObjectId;
  username: string;
  email?: string;
  age?: number;
  credits?: number;
  tags?: string[];
  joined_at?: Date;
  nickname?: string;
  profile?: { bio?: string; avatar?: string; ssn?: string };
  addresses?: { city: string; street?: string; access_code?: string }[];
  /** Writable by the caller, but not public. */
  recovery_phrase?: string;
  sessions?: { device?: string; token?: string }[];
  password_hash?: string;
  api_key?: string;
  internal_role?: string;
  tenant?: string;
}

/** The users of the tests: `recovery_phrase` and `sessions.device` are writable and neither public nor filterable. */
export const userView = defineView<User>()({
  name: 'users',
  public: {
    username: 1,
    email: 1,
    age: 1,
    credits: 1,
    tags: 1,
    joined_at: 1,
    nickname: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    'addresses.city': 1,
  },
  writable: {
    username: 1,
    email: 1,
    age: 1,
    credits: 1,
    tags: 1,
    joined_at: 1,
    nickname: 1,
    'profile.bio': 1,
    'addresses.city': 1,
    recovery_phrase: 1,
    'sessions.device': 1,
  },
  arrays: { tags: 1, addresses: 1, sessions: 1 },
});
