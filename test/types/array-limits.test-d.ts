// $slice and $elemMatch in a projection: some public elements of an array.
import type { Collection } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection, subtree, type Exposed, type Projected } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';
import { rawUsers, users, userView } from './fixtures.ts';

interface Trip {
  _id: string;
  name: string;
  scores: number[];
  grid?: number[][];
  phone: string | string[];
  legs: { city: string; gate: string; stops?: { at: string; code: string }[] }[];
  meta: Record<string, number>[];
}

const tripView = defineView<Trip>()({
  public: { name: 1, scores: 1, grid: 1, phone: 1, 'legs.city': 1, 'legs.stops.at': 1, meta: subtree },
  writable: { name: 1 },
  filterable: { 'legs.gate': 1, phone: 0 },
  arrays: { scores: 1, grid: 2, phone: [0, 1], legs: 1, 'legs.stops': 1 },
});
declare const raw: Collection<Trip>;
const trips = new SafeCollection(raw, tripView);

// $slice keeps the type of the array.
type(users.findOne({}, { projection: { username: 1, addresses: op({ $slice: 5 }) } })).is<
  Promise<Exposed<{ username: string; addresses: { city: string }[] }> | null>
>();
type(users.findOne({}, { projection: { tags: op({ $slice: [10, 5] }), _id: 0 } })).is<Promise<Exposed<{ tags: string[] }> | null>>();
type(trips.findOne({}, { projection: { grid: op({ $slice: -2 }) } })).is<Promise<Exposed<{ grid?: number[][] }> | null>>();
type(trips.findOne({}, { projection: { phone: op({ $slice: a<number>() }) } })).is<
  Promise<Exposed<{ phone: string | string[] }> | null>
>();
type(trips.findOne({}, { projection: { name: 1, 'legs.stops': op({ $slice: 1 }), 'legs.city': 1 } })).is<
  Promise<Exposed<{ name: string; legs: { city: string; stops?: { at: string }[] }[] }> | null>
>();

// A field with $elemMatch is missing if nothing matches.
type(users.findOne({}, { projection: { username: 1, addresses: op({ $elemMatch: { city: 'Ulm' } }) } })).is<
  Promise<Exposed<{ username: string; addresses?: { city: string }[] }> | null>
>();
type(trips.findOneAndUpdate({}, { $set: { name: 'x' } }, { projection: { scores: op({ $elemMatch: { $gt: 3 } }) } })).is<
  Promise<Exposed<{ scores?: number[] }> | null>
>();
compiles(() => trips.findOne({}, { projection: { legs: op({ $elemMatch: { city: op({ $in: ['Ulm', /^B/] }), gate: 'A1' } }) } }));
compiles(() => trips.findOne({}, { projection: { legs: op({ $elemMatch: { stops: op({ $elemMatch: { at: 'x' } }) } }) } }));
compiles(() => trips.findOneAndDelete({}, { projection: { legs: op({ $elemMatch: { $or: [{ city: 'Ulm' }, { city: op({ $gt: 'V' }) }] } }) } }));
compiles(() => trips.findOneAndReplace({}, { name: 'x' }, { projection: { legs: op({ $slice: 1 }) } }));
compiles(() => trips.findJson({}, { projection: { legs: op({ $slice: 1 }) } }));
compiles(() => trips.findOneJson({}, { projection: { legs: op({ $slice: 1 }) } }));
compiles(() => trips.find({}, { projection: { legs: op({ $slice: 1 }), scores: op({ $elemMatch: { $gt: 3 } }) } }));

// A selection carries it.
const card = userView.select({ username: 1, tags: op({ $slice: 2 }), addresses: op({ $elemMatch: { city: 'Ulm' } }) });
type(users.findOne({}, { projection: card })).is<
  Promise<Exposed<{ username: string; tags: string[]; addresses?: { city: string }[] }> | null>
>();
type(a<Projected<typeof userView, typeof card>>()).is<Exposed<{ username: string; tags: string[]; addresses?: { city: string }[] }>>();
// refused at card): this selection has $slice or $elemMatch
userView.pick({}, card);
// refused at card): this selection has $slice or $elemMatch
userView.toJSONSchema(card);

// refused: 'addresses' takes the literal 1 or true: write op({ $slice: … })
users.findOne({}, { projection: { addresses: { $slice: 5 } } });
// refused: 'addresses' takes the literal 1 or true: write op({ $elemMatch: … })
users.findOne({}, { projection: { addresses: { $elemMatch: { city: 'Ulm' } } } });
// refused: 'username' is not an array, so a projection takes no $slice there
users.findOne({}, { projection: { username: op({ $slice: 5 }) } });
// refused: 'profile' is not an array, so a projection takes no $elemMatch there
users.findOne({}, { projection: { profile: op({ $elemMatch: { bio: 'x' } }) } });
// refused: 'password_hash' is not public in this view
users.findOne({}, { projection: { password_hash: op({ $slice: 5 }) } });
// refused: 'meta' has no fixed leaves: a projection takes no $slice there
trips.findOne({}, { projection: { meta: op({ $slice: 5 }) } });
// refused at addresses: a projection takes $slice or $elemMatch at 'addresses', and only one of them
users.findOne({}, { projection: { addresses: op({ $slice: 5, $elemMatch: { city: 'Ulm' } }) } });
// refused at addresses: '$size' is not allowed in a projection
users.findOne({}, { projection: { addresses: op({ $size: 5 }) } });
// refused at addresses: $slice at 'addresses' takes an integer, or [skip, limit]
users.findOne({}, { projection: { addresses: op({ $slice: '5' }) } });
// refused at addresses: $slice at 'addresses' takes an integer, or [skip, limit]
users.findOne({}, { projection: { addresses: op({ $slice: [5] }) } });
// refused at addresses: 'addresses.access_code' is not filterable in this view
users.findOne({}, { projection: { addresses: op({ $elemMatch: { access_code: 'x' } }) } });
// refused at addresses: 'addresses.access_code' is not filterable in this view
users.findOne({}, { projection: { addresses: op({ $elemMatch: { $or: [{ access_code: 'x' }] } }) } });
// refused at addresses: 'addresses.city' is compared with a value of another type
users.findOne({}, { projection: { addresses: op({ $elemMatch: { city: 5 } }) } });
// refused at scores: an operator on 'scores' takes a value of another type
trips.findOne({}, { projection: { scores: op({ $elemMatch: { $gt: 'x' } }) } });
// refused: 'phone' is not filterable in this view
trips.findOne({}, { projection: { phone: op({ $elemMatch: { $eq: 'x' } }) } });
// refused: 'grid' has arrays in its array, so a projection takes no $elemMatch there
trips.findOne({}, { projection: { grid: op({ $elemMatch: { $gt: 1 } }) } });
// refused at legs.stops: a projection takes $elemMatch at a field of the document itself, and not at 'legs.stops'
trips.findOne({}, { projection: { 'legs.stops': op({ $elemMatch: { at: 'x' } }) } });
// refused at scores: $mod is not allowed in the $elemMatch of a projection
trips.findOne({}, { projection: { scores: op({ $elemMatch: { $mod: [2, 0] } }) } });
// refused at addresses: $bitsAllSet is not allowed in the $elemMatch of a projection
users.findOne({}, { projection: { addresses: op({ $elemMatch: { city: op({ $not: { $bitsAllSet: 1 } }) } }) } });
// refused: 'addresses.city' is already included by 'addresses'
users.findOne({}, { projection: { addresses: op({ $slice: 5 }), 'addresses.city': 1 } });
// refused at addresses: 'addresses' takes the literal 1 or true
users.findOne({}, { projection: { addresses: a<boolean>() ? op({ $slice: 5 }) : 1 } });
// refused at addresses: 'never'
users.findOne({}, { projection: { addresses: a<any>() } });

// Methods that return arrays only as they are stored.
interface Note {
  _id: string;
  tags: string[];
}
const notes = new SafeCollection(a<Collection<Note>>(), defineView<Note>()({ public: { tags: 1 }, writable: { tags: 1, _id: 1 }, arrays: { tags: 1 } }));
// refused at tags: the projection takes no $slice or $elemMatch here (at 'tags')
notes.insertOne({ _id: 'x', tags: [] }, { projection: { tags: op({ $slice: 1 }) } });
const shop = createSafeDb(a<import('mongodb').Db>(), { users: userView });
// refused at addresses: the projection takes no $slice or $elemMatch here (at 'addresses')
shop.users.findPopulated({}, { projection: { addresses: op({ $slice: 1 }) }, populate: {} });
const logins = new PrivilegedCollection(rawUsers, userView, { reason: 'login' });
// refused: 'addresses' is a branch: name its leaves
logins.findOne({}, { projection: { addresses: op({ $slice: 1 }) } });
// refused at tags: 'tags' takes the literal 1 or true
logins.findOne({}, { projection: { tags: op({ $slice: 1 }) } });
