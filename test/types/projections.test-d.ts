// Projections that compile, and the messages for others.
import type { Exposed, Projected, PublicOf } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { orderView, users, userView } from './fixtures.ts';

compiles(() => users.findOne({}, { projection: { username: 1, email: true, _id: 0 } }));
compiles(() => users.findOne({}, { projection: ['username', 'profile.bio'] }));
compiles(() => users.findOne({}, { projection: userView.select({ username: 1 }) }));
compiles(() => users.findOne({}, { projection: userView }));
compiles(() => users.findOne({}, { projection: { username: 1, _id: false } }));

// A choice between selections, or between a selection and the view, gives a union of results.
declare const isStaff: boolean;
type(users.findOne({}, { projection: isStaff ? userView.select(['username', 'age']) : userView.select(['username']) })).is<
  Promise<Exposed<{ username: string; age: number }> | Exposed<{ username: string }> | null>
>();
type(users.findOne({}, { projection: isStaff ? userView : userView.select(['username']) })).is<
  Promise<Exposed<PublicOf<typeof userView>> | Exposed<{ username: string }> | null>
>();
// refused at projection: this selection belongs to another view
users.findOne({}, { projection: isStaff ? userView.select(['username']) : orderView.select(['product']) });
// refused at projection: this is another view
users.findOne({}, { projection: isStaff ? userView.select(['username']) : orderView });
// refused at projection: a literal projection cannot be chosen by a condition
users.findOne({}, { projection: isStaff ? userView.select(['username']) : { email: 1 } });

// A projection is required.
// refused at {}: find() needs a projection, which says what is returned: pass { projection: ['field'] } as the last argument
users.find({});
// refused at {}: findJson() needs a projection
users.findJson({});
// refused at {}: findOneJson() needs a projection
users.findOneJson({});
// refused at {}: findPopulated() needs a projection
users.findPopulated({});
// refused at {}: findOne() needs a projection
users.findOne({});
// refused at {}: paginate() needs a projection
users.paginate({});
// refused at {}: watch() needs a projection
users.watch({});
// refused at {}: Property 'projection' is missing
users.findOne({}, {});
// refused at { limit: Property 'projection' is missing
users.find({}, { limit: 1 });
// refused at projection: 'undefined'
users.findOne({}, { projection: undefined });
// refused at projection: 'null'
users.findOne({}, { projection: null });
// refused at projection: a projection needs at least one public path
users.findOne({}, { projection: {} });
// refused at projection: a projection needs at least one public path
users.findOne({}, { projection: [] });
// refused at projection: a projection needs at least one public path
users.findOne({}, { projection: { _id: 0 } });
// refused at projection: a projection needs at least one public path
users.findOne({}, { projection: { _id: false } });

// refused: 'password_hash' is not public in this view
users.findOne({}, { projection: { password_hash: 1 } });
// refused: 'password_hash' is not public in this view
users.findOne({}, { projection: { username: 1, password_hash: 1 } });
// refused: 'password_hash' is not public in this view
users.findOne({}, { projection: ['username', 'password_hash'] });
// refused: 'profile.ssn' is not public in this view
users.findOne({}, { projection: { 'profile.ssn': 1 } });
// refused: '_id' is not public in this view
users.findOne({}, { projection: { username: 1, _id: 1 } });
// refused: '_id' is not public in this view
users.findOne({}, { projection: ['username', '_id'] });
// refused: 'addresses.0.city' is not public in this view
users.findOne({}, { projection: { 'addresses.0.city': 1 } });
// refused: 'addresses.$' is not public in this view
users.findOne({}, { projection: { 'addresses.$': 1 } });
// refused: 'nothing' is not public in this view
users.findOne({}, { projection: { nothing: 1 } });

// refused: 'username' takes the literal 1 or true
users.findOne({}, { projection: { username: 0 } });
// refused: 'username' takes the literal 1 or true
users.findOne({}, { projection: { username: false } });
// refused: 'username' takes the literal 1 or true
users.findOne({}, { projection: { username: 2 } });
// refused: 'username' takes the literal 1 or true
users.findOne({}, { projection: { username: '$password_hash' } });
// refused at username: 'null'
users.findOne({}, { projection: { username: null } });
// refused at username: 'undefined'
users.findOne({}, { projection: { username: undefined } });
// refused: 'addresses' takes the literal 1 or true
users.findOne({}, { projection: { addresses: { $slice: 1 } } });
// refused: 'addresses' takes the literal 1 or true
users.findOne({}, { projection: { addresses: { $elemMatch: { city: 'Ulm' } } } });
// refused: 'profile' takes the literal 1 or true: write 'profile.bio'
users.findOne({}, { projection: { profile: { bio: 1 } } });

declare const wide: number;
declare const flag: boolean;
declare const paths: string[];
declare const path: string;
declare const key: 'username' | 'password_hash';
declare const fine: 'username' | 'email';
// refused: 'username' takes the literal 1 or true
users.findOne({}, { projection: { username: wide } });
// refused: 'username' takes the literal 1 or true
users.findOne({}, { projection: { username: flag ? 1 : 0 } });
// refused at projection: a projection must be a literal
users.findOne({}, { projection: paths });
// refused at path]: write the path as a literal
users.findOne({}, { projection: [path] });
// refused at projection: write the path as a literal
users.findOne({}, { projection: { [path]: 1 } });
// refused at projection: write the path as a literal
users.findOne({}, { projection: { [key]: 1 } });
// refused at key]: write one path as a literal
users.findOne({}, { projection: [key] });
// refused at fine]: write one path as a literal
users.findOne({}, { projection: [fine] });
// refused at projection: a literal projection cannot be chosen by a condition
users.findOne({}, { projection: flag ? { username: 1 } : { email: 1 } });
// refused at projection: 'never'
users.findOne({}, { projection: a<any>() });
// refused at projection: 'unknown' is not assignable
users.findOne({}, { projection: a<unknown>() });
// refused at username: 'never'
users.findOne({}, { projection: { username: a<any>() } });
// refused at password_hash: 'never'
users.findOne({}, { projection: { password_hash: a<any>() } });
// refused at _id: 'never'
users.findOne({}, { projection: { username: 1, _id: a<any>() } });
// refused at profile: 'never'
users.findOne({}, { projection: { profile: a<any>() } });
// refused at projection: a path of this projection is any
users.findOne({}, { projection: [a<any>()] });
// refused at ['username': a path of this projection is any
userView.select(['username', a<any>()]);
// refused at projection: a projection must be a literal
users.findOne({}, { projection: a<any[]>() });
// refused at a<any>()): 'never'
userView.select(a<any>());
// refused at a<any>()): 'never'
userView.pick({}, a<any>());
// refused at projection: 'never'
users.findOne({}, { projection: (userView as any).select(['username']) });
// refused at projection: 'undefined' is not assignable
users.findOne({}, { projection: a<{ username: 1 } | undefined>() });
// refused at projection: write the path as a literal
users.findOne({}, { projection: a<Record<string, 1>>() });
// refused at projection: 'username' takes the literal 1 or true
users.findOne({}, { projection: a<{ username?: 1 }>() });
// refused at projection: 'string' is not assignable
users.findOne({}, { projection: 'username' });
// refused at projection: a projection needs at least one public path
users.findOne({}, { projection: () => 1 });
// refused at projection: 'clear' is not public in this view
users.findOne({}, { projection: new Map([['username', 1]]) });
// refused: 'profile.bio' is already included by 'profile'
users.findOne({}, { projection: { profile: 1, 'profile.bio': 1 } });
// refused: 'username' is named twice
// refused at username']: 'username' is named twice
users.findOne({}, { projection: ['username', 'username'] });
// refused: 'profile.bio' is already included by 'profile'
users.findOne({}, { projection: ['profile', 'profile.bio'] });

const widened = { username: 1 };
// refused at projection: 'username' takes the literal 1 or true
users.findOne({}, { projection: widened });
const frozen = { username: 1 } as const;
compiles(() => users.findOne({}, { projection: frozen }));

// refused at projection: this selection belongs to another view
users.findOne({}, { projection: orderView.select({ product: 1 }) });
// refused at projection: this is another view
users.findOne({}, { projection: orderView });

// refused at users: the argument 'options' is any
users.findOne({}, a<any>());
// refused at a<unknown: 'unknown' is not assignable
users.findOne({}, a<unknown>());

export type Card = Projected<typeof userView, { username: 1 }>;
type(a<Card>()).is<Exposed<{ username: string }>>();

// A declared type that says nothing of the paths.
// refused at projection: a literal projection cannot be chosen by a condition
users.find({}, { projection: a<object | null | undefined>() });
// refused at projection: a literal projection cannot be chosen by a condition
users.find({}, { projection: a<{} | null>() });
// refused at projection: a projection needs at least one public path
users.find({}, { projection: null });
// A wrong option is reported alone.
// refused at limit: Type 'string' is not assignable to type 'number'
users.find({}, { projection: ['username'], limit: '10' });
// refused at limit: Type 'null' is not assignable to type 'number
users.find({}, { projection: { username: 1 }, limit: null });

// The types of a method are those of a call with a projection.
compiles((): Awaited<ReturnType<typeof users.findOne>> => null);
compiles((): readonly object[] => a<Awaited<ReturnType<ReturnType<typeof users.find>['toArray']>>>());
