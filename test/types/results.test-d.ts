// The result of a read: exactly the projected shape, for every kind of document.
import type { Binary, Collection, Decimal128, Long, ObjectId, Timestamp, UUID } from 'mongodb';
import { defineView, SafeCollection, subtree, type Exposed, type Projected, type PublicOf } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { users, userView, type User } from './fixtures.ts';

const p = { projection: ['username'] } as const;

// The forms of a projection.
type(users.findOne({}, { projection: { username: 1, email: true, _id: 0 } })).is<Promise<Exposed<{ username: string; email: string }> | null>>();
type(users.findOne({}, { projection: ['username', 'profile.bio'] })).is<Promise<Exposed<{ username: string; profile?: { bio?: string } }> | null>>();
type(users.findOne({}, { projection: { profile: 1 } })).is<Promise<Exposed<{ profile?: { bio?: string; avatar: string } }> | null>>();
type(users.findOne({}, { projection: { 'addresses.city': 1 } })).is<Promise<Exposed<{ addresses: { city: string }[] }> | null>>();
type(users.findOne({}, { projection: ['addresses'] })).is<Promise<Exposed<{ addresses: { city: string }[] }> | null>>();
type(users.findOne({}, { projection: userView.select({ age: 1 }) })).is<Promise<Exposed<{ age: number }> | null>>();
type(users.findOne({}, { projection: userView.select(['profile.avatar']) })).is<Promise<Exposed<{ profile?: { avatar: string } }> | null>>();
type(users.findOne({}, { projection: userView })).is<Promise<Exposed<PublicOf<typeof userView>> | null>>();
type(users.findOne({}, { projection: userView.select(userView) })).is<Promise<Exposed<PublicOf<typeof userView>> | null>>();
type(users.find({}, p).toArray()).is<Promise<Exposed<{ username: string }>[]>>();
type(users.find({}, p).next()).is<Promise<Exposed<{ username: string }> | null>>();
type(users.find({}, p).map((user) => user.username).toArray()).is<Promise<string[]>>();
type(userView.pick(a<User>(), { username: 1 })).is<Exposed<{ username: string }>>();
type(userView.pick(a<User>())).is<Exposed<PublicOf<typeof userView>>>();
type(a<PublicOf<typeof userView>>()).is<{
  username: string;
  email: string;
  joined_at: Date;
  age: number;
  role: 'admin' | 'member';
  tags: string[];
  profile?: { bio?: string; avatar: string };
  addresses: { city: string }[];
}>();
type(users.findOne({}, { projection: userView.selectFields(a<string[]>()) })).is<Promise<Exposed<{
  username?: string;
  email?: string;
  joined_at?: Date;
  age?: number;
  role?: 'admin' | 'member';
  tags?: string[];
  profile?: { bio?: string; avatar?: string };
  addresses?: { city?: string }[];
}> | null>>();

// Results are the program's own to change, and hold nothing else.
const user = a<Projected<typeof userView, { username: 1 }>>();
compiles(() => (user.username = 'eve'));
// refused at email: Property 'email' does not exist
user.email;
// refused at password_hash: Property 'password_hash' does not exist
user.password_hash;

// Scalars of every kind.
declare enum Level { Low = 0, High = 1 }
type Slug = string & { readonly __brand: 'Slug' };
interface Scalars {
  _id: string;
  id: ObjectId; at: Date; price: Decimal128; bytes: Binary; uuid: UUID; count: Long; stamp: Timestamp; buffer: Buffer; view: Uint8Array;
  big: bigint; flag: boolean; level: Level; size: 's' | 'm'; slug: Slug; pattern: RegExp; nothing: null; maybe: string | null; optional?: number;
  pair: [x: number, y: number]; frozen: readonly string[]; grid: number[][]; either: string | number[]; list: string[] | null;
}
const scalarView = defineView<Scalars>()({
  public: {
    _id: 1, id: 1, at: 1, price: 1, bytes: 1, uuid: 1, count: 1, stamp: 1, buffer: 1, view: 1, big: 1, flag: 1, level: 1, size: 1, slug: 1,
    pattern: 1, nothing: 1, maybe: 1, optional: 1, pair: 1, frozen: 1, grid: 1, either: 1, list: 1,
  },
  arrays: { pair: 1, frozen: 1, grid: 2, either: [0, 1], list: 1 },
});
type(a<PublicOf<typeof scalarView>>()).is<Scalars>();
type(a<Projected<typeof scalarView, ['price', 'optional', 'list']>>()).is<Exposed<{ price: Decimal128; optional?: number; list: string[] | null }>>();
const scalars = new SafeCollection(a<Collection<Scalars>>(), scalarView);
compiles(() => scalars.findOne({ size: 'm', level: Level.High, slug: a<Slug>(), count: 3, price: 4, buffer: Buffer.of(1), pair: 3 }, { projection: scalarView }));
// refused: 'size' is compared with a value of another type
scalars.findOne({ size: 'xl' }, { projection: scalarView });
// refused: 'slug' is compared with a value of another type
scalars.findOne({ slug: 'plain' }, { projection: scalarView });

// A public `_id` is returned if the call names it.
type(scalars.findOne({}, { projection: { at: 1 } })).is<Promise<Exposed<{ at: Date }> | null>>();
type(scalars.findOne({}, { projection: { at: 1, _id: 1 } })).is<Promise<Exposed<{ _id: string; at: Date }> | null>>();
type(scalars.findOne({}, { projection: { _id: 1 } })).is<Promise<Exposed<{ _id: string }> | null>>();
type(scalars.findOne({}, { projection: { at: 1, _id: 0 } })).is<Promise<Exposed<{ at: Date }> | null>>();
type(scalars.findOne({}, { projection: { at: 1, _id: false } })).is<Promise<Exposed<{ at: Date }> | null>>();
// refused: '_id' takes the literal 1, true, 0 or false
scalars.findOne({}, { projection: { at: 1, _id: 2 } });
// refused: '_id' takes the literal 1, true, 0 or false
scalars.findOne({}, { projection: { at: 1, _id: a<0 | 1>() } });

// A compound `_id` is a branch.
interface Reading { _id: { sensor: string; hour: number; secret: string }; value: number }
const readingView = defineView<Reading>()({ public: { '_id.sensor': 1, value: 1 } });
const readings = new SafeCollection(a<Collection<Reading>>(), readingView);
type(readings.findOne({ '_id.sensor': 'a' }, { projection: { _id: 1 } })).is<Promise<Exposed<{ _id: { sensor: string } }> | null>>();
// refused: '_id' is a branch
readings.findOne({ _id: { sensor: 'a', hour: 1, secret: 'x' } }, { projection: ['value'] });
const valueView = defineView<Reading>()({ public: { value: 1 } });
const values = new SafeCollection(a<Collection<Reading>>(), valueView);
// refused: '_id' is compared with a value of another type
values.findOne({ _id: { sensor: 'a' } }, { projection: ['value'] });

// A document whose type names no `_id` has the server's.
interface Note { text: string }
const noteView = defineView<Note>()({ public: { _id: 1, text: 1 } });
type(a<PublicOf<typeof noteView>>()).is<{ text: string; _id: ObjectId }>();
compiles(() => new SafeCollection(a<Collection<Note>>(), noteView).findOne({ _id: a<ObjectId>() }, { projection: ['_id', 'text'] }));

// Nested, optional, nullable, arrays. The server leaves a branch out that is null, so it is optional in results.
type Nested = {
  a: { b: { c: string; secret: string }; secret: string };
  optional?: { x: number; secret: string };
  nullable: { x: number; secret: string } | null;
  both?: { x?: number; secret: string } | null;
  rows: { cells: { text: string; secret: string }[]; secret: string }[];
  grid: { x: number; secret: string }[][];
  holes: ({ x: number; secret: string } | null)[];
  fixed: readonly { x: number; secret: string }[];
  tuple: [{ x: number; secret: string }, { x: string; secret: string }];
  either: string | { x: number; secret: string };
};
const nestedView = defineView<Nested>()({
  public: {
    'a.b.c': 1, 'optional.x': 1, 'nullable.x': 1, 'both.x': 1, 'rows.cells.text': 1, 'grid.x': 1, 'holes.x': 1, 'fixed.x': 1, 'tuple.x': 1, 'either.x': 1,
  },
  arrays: { rows: 1, 'rows.cells': 1, grid: 2, holes: 1, fixed: 1, tuple: 1 },
});
type(a<PublicOf<typeof nestedView>>()).is<{
  a: { b: { c: string } };
  optional?: { x: number };
  nullable?: { x: number };
  both?: { x?: number };
  rows: { cells: { text: string }[] }[];
  grid: { x: number }[][];
  holes: { x: number }[];
  fixed: { x: number }[];
  tuple: ({ x: number } | { x: string })[];
  either?: { x: number };
}>();
type(a<Projected<typeof nestedView, { a: 1; 'rows.cells': 1; nullable: true }>>()).is<Exposed<{
  a: { b: { c: string } };
  nullable?: { x: number };
  rows: { cells: { text: string }[] }[];
}>>();

// Unions and discriminated unions stay what they are.
type Shape =
  | { kind: 'circle'; radius: number; secret: string; centre: { x: number; secret: string } }
  | { kind: 'square'; side: number; secret: string };
const shapeView = defineView<Shape>()({ public: { kind: 1, radius: 1, side: 1, 'centre.x': 1 } });
type(a<PublicOf<typeof shapeView>>()).is<
  | { kind: 'circle'; radius: number; centre: { x: number } }
  | { kind: 'square'; side: number }
>();
compiles(() => {
  const shape = a<Projected<typeof shapeView, { kind: 1; radius: 1; side: 1 }>>();
  return shape.kind === 'circle' ? shape.radius : shape.side;
});
interface Holder { shape: Shape; shapes: Shape[] }
const holderView = defineView<Holder>()({ public: { 'shape.kind': 1, 'shape.radius': 1, 'shapes.side': 1, 'shapes.kind': 1 }, arrays: { shapes: 1 } });
type(a<PublicOf<typeof holderView>>()).is<{
  shape: { kind: 'circle'; radius: number } | { kind: 'square' };
  shapes: ({ kind: 'circle' } | { kind: 'square'; side: number })[];
}>();

// Types without fixed leaves are returned whole, or by a path below.
interface Open { settings: Record<string, { a: number; b: string }>; meta: unknown; maybe?: Record<string, number>; theme: { [name: string]: string } }
const openView = defineView<Open>()({ public: { settings: subtree, meta: subtree, maybe: subtree, theme: subtree } });
type(a<PublicOf<typeof openView>>()).is<Open>();
type(a<Projected<typeof openView, { 'settings.x.a': 1; 'meta.any.thing': 1; maybe: 1; 'theme.dark': 1 }>>()).is<Exposed<{
  settings: { x?: { a: number } };
  meta: unknown;
  maybe?: Record<string, number>;
  theme: { dark?: string };
}>>();
const open = new SafeCollection(a<Collection<Open>>(), openView);
compiles(() => open.find({ 'settings.x.a': 1, 'meta.any': 'x' }, { projection: { 'settings.x': 1 }, sort: { 'theme.dark': 1 } }));
compiles(() => open.distinct('settings.x.a', {}));
// refused: 'settings.$where' is not a path
open.find({ 'settings.$where': 1 }, { projection: openView });
// refused: 'settings.x.' is not a path
open.find({}, { projection: { 'settings.x.': 1 } });
// refused: 'settings.__proto__' is not a path
open.find({}, { projection: openView, sort: { 'settings.__proto__': 1 } });
// refused: 'settings.$x' is not a path
open.distinct('settings.$x', {});

// Recursive documents.
interface Tree { name: string; secret: string; parent?: Tree; children: Tree[]; json: Json }
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
// refused: 'json' has no fixed leaves
defineView<Tree>()({ public: { json: 1 } });
const treeView = defineView<Tree>()({ public: { name: 1, 'parent.name': 1, 'children.children.name': 1, json: subtree }, arrays: { children: 1, 'children.children': 1 } });
const trees = new SafeCollection(a<Collection<Tree>>(), treeView);
compiles(() => trees.find({ json: 'x', 'json.deep.value': 3 }, { projection: { 'json.deep': 1 } }));
compiles(() => trees.find({}, { projection: treeView.selectFields(['name']) }));
type(a<PublicOf<typeof treeView>>()).is<{
  name: string;
  parent?: { name: string };
  children: { children: { name: string }[] }[];
  json: Json;
}>();
// refused: 'children.secret' is not public in this view
trees.findOne({}, { projection: { 'children.secret': 1 } });

// Only what came through a view is `Exposed`.
type PublicUser = PublicOf<typeof userView>;
declare function send(body: Exposed<{ readonly username: string }>): void;
compiles(() => send(user));
compiles(() => send({ ...user }));
// TypeScript lets a spread keep the brand: this compiles, and `sendable` is what catches it.
const leaked = { ...user, password_hash: 'x' };
compiles(() => send(leaked));
// refused at a<User>: is not assignable to parameter of type 'Exposed
send(a<User>());
// refused at { username: is not assignable to parameter of type
send({ username: 'ada' });
declare function sendUser(body: Exposed<PublicUser>): void;
compiles(() => sendUser(userView.pick(a<User>())));
// refused at user): is not assignable to parameter of type 'Exposed
sendUser(user);
