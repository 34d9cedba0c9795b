import type { ObjectId } from 'mongodb';
import { defineView } from '../../src/index.ts';

/** A typical document: some fields for a page, and more for a form. */
export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  age: number;
  joined_at: Date;
  password_hash: string;
  profile: { bio: string; avatar: string };
  fields: Readonly<Record<`f${number}`, string>>;
}

/** More paths than the widest projection here. */
export const FIELDS: readonly string[] = Array.from({ length: 40 }, (_, index) => `fields.f${index}`);

const paths = Object.fromEntries(
  ['username', 'email', 'age', 'joined_at', 'profile.bio', 'profile.avatar', ...FIELDS].map((path) => [path, 1]),
);

/** The specification is made at run time, which the compiler would refuse, because only the guard is measured. */
export const userView: object = defineView<User>()({ public: paths, writable: paths } as never);
