// Views that compile, and the messages for others.
import type { Code, Collection, DBRef, Document, ObjectId } from 'mongodb';
import { defineView, SafeCollection, subtree, type CollectionOf, type PublicOf } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { orders, rawOrders, rawUsers, users, userView, orderView, type Order, type User } from './fixtures.ts';

declare const flag: boolean;
const view = defineView<User>();

compiles(() => view({ public: { username: 1, 'profile.bio': 1, 'addresses.city': 1, settings: subtree }, arrays: { addresses: 1 } }));
compiles(() => view({ name: 'users', public: { username: 1 }, writable: { email: 1 }, operators: 'plain' }));
compiles(() => view({ public: { username: 1 }, filterable: { api_key: 1, username: 0 }, sortable: { 'profile.ssn': 1 }, joinable: { _id: 0 } }));
compiles(() => view({ public: { _id: 1, username: 1 } }));
compiles(() => view({ public: { username: 1, age: 1 }, version: 'age' }));
compiles(() => view({ public: { username: 1, age: 1 }, filterable: { age: 0 }, version: 'age' }));
compiles(() => view({ public: { username: 1 }, filterable: { age: 1 }, version: 'age' }));
compiles(() => view({ public: { 'settings.theme': 1 } }));

// refused at {}: 'public' is missing
view({});
// refused at public: a view needs at least one public path
view({ public: {} });
// refused: 'nothing' is not a path of this document
view({ public: { nothing: 1 } });
// refused: 'profile.nothing' is not a path of this document
view({ public: { 'profile.nothing': 1 } });
// refused: 'username.length' is not a path of this document
view({ public: { 'username.length': 1 } });
// refused: 'addresses.0.city' is not a path of this document
view({ public: { 'addresses.0.city': 1 } });
// refused: 'addresses.length' is not a path of this document
view({ public: { 'addresses.length': 1 } });
// refused: 'profile' is a branch: name its leaves
view({ public: { profile: 1 } });
// refused: 'addresses' is a branch: name its leaves
view({ public: { addresses: 1 } });
// refused: 'profile' is a branch: name its leaves
view({ public: { profile: 1, 'profile.bio': 1 } });
// refused: 'settings' has no fixed leaves: write subtree to return everything below it
view({ public: { settings: 1 } });
// refused: 'settings' already covers 'settings.theme'
view({ public: { settings: subtree, 'settings.theme': 1 } });
// refused: 'username' is a leaf: write 1
view({ public: { username: subtree } });
// refused at version: 'age' is neither public nor filterable, and `options.version` compares with it
view({ public: { username: 1 }, version: 'age' });
// refused at version: 'age' is neither public nor filterable, and `options.version` compares with it
view({ public: { username: 1 }, writable: { email: 1 }, sortable: { age: 1 }, joinable: { age: 1 }, version: 'age' });
// refused at version: 'email' is not a number field of this document
view({ public: { username: 1, email: 1 }, version: 'email' });
// refused: 'profile' is a branch: name its leaves
view({ public: { profile: subtree } });
// refused: 'settings.$where' is not a path of this document
view({ public: { 'settings.$where': 1 } });
// refused: 'settings.' is not a path of this document
view({ public: { 'settings.': 1 } });
// refused: 'settings.__proto__' is not a path of this document
view({ public: { 'settings.__proto__': 1 } });
// refused at username: 'username' is a leaf: write 1
view({ public: { username: 0 } });
// refused at username: 'username' is a leaf: write 1
view({ public: { username: true } });
// refused at username: 'username' is a leaf: write 1
view({ public: { username: a<number>() } });
// refused at username: 'username' is a leaf: write 1
view({ public: { username: flag ? 1 : subtree } });
// refused at public: 'username' is a leaf: write 1
view({ public: a<{ username?: 1 }>() });
// refused at username: 'never'
view({ public: { username: a<any>() } });
// refused at public: 'never'
view({ public: a<any>() });
// refused at public: a view must be a literal, not chosen by a condition
view({ public: flag ? { username: 1 } : { username: 1, email: 1 } });
// refused at a<any: 'never'
view(a<any>());
// refused at a<unknown: 'unknown' is not assignable
view(a<unknown>());
// refused at public: write the path as a literal
view({ public: a<Record<string, 1>>() });
// refused at surplus: 'surplus' is not a part of a view
view({ public: { username: 1 }, surplus: {} });
// refused at surplus: 'never'
view({ public: { username: 1 }, surplus: a<any>() });
// refused at nothing: 'never'
view({ public: { nothing: a<any>() } });
// refused at writable: 'never'
view({ public: { username: 1 }, writable: a<any>() });
// refused at nothing: 'never'
view({ public: { username: 1 }, filterable: { nothing: a<any>() } });
// refused at createdAt: 'never'
view({ public: { username: 1 }, timestamps: { createdAt: a<any>() } });
// refused at joined_at: 'never'
view({ public: { username: 1 }, defaults: { joined_at: a<any>() } });
// refused: 'nothing' is not a path of this document
view({ public: { username: 1 }, writable: { nothing: 1 } });
// refused: 'profile' is a branch: name the leaves that are writable
view({ public: { username: 1 }, writable: { profile: 1 } });
// refused: 'nothing' is not a path of this document
view({ public: { username: 1 }, filterable: { nothing: 1 } });
// refused: 'nothing' is not a path of this document
view({ public: { username: 1 }, sortable: { nothing: 1 } });
// refused: 'nothing' is not a path of this document
view({ public: { username: 1 }, joinable: { nothing: 1 } });
// refused at email: write 1 to add a path, 0 to remove one
view({ public: { username: 1 }, filterable: { email: true } });
// refused at email: write 1 to add a path, 0 to remove one
view({ public: { username: 1 }, filterable: { email: flag ? 0 : 1 } });
// refused at email: 'never'
view({ public: { username: 1 }, filterable: { email: a<any>() } });
// refused: 'settings.theme' is already covered by 'settings'
view({ public: { settings: subtree }, filterable: { 'settings.theme': 1 } });
compiles(() => view({ public: { settings: subtree }, filterable: { settings: 0, 'settings.theme': 1 } }));
// refused: 'settings' has no fixed leaves: write subtree to let a caller write everything below it
view({ public: { username: 1 }, writable: { settings: 1 } });
compiles(() => view({ public: { username: 1, settings: subtree }, writable: { settings: 1 } }));
compiles(() => view({ public: { username: 1, 'settings.theme': 1 }, writable: { settings: subtree } }));
compiles(() => view({ public: { username: 1, settings: subtree }, writable: { 'settings.theme': 1 } }));
// refused: 'username' is a leaf: write 1
view({ public: { username: 1 }, writable: { username: subtree } });
// refused: 'settings.theme' is already covered by 'settings'
view({ public: { username: 1 }, writable: { settings: subtree, 'settings.theme': 1 } });
// refused at settings: write 1 to add a path, 0 to remove one
view({ public: { username: 1 }, filterable: { settings: subtree } });
// refused: 'settings' is a leaf here and a branch elsewhere: 'settings.theme' is below it
view({ public: { username: 1, 'settings.theme': 1 }, filterable: { settings: 1 } });
// refused: 'settings' is a leaf here and a branch elsewhere: 'settings.theme' is below it
view({ public: { username: 1 }, writable: { 'settings.theme': 1 }, sortable: { settings: 1 } });
// refused: 'operators' must be 'tagged' or 'plain'
view({ public: { username: 1 }, operators: 'loose' });
// refused at operators: 'never'
view({ public: { username: 1 }, operators: a<any>() });
// refused: 'operators' must be 'tagged' or 'plain'
view({ public: { username: 1 }, operators: a<string>() });
// refused: 'name' must be a string
view({ public: { username: 1 }, name: 1 });

// Documents that a view can't be made of.
// refused at { public: a view of `any` protects nothing: name the document type
defineView<any>()({ public: { username: 1 } });
// refused: 'x' has no fixed leaves: write subtree to return everything below it
defineView<{ x: any }>()({ public: { x: 1 } });
// refused: 'x' has no fixed leaves: write subtree to return everything below it
defineView<{ x: any[] }>()({ public: { x: 1 } });
// refused: 'x.y' has no fixed leaves: write subtree to return everything below it
defineView<{ x: { y: any }[] }>()({ public: { 'x.y': 1 } });
// refused: 'x' has no fixed leaves: write subtree to return everything below it
defineView<Record<string, any>>()({ public: { x: 1 } });
// refused at unknown: 'unknown' does not satisfy the constraint
defineView<unknown>();
// refused: 'username' has no fixed leaves: write subtree to return everything below it
defineView<Document>()({ public: { username: 1 } });
// refused: 'ref' holds a DBRef or Code, which contains a document
defineView<{ ref: DBRef | null }>()({ public: { ref: 1 } });
// refused: 'code' holds a DBRef or Code, which contains a document
defineView<{ code: Code | string }>()({ public: { code: 1 } });
// refused: 'mixed' has no fixed leaves
defineView<{ mixed: string | Record<string, unknown> }>()({ public: { mixed: 1 } });
// refused: 'mixed' is a branch: name its leaves
defineView<{ mixed: string | { secret: string } }>()({ public: { mixed: 1 } });
// refused: 'bag' has no fixed leaves
defineView<{ bag: object }>()({ public: { bag: 1 } });
compiles(() => defineView<{ bag: object; empty: {}; list: unknown[]; mixed: string | Record<string, unknown> }>()({ public: { bag: subtree, empty: subtree, list: subtree, mixed: subtree } }));

// The public type may be declared. It and the listed paths agree, both ways.
interface PublicUser { username: string; role: string; tags: string[]; profile?: { bio?: string } }
compiles(() => defineView<User, PublicUser>()({ public: { username: 1, role: 1, tags: 1, 'profile.bio': 1 }, arrays: { tags: 1 } }));
// refused at public: 'profile.bio' is declared public but missing here
defineView<User, PublicUser>()({ public: { username: 1, role: 1, tags: 1 }, arrays: { tags: 1 } });
// refused: 'email' is not part of the declared public type
defineView<User, PublicUser>()({ public: { username: 1, email: 1, role: 1, tags: 1, 'profile.bio': 1 }, arrays: { tags: 1 } });
// refused: 'password_hash' is not part of the declared public type
defineView<User, PublicUser>()({ public: { username: 1, role: 1, tags: 1, 'profile.bio': 1, password_hash: 1 }, arrays: { tags: 1 } });
// refused: 'username' is declared with another type
defineView<User, { username: number }>()({ public: { username: 1 } });
// refused: 'role' is declared with another type
defineView<User, { role: 'admin' }>()({ public: { role: 1 } });
// refused: 'profile.bio' is declared with another type
defineView<User, { profile: { bio: string } }>()({ public: { 'profile.bio': 1 } });
// refused: 'deleted_at' is declared with another type
defineView<User, { deleted_at: Date }>()({ public: { deleted_at: 1 } });
// refused: 'addresses.city' is declared with another type
defineView<User, { addresses: { city: number }[] }>()({ public: { 'addresses.city': 1 }, arrays: { addresses: 1 } });
// refused at public: does not match the declared public type
defineView<User, { addresses: { city: string } }>()({ public: { 'addresses.city': 1 }, arrays: { addresses: 1 } });
// refused: 'username' is declared with any
defineView<User, { username: any }>()({ public: { username: 1 } });
// refused at { public: a declared public type of `any` promises nothing
defineView<User, any>()({ public: { username: 1 } });

const declared = defineView<User, PublicUser>()({ public: { username: 1, role: 1, tags: 1, 'profile.bio': 1 }, writable: { username: 1 }, arrays: { tags: 1 } });
type(a<PublicOf<typeof declared>>()).is<PublicUser>();

// Collections.
compiles(() => {
  const annotated: SafeCollection<User, PublicUser> = new SafeCollection(rawUsers, declared);
  return annotated.findOne({ username: 'ada' }, { projection: { 'profile.bio': 1 } });
});
compiles(() => {
  const full: CollectionOf<typeof userView> = users;
  return full.findOne({ deleted_at: null }, { projection: ['username'] });
});
// refused at rawOrders: is not assignable
new SafeCollection(rawOrders, userView);
// refused at rawUsers: is not assignable
new SafeCollection(rawUsers, a<object>());
// refused at rawUsers: is not assignable
new SafeCollection(rawUsers, a<any>());
// A view that is `any` makes a collection that allows nothing.
const ofAny = new SafeCollection(a<Collection>(), a<any>());
// refused: 'username' is not public in this view
ofAny.findOne({}, { projection: { username: 1 } });
// refused: 'username' is not filterable in this view
ofAny.countDocuments({ username: 'ada' });
// refused at wider: is not assignable
const wider: SafeCollection<User, User> = users;
// refused at other: is not assignable
const other: CollectionOf<typeof orderView> = users;
// refused at without: is not assignable
const without: SafeCollection<User, PublicOf<typeof userView>> = users;
