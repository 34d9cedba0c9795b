/* oxlint-disable typescript/no-unnecessary-type-parameters -- type tests */
// Arguments of `sendable` that compile. The compiler can't distinguish a copy from a result; sendable() does, at run time.
import type { Collection, ObjectId } from 'mongodb';

import { defineView, SafeCollection, sendable } from '../../src/index.ts';
import { PrivilegedCollection } from '../../src/privileged.ts';

interface User {
  _id: ObjectId;
  username: string;
  password_hash: string;
}

const userView = defineView<User>()({ public: { username: 1 } });
declare const raw: Collection<User>;
declare const anything: any; // oxlint-disable-line typescript/no-explicit-any
declare function never(lines: () => unknown): void;

never(async () => {
  const user = await new SafeCollection(raw, userView).findOne({}, { projection: ['username'] });
  const login = await new PrivilegedCollection(raw, userView, { reason: 'x' }).findOne({}, { projection: ['username', 'password_hash'] });
  sendable(user);
  sendable({ user, users: [user], total: 1, next: null, token: 'x' }, { envelope: ['token'] });
  const copy: { readonly username: string } | null = sendable(user);
  void copy;
  // @ts-expect-error -- any
  sendable(anything);
  // @ts-expect-error -- any inside
  sendable({ user: anything });
  // @ts-expect-error -- a sensitive value
  sendable(login?.password_hash);
  // @ts-expect-error -- inside an envelope
  sendable({ hash: login?.password_hash });
  if (login === null) return;
  // @ts-expect-error -- a privileged result
  sendable(login);
  // @ts-expect-error -- in an array
  sendable({ users: [login] });
  // @ts-expect-error -- a function
  sendable({ toJSON: () => user });
  // @ts-expect-error -- not an option
  sendable(user, { keys: ['token'] });
});
