/* oxlint-disable typescript/no-unnecessary-type-parameters -- type tests */
// Reads of trusted code, their results, and that a sensitive value is never accepted as an exposed one.
import type { Collection, ObjectId } from 'mongodb';

import { defineView, type Exposed, op, type PublicOf, SafeCollection, subtree } from '../../src/index.ts';
import { PrivilegedCollection, type Sensitive } from '../../src/privileged.ts';

interface User {
  _id: ObjectId;
  username: string;
  email: string;
  password_hash: string;
  api_key?: string;
  deleted_at: Date | null;
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; access_code: string }[];
  scopes: string[];
  prefs: Record<string, number>;
  open: Record<string, unknown>;
  contact: { kind: 'mail'; address: string } | { kind: 'phone'; number: string; pin: string };
}

const userView = defineView<User>()({ public: { username: 1, email: 1, 'profile.bio': 1, 'addresses.city': 1, prefs: subtree }, arrays: { addresses: 1 } });
declare const raw: Collection<User>;
declare const wide: number;
declare const anything: any; // oxlint-disable-line typescript/no-explicit-any
declare const text: string;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function isTrue<T extends true>(): T;
/** The code in the function has to compile unless marked otherwise. It never runs. */
declare function never(lines: () => unknown): void;

never(async () => {
  const logins = new PrivilegedCollection(raw, userView, { reason: 'login' });

  // Public leaves are plain, private ones sealed; optional stays optional, arrays keep their nesting.
  const user = await logins.findOne(
    { username: 'ada' },
    { projection: { _id: 1, username: 1, api_key: 1, deleted_at: 1, 'profile.bio': 1, 'profile.ssn': 1, 'addresses.access_code': 1, scopes: 1, 'prefs.dark': 1 } },
  );
  if (user === null) return;
  isTrue<Equal<typeof user._id, Sensitive<ObjectId>>>();
  isTrue<Equal<typeof user.username, string>>();
  isTrue<Equal<typeof user.api_key, Sensitive<string> | undefined>>();
  isTrue<Equal<typeof user.deleted_at, Sensitive<Date | null>>>();
  isTrue<Equal<NonNullable<typeof user.profile>['bio'], string | undefined>>();
  isTrue<Equal<NonNullable<typeof user.profile>['ssn'], Sensitive<string>>>();
  isTrue<Equal<(typeof user.addresses)[number]['access_code'], Sensitive<string>>>();
  isTrue<Equal<typeof user.scopes, Sensitive<string[]>>>();
  isTrue<Equal<typeof user.prefs, { readonly dark?: number }>>();
  // @ts-expect-error -- it was not projected
  void user.password_hash;
  // @ts-expect-error -- a result is read-only
  user.username = 'eve';
  isTrue<Equal<Parameters<typeof user._id.verify>[0], (value: ObjectId) => Promise<boolean>>>();

  // A union of documents stays a union.
  const phone = await logins.findOne({}, { projection: ['contact.kind', 'contact.pin'] });
  if (phone !== null && 'pin' in phone.contact) isTrue<Equal<typeof phone.contact.pin, Sensitive<string>>>();

  // A field without fixed leaves is read as a subtree.
  const opened = await logins.findOne({}, { projection: { open: subtree } });
  isTrue<Equal<NonNullable<typeof opened>['open'], Sensitive<Record<string, unknown>>>>();
  const cursor = logins.find({}, { projection: ['password_hash'], sort: { 'profile.ssn': -1 } }).sort({ email: 1 });
  isTrue<Equal<Awaited<ReturnType<typeof cursor.toArray>>[number]['password_hash'], Sensitive<string>>>();
  isTrue<Equal<Awaited<ReturnType<typeof logins.distinct<'scopes', {}, {}>>>, Sensitive<string>[]>>();
  isTrue<Equal<Awaited<ReturnType<typeof logins.distinct<'email', {}, {}>>>, string[]>>();

  // A result is not Exposed, and a sensitive value is not accepted as one.
  const exposed = await new SafeCollection(raw, userView).findOne({}, { projection: userView });
  if (exposed === null) return;
  const publicOnly = await logins.findOne({}, { projection: ['username'] });
  if (publicOnly === null) return;
  // @ts-expect-error -- a privileged result is not exposed, even if it has only public leaves
  never((): Exposed<{ readonly username: string }> => publicOnly);
  // @ts-expect-error -- nor can it be made so by a spread
  never((): Exposed<{ readonly username: string }> => ({ ...publicOnly }));
  // @ts-expect-error -- a Sensitive is not the string in it
  never((): Exposed<PublicOf<typeof userView>> => ({ ...exposed, email: user.profile?.ssn }));
  // @ts-expect-error -- an Exposed with an additional sensitive field
  never((): Exposed<PublicOf<typeof userView>> => ({ ...exposed, password_hash: user.api_key }));
  // @ts-expect-error -- a Sensitive itself
  never((): Exposed<{ readonly sensitive: string }> => user._id);

  // A projection is required, and names leaves of the document.
  // @ts-expect-error -- no options
  void logins.findOne({});
  // @ts-expect-error -- no projection
  void logins.findOne({}, {});
  // @ts-expect-error -- an empty one
  void logins.findOne({}, { projection: {} });
  // @ts-expect-error -- an empty array
  void logins.findOne({}, { projection: [] });
  // @ts-expect-error -- nothing but an exclusion
  void logins.findOne({}, { projection: { _id: 0 } });
  // @ts-expect-error -- not a path of the document
  void logins.findOne({}, { projection: { pasword_hash: 1 } });
  // @ts-expect-error -- a branch
  void logins.findOne({}, { projection: { profile: 1 } });
  // @ts-expect-error -- an array of subdocuments
  void logins.findOne({}, { projection: ['addresses'] });
  // @ts-expect-error -- a wide value
  void logins.findOne({}, { projection: { password_hash: wide } });
  // @ts-expect-error -- any
  void logins.findOne({}, { projection: anything });
  // @ts-expect-error -- a path known at run time only
  void logins.findOne({}, { projection: [text] });
  // @ts-expect-error -- a condition
  void logins.findOne({}, { projection: wide > 1 ? { username: 1 } : { password_hash: 1 } });
  // @ts-expect-error -- no fixed leaves
  void logins.findOne({}, { projection: { open: 1 } });
  // @ts-expect-error -- a leaf is not a subtree
  void logins.findOne({}, { projection: { password_hash: subtree } });
  // @ts-expect-error -- the view is for a SafeCollection
  void logins.findOne({}, { projection: userView });
  // @ts-expect-error -- and so is a selection
  void logins.findOne({}, { projection: userView.select({ username: 1 }) });

  // A filter names any path, with operators made by op().
  void logins.exists({ password_hash: 'x', _id: op({ $gt: null }), $or: [{ 'profile.ssn': op({ $ne: null }) }, { scopes: 'read' }] });
  void logins.exists({ addresses: op({ $elemMatch: { access_code: 'x' } }), 'open.a': 1 as never });
  // @ts-expect-error -- not a path of the document
  void logins.exists({ pasword_hash: 'x' });
  // @ts-expect-error -- another type
  void logins.exists({ password_hash: 1 });
  // @ts-expect-error -- a plain operator object
  void logins.exists({ password_hash: { $ne: 'x' } });
  // @ts-expect-error -- below $or too
  void logins.exists({ $or: [{ password_hash: { $ne: 'x' } }] });
  // @ts-expect-error -- JavaScript
  void logins.exists({ $where: 'true' });
  // @ts-expect-error -- an expression
  void logins.exists({ $expr: {} });
  // @ts-expect-error -- a branch
  void logins.exists({ profile: { ssn: 'x' } });
  // @ts-expect-error -- a path of no element
  void logins.exists({ addresses: op({ $elemMatch: { acces_code: 'x' } }) });
  // @ts-expect-error -- any
  void logins.exists({ password_hash: anything });
  // @ts-expect-error -- any as the filter
  void logins.exists(anything);

  // @ts-expect-error -- any as the filter of each other method
  void logins.findOne(anything, { projection: ['username'] });
  // @ts-expect-error -- any as the filter
  logins.find(anything, { projection: ['username'] });
  // @ts-expect-error -- any as the filter
  void logins.countDocuments(anything);
  // @ts-expect-error -- any as the filter
  void logins.distinct('username', anything);
  // @ts-expect-error -- any as the key
  void logins.distinct(anything, {});
  // @ts-expect-error -- any as the key
  void logins.distinct(anything);
  // @ts-expect-error -- no filter at all is another thing
  void logins.distinct('username', undefined);

  // Options and sorts are exact.
  // @ts-expect-error -- any as the options
  void logins.findOne({}, anything);
  // @ts-expect-error -- any as the options
  logins.find({}, anything);
  // @ts-expect-error -- not an option here
  void logins.findOne({}, { projection: ['username'], trusted: anything });
  // @ts-expect-error -- any as the value of an option
  void logins.findOne({}, { projection: ['username'], maxTimeMS: anything });
  // @ts-expect-error -- refused for good
  void logins.findOne({}, { projection: ['username'], hint: 'x' });
  // @ts-expect-error -- not a path
  void logins.findOne({}, { projection: ['username'], sort: { pasword_hash: 1 } });
  // @ts-expect-error -- not a direction
  void logins.findOne({}, { projection: ['username'], sort: { password_hash: 2 } });
  // @ts-expect-error -- the cursor's own sort takes the view's sortable paths
  logins.find({}, { projection: ['username'] }).sort({ password_hash: 1 });
  // @ts-expect-error -- a branch
  void logins.distinct('profile', {});
  // @ts-expect-error -- a branch
  void logins.distinct('profile');

  // A privileged collection needs the raw collection, the view and a reason.
  // @ts-expect-error -- no reason
  void new PrivilegedCollection(raw, userView, {});
  // @ts-expect-error -- a SafeCollection is not accepted
  void new PrivilegedCollection(new SafeCollection(raw, userView), userView, { reason: 'x' });
  // @ts-expect-error -- another collection
  void new PrivilegedCollection(anything as Collection<{ a: string }>, userView, { reason: 'x' });

  // Sensitive: equals() is for strings and bytes, verify() gives a boolean.
  void user.profile?.ssn.equals(Buffer.from('x'));
  // @ts-expect-error -- a date has no equals
  user.deleted_at.equals('x');
  // @ts-expect-error -- it compares with a string or bytes
  user.profile?.ssn.equals(1);
  // @ts-expect-error -- a verdict is a boolean
  void user.profile?.ssn.verify((ssn) => ssn);
  // @ts-expect-error -- a Sensitive is not a string
  text.startsWith(user._id);
});
