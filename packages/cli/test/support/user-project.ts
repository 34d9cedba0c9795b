import { expect } from 'vitest';

import { compile } from './compile.ts';
import { folderOf } from './folder.ts';

export const MODEL = `import type { ObjectId } from 'mongodb';
export interface User { _id: ObjectId; username: string; age: number; tags: string[]; profile: { bio: string; avatar: string }; password_hash: string; deleted_at: Date | null; notes?: { by: string; text: string }[] }
`;
export const VIEWS = `import { defineView } from 'safe-collection';
import type { User } from './model.js';

export const userView = defineView<User>()({
  name: 'users',
  public: { username: 1, age: 1, tags: 1, 'profile.bio': 1, 'profile.avatar': 1, 'notes.by': 1, 'notes.text': 1 },
  writable: { age: 1 },
  arrays: { tags: 1, notes: 1 },
});
`;
export const HEAD = `import { ObjectId, type Db, type Filter, type FindOptions, type Sort } from 'mongodb';
import type { User } from './model.js';

const users = (db: Db) => db.collection<User>('users');

`;

/** A project with the given function in it, which compiles as it is. */
export function projectOf(code: string, files: Readonly<Record<string, string>> = {}) {
  const folder = folderOf({
    'model.ts': MODEL,
    'views.ts': VIEWS,
    'code.ts': `${HEAD}${code}\n\nexport const raw = { users };\nexport type Kept = [Filter<User>, FindOptions, Sort, ObjectId];\n`,
    ...files,
  });
  expect(compile(folder)).toBe('');
  return folder;
}
