import type { ObjectId } from 'mongodb';
import { defineView, subtree } from 'safe-collection';

import { leafPaths } from '../../property/support/read-oracle.ts';

/** The documents that a hostile server answers with. */
export interface StoredUser {
  _id: ObjectId;
  username: string;
  tags: string[];
  profile?: { bio?: string; ssn?: string };
  addresses: { city: string; code?: string }[];
  settings: Record<string, unknown>;
  secret?: string;
}

export const storedUserView = defineView<StoredUser>()({
  public: { username: 1, tags: 1, 'profile.bio': 1, 'addresses.city': 1, settings: subtree },
  arrays: { tags: 1, addresses: 1 },
});

/** The paths of the view, as a stage names them. */
export const PROJECTION = { username: 1, tags: 1, 'profile.bio': 1, 'addresses.city': 1, settings: 1 };

/** The paths that may come out. What is below `settings` is open. */
const PLANNED = /^(?:username|tags|profile|profile\.bio|addresses|addresses\.city|settings(?:\..*)?|)$/s;

/** The paths of results that no projection planned. */
export function surplusPaths(results: readonly unknown[]): readonly string[] {
  return results.flatMap((document) => leafPaths(document)).filter((path) => !PLANNED.test(path));
}
