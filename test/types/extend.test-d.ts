// Views that extend a view: typed as if all had been written in one defineView().
import type { ObjectId } from 'mongodb';
import { defineView, SafeCollection, subtree, type CapabilitiesOf, type Exposed, type PublicOf, type View } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { rawUsers, type User, users, userView } from './fixtures.ts';

const staffView = userView.extend({
  name: 'staff',
  public: { internal_role: 1, age: 0, 'profile.ssn': 1 },
  filterable: { email: 1 },
  sortable: { deleted_at: 0 },
  writable: { username: 1, settings: subtree },
});
const staff = new SafeCollection(rawUsers, staffView);

const written = defineView<User>()({
  name: 'staff',
  public: {
    username: 1,
    email: 1,
    joined_at: 1,
    role: 1,
    tags: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    'profile.ssn': 1,
    'addresses.city': 1,
    internal_role: 1,
  },
  filterable: { deleted_at: 1, email: 1 },
  sortable: { email: 0, deleted_at: 0 },
  writable: { username: 1, settings: subtree },
  arrays: { tags: 1, addresses: 1 },
});
compiles(() => {
  const same: typeof written = staffView;
  return same satisfies View<User, PublicOf<typeof staffView>, CapabilitiesOf<{ public: {} }>> | typeof staffView;
});
type(staffView.select(['internal_role', 'profile.ssn'])).is<ReturnType<typeof written.select<['internal_role', 'profile.ssn']>>>();
type(staff.findOne({ internal_role: 'x', email: 'e' }, { projection: ['internal_role', 'profile.ssn'] })).is<
  Promise<Exposed<{ internal_role: string; profile?: { ssn: string } }> | null>
>();
compiles(() => staff.updateOne({ username: 'a' }, { $set: { username: 'b' } }));
// refused: 'age' is not public in this view
staff.findOne({}, { projection: ['age'] });
// refused: 'age' is not filterable in this view
staff.exists({ age: 1 });
// refused: 'deleted_at' is not sortable in this view
staff.find({}, { projection: ['username'], sort: { deleted_at: 1 } });
// refused at projection: this is another view
staff.findOne({}, { projection: userView });
// refused at projection: this selection belongs to another view
users.findOne({}, { projection: staffView.select(['username']) });

// An extension of an extension. The arrays of the first view are known in all.
const shortView = staffView.extend({ name: 'short', public: { 'addresses.city': 0, tags: 0, email: 0 }, filterable: { email: 0 } });
compiles(() => shortView.extend({ name: 'long', public: { tags: 1, 'addresses.street': 1 } }));
type(a<PublicOf<typeof shortView>['username']>()).is<string>();
// refused: 'tags' is not public in this view
shortView.select(['tags']);

// refused at { public: a view that extends another needs a `name` of its own
userView.extend({ public: { internal_role: 1 } });
// refused at name: this is the name of the extended view: give another
staffView.extend({ name: 'staff', public: { age: 1 } });
// refused: 'nothing' is not a path of this document
userView.extend({ name: 'x', public: { nothing: 1 } });
// refused: 'addresses' is a branch: name its leaves
userView.extend({ name: 'x', public: { addresses: 1 } });
// refused: 'settings' has no fixed leaves: write subtree to return everything below it
userView.extend({ name: 'x', public: { settings: 1 } });
// refused: 0 removes a path, and 'internal_role' is not public in the extended view
userView.extend({ name: 'x', public: { internal_role: 0 } });
// refused: 'email' is no longer public, but the extended view names it in 'filterable': say there too if it is removed (0) or stays (1)
staffView.extend({ name: 'x', public: { email: 0 } });
// refused: 'hidden' is not a part of a view
userView.extend({ name: 'x', hidden: { age: 1 } });
// refused at age: write 1 to add a path, 0 to remove one
userView.extend({ name: 'x', filterable: { age: 2 } });
// refused: 'profile' is a branch: name the leaves that are writable
userView.extend({ name: 'x', writable: { profile: 1 } });
// refused: 'username' is not an array in this document: leave it out
userView.extend({ name: 'x', arrays: { username: 1 } });
// refused at age: not assignable to type
userView.extend({ name: 'x', defaults: { age: 'x' } });
// refused at version: is not assignable
userView.extend({ name: 'x', version: 'username' });
// refused at operators: 'operators' must be 'tagged' or 'plain'
userView.extend({ name: 'x', operators: 'none' });
// refused at a<any: 'never'
userView.extend(a<any>());

interface Stock {
  _id: ObjectId;
  sku: string;
  revision: number;
  tags: string[];
  parts: { name: string; cost: number }[];
}
const stockView = defineView<Stock>()({ public: { sku: 1, revision: 1 }, version: 'revision' });
// refused: 'tags' is an array in this document: add 'tags': 1 to `arrays`
stockView.extend({ name: 'x', public: { tags: 1 } });
compiles(() => stockView.extend({ name: 'x', public: { tags: 1 }, arrays: { tags: 1 } }));
// refused at {: 'revision' is neither public nor filterable, and `options.version` compares with it
stockView.extend({ name: 'x', public: { revision: 0 } });
// refused at public: a view needs at least one public path
defineView<Stock>()({ public: { sku: 1 } }).extend({ name: 'x', public: { sku: 0 } });
