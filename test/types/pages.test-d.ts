// Pages: what `paginate()` takes and returns, and what a call with something else says.
import type { Collection, Db } from 'mongodb';
import { createSafeDb, defineView, SafeCollection, type Page, type SafeSort, type SealKey } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';
import { rawUsers, users, userView } from './fixtures.ts';

interface Note { _id: string; title: string; tags: string[]; parts: { name: string }[]; author: { name: string }; secret: string }
const noteView = defineView<Note>()({
  public: { title: 1, tags: 1, 'parts.name': 1, 'author.name': 1 },
  arrays: { tags: 1, parts: 1 },
});
const notes = new SafeCollection(a<Collection<Note>>(), noteView);
const p = { projection: ['username'], limit: 20 } as const;
const n = { projection: ['title'], limit: 20 } as const;
declare const flag: boolean;

// The items have the projected shape. With `hasNext`, `next` is known to be there.
const page = await users.paginate({}, p);
type<string>(page.items[0]!.username);
type<string | null>(page.previous);
type<string | null>(page.next);
if (page.hasNext) type<string>(page.next);
else type<null>(page.next);
compiles(() => a<Page<{ readonly username: string }>>() satisfies { readonly items: readonly { readonly username: string }[] });
// refused at email: 'email' does not exist
page.items[0]!.email;
// refused at next: Cannot assign to 'next'
page.next = null;

compiles(() => users.paginate({ username: 'ada' }, { ...p, sort: { joined_at: -1, username: 1 }, after: page.next }));
compiles(() => users.paginate({}, { ...p, sort: [['joined_at', -1]], before: page.previous, collation: { locale: 'en' } }));
compiles(() => users.paginate({}, { ...p, after: a<string | undefined>(), before: undefined, sort: undefined }));
compiles(() => users.paginate({}, { ...p, after: flag ? a<string>() : null }));
compiles(() => users.paginate({}, { projection: userView, limit: a<number>() }));
compiles(() => users.paginate({}, { ...p, sort: a<SafeSort<typeof userView>>() }));
compiles(() => notes.paginate({}, { ...n, sort: { 'author.name': 1 }, collation: { locale: 'simple' } }));

// refused at {: is not assignable to parameter of type
users.paginate({}, { projection: ['username'] });
// refused at {: Property 'projection' is missing in type
users.paginate({}, { limit: 20 });
// refused at limit: 'undefined' is not assignable
users.paginate({}, { projection: ['username'], limit: undefined });
// refused at after: 'number' is not assignable
users.paginate({}, { ...p, after: 5 });
// refused at after: 'never'
users.paginate({}, { ...p, after: a<any>() });
// refused: 'skip' is not an option of paginate()
users.paginate({}, { ...p, skip: 1 });
// refused: 'batchSize' is not an option of paginate()
users.paginate({}, { ...p, batchSize: 1 });
// refused: 'after' is not an option of find()
users.find({}, { projection: ['username'], after: page.next });
// refused: 'password_hash' is not sortable in this view
users.paginate({}, { ...p, sort: { password_hash: 1 } });
// refused: 'password_hash' is not public in this view
users.paginate({}, { projection: ['password_hash'], limit: 20 });
// refused: 'password_hash' is not filterable in this view
users.paginate({ password_hash: 'x' }, p);
// refused: 'tags' is in an array, so a document has several values there: sort pages by a path with one
notes.paginate({}, { ...n, sort: { tags: 1 } });
// refused: 'parts.name' is in an array, so a document has several values there: sort pages by a path with one
notes.paginate({}, { ...n, sort: { title: 1, 'parts.name': -1 } });
// refused: 'tags' is in an array, so a document has several values there: sort pages by a path with one
notes.paginate({}, { ...n, sort: [['title', 1], ['tags', 1]] });
// refused at collation: '_id' may be a string, and a collation takes several strings for equal: leave `collation` out
notes.paginate({}, { ...n, collation: { locale: 'en' } });

// A privileged collection has no pages.
const logins = new PrivilegedCollection(rawUsers, userView, { reason: 'login' });
// refused at paginate: 'paginate' does not exist
logins.paginate({}, p);

// Keys.
compiles(() => createSafeDb(a<Db>(), { users: userView }, { sealKeys: [a<Buffer>(), a<Uint8Array>(), a<string>()] }));
compiles(() => new SafeCollection(rawUsers, userView, { sealKeys: a<readonly SealKey[]>() }));
compiles(() => new SafeCollection(rawUsers, userView, { sealKeys: undefined }));
// refused at sealKeys: 'string' is not assignable
createSafeDb(a<Db>(), { users: userView }, { sealKeys: 'secret' });
// refused at 5: 'number' is not assignable
new SafeCollection(rawUsers, userView, { sealKeys: [5] });
