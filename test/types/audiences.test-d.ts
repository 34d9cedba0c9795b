// Audiences: several views of one collection. A call without one sees what the smallest audience sees.
import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineAudiences, defineView, op, SafeCollection, trusted, withTransaction, type CollectionOf, type Exposed, type PublicOf } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { orderView } from './fixtures.ts';

interface Member {
  _id: ObjectId;
  tenant_id: string;
  name: string;
  email: string;
  age: number;
  role: string;
  hash: string;
}

const memberView = defineView<Member>()({ public: { name: 1, age: 1 } });
const members = defineAudiences(memberView, {
  public: { public: { age: 0 } },
  self: { public: { email: 1 }, writable: { name: 1, email: 1 } },
  admin: memberView.extend({ name: 'admin', public: { role: 1, email: 1 }, writable: { role: 1 } }),
});
declare const raw: Collection<Member>;
declare const db: Db;
const all = new SafeCollection(raw, members);

// Without an audience, the smallest.
type(all.findOne({}, { projection: ['name'] })).is<Promise<Exposed<{ name: string }> | null>>();
type(a<PublicOf<typeof members>>()).is<{ name: string }>();
// refused: 'age' is not public in this view
all.findOne({}, { projection: ['age'] });
// refused: 'email' is not filterable in this view
all.exists({ email: 'e' });

// With one, exactly its view.
const own = all.forAudience('self');
type(own.findOne({}, { projection: ['name', 'email'] })).is<Promise<Exposed<{ name: string; email: string }> | null>>();
type(own.findOne({}, { projection: members.views.self })).is<Promise<Exposed<PublicOf<typeof members.views.self>> | null>>();
compiles(() => own.updateOne({ name: 'n' }, { $set: { email: 'e' } }));
// refused: 'role' is not public in this view
own.findOne({}, { projection: ['role'] });
// refused at projection: this is another view
own.findOne({}, { projection: members.views.admin });
// refused: 'role' is not writable in this view
own.updateOne({ name: 'n' }, { $set: { role: 'r' } });
// refused: 'hash' is not public in this view
all.forAudience('admin').findOne({}, { projection: ['hash'] });

// They never add up.
// refused at admin: the view has no audiences: make them with defineAudiences()
own.forAudience('admin');
// refused at staff: 'staff' is not an audience of this view
all.forAudience('staff');
// refused at a: the name of an audience has to be known
all.forAudience(a<string>());
// refused at a: 'none' is not an audience of this view
all.forAudience(a<'self' | 'none'>());
// refused at a: Argument of type 'any' is not assignable to parameter of type 'never'
all.forAudience(a<any>());
// refused at forAudience: Expected 1 arguments, but got 0
all.forAudience();
// refused at self: the view has no audiences: make them with defineAudiences()
new SafeCollection(raw, memberView).forAudience('self');

// One of several: the calls that all of them allow, with the results of each.
const chosen = all.forAudience(a<'self' | 'admin'>());
type(chosen.findOne({ email: 'e' }, { projection: ['name', 'email'] })).is<Promise<Exposed<{ name: string; email: string }> | null>>();
type(chosen.find({ age: op({ $gte: 18 }) }, { projection: members.views[a<'self' | 'admin'>()] }).toArray()).is<
  Promise<(Exposed<PublicOf<typeof members.views.self>> | Exposed<PublicOf<typeof members.views.admin>>)[]>
>();
// refused: 'role' is not public in this view
chosen.findOne({}, { projection: ['role'] });
// refused at projection: this is another view
chosen.findOne({}, { projection: members.views.public });
// refused: 'role' is not writable in this view
chosen.updateOne({ name: 'n' }, { $set: { role: 'r' } });
// refused: 'email' is not writable in this view
chosen.updateOne({ name: 'n' }, { $set: { email: 'e' } });

// A function asks for the audience that it needs.
declare function show(own: CollectionOf<typeof members.views.self>): void;
compiles(() => show(own));
// refused at all: is not assignable to parameter of type
show(all);
declare function choose(all: CollectionOf<typeof members>): void;
compiles(() => choose(all));
// refused at new: is not assignable to parameter of type
choose(new SafeCollection(raw, members.views.public));

declare function chooseSelf(all: CollectionOf<typeof selves>): void;
const selves = defineAudiences(memberView, { public: members.views.public, self: members.views.self });
const others = defineAudiences(memberView, { public: members.views.public, self: members.views.admin });
compiles(() => chooseSelf(all));
// refused at new: is not assignable to parameter of type
chooseSelf(new SafeCollection(raw, others));
declare function list(all: CollectionOf<typeof members.views.public>): void;
compiles(() => list(all));

// Definitions.
// refused at {: none of the audiences is contained in all others
defineAudiences(memberView, { one: { public: { email: 1 } }, two: { public: { role: 1 } } });
// refused at {: two audiences allow the same: leave one out
defineAudiences(memberView, { one: {}, two: {} });
// refused: 'hass' is not a path of this document
defineAudiences(memberView, { one: {}, two: { public: { hass: 1 } } });
// refused: 0 removes a path, and 'email' is not public in the extended view
defineAudiences(memberView, { one: { public: { email: 0 } }, two: {} });
// refused at two: this is a view of other documents
defineAudiences(memberView, { one: {}, two: orderView });
// refused at two: all audiences of a collection have the same
defineAudiences(memberView, { one: {}, two: { scope: { tenant_id: 1 } } });
// refused at two: all audiences of a collection have the same
defineAudiences(memberView, { one: {}, two: memberView.extend({ name: 'x', public: { role: 1 }, scope: 'shared' }) });
// refused at two: Type 'any' is not assignable to type 'never'
defineAudiences(memberView, { one: {}, two: a<any>() });
// refused at a: write the audiences as literals
defineAudiences(memberView, a<Record<string, {}>>());
// A subtree, the operators and the places of geo operators count too.
interface Place { _id: ObjectId; name: string; tags: Record<string, string>; at: { type: 'Point'; coordinates: number[] } }
const placeView = defineView<Place>()({ public: { name: 1 }, filterable: { name: 0 } });
// refused at {: none of the audiences is contained in all others
defineAudiences(placeView, { one: { operators: 'plain' }, two: { public: { tags: a<typeof import('safe-collection').subtree>() } } });
compiles(() => defineAudiences(placeView, { one: {}, two: { filterable: { name: 1 } } }));

// With a scope: bind it first.
const tenantView = defineView<Member>()({ public: { name: 1 }, scope: { tenant_id: 1 } });
const tenantMembers = defineAudiences(tenantView, { public: {}, admin: { public: { email: 1 } } });
const unbound = new SafeCollection(raw, tenantMembers);
// refused at forAudience: Property 'forAudience' does not exist
unbound.forAudience('admin');
type(unbound.scoped({ tenant_id: 't' }).forAudience('admin').findOne({}, { projection: ['email'] })).is<Promise<Exposed<{ email: string }> | null>>();

// In a SafeDb: joins see the smallest audience.
const shop = createSafeDb(db, { members, orders: orderView });
compiles(() => shop.members.forAudience('admin').aggregate([{ $match: { role: 'r' } }, { $project: { role: 1 } }]));
const JOIN = { from: 'members', localField: 'product', foreignField: 'name', as: 'buyers' } as const;
compiles(() => shop.orders.aggregate([{ $lookup: JOIN }, { $project: { 'buyers.name': 1 } }]));
// refused: 'buyers.email' does not exist at this point of the pipeline
shop.orders.aggregate([{ $lookup: JOIN }, { $project: { 'buyers.email': 1 } }]);
compiles(() => withTransaction(shop, async (tx) => await tx.collections.members.forAudience('self').countDocuments({ email: 'e' })));
compiles(() => own.updateOne({ name: 'n' }, trusted({ $set: { hash: 'h' } })));
