// What a branch and an array may be compared with: whether it is there, how many elements it has, a whole array of scalars.
import type { Collection } from 'mongodb';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { compiles } from './assert.ts';

interface Cart {
  name: string;
  flags: number;
  tags: string[];
  grid: number[][];
  profile?: { bio: string; ssn: string } | null;
  items: { sku: string; cost: number; box?: { size: number; price: number } }[];
  audit?: { by: string; role: string };
}

const cartView = defineView<Cart>()({
  public: { name: 1, flags: 1, tags: 1, grid: 1, 'profile.bio': 1, 'items.sku': 1, 'items.box.size': 1 },
  filterable: { 'audit.by': 1 },
  arrays: { tags: 1, grid: 2, items: 1 },
});
declare const raw: Collection<Cart>;
const carts = new SafeCollection(raw, cartView);
const logins = new PrivilegedCollection(raw, cartView, { reason: 'audit' });

compiles(() => carts.countDocuments({ profile: null }));
compiles(() => carts.countDocuments({ profile: op({ $exists: true }), items: op({ $size: 0 }) }));
compiles(() => carts.countDocuments({ items: op({ $not: { $size: 0 } }) }));
compiles(() => carts.countDocuments({ profile: op({ $ne: null }) }));
compiles(() => carts.countDocuments({ items: op({ $size: 1, $elemMatch: { sku: 'x', box: op({ $exists: false }) } }) }));
compiles(() => carts.countDocuments({ 'items.box': null }));
// refused at profile: $exists on 'profile' takes a value of another type
carts.countDocuments({ profile: op({ $exists: 1 }) });
// refused at items: $size on 'items' takes a value of another type
carts.countDocuments({ items: op({ $size: '0' }) });
// refused at profile: $ne on 'profile' takes a value of another type
carts.countDocuments({ profile: op({ $ne: 'x' }) });
// refused at profile: 'profile' is a branch: it takes $elemMatch, $exists, $size, $not and null
carts.countDocuments({ profile: op({ $gt: null }) });
// refused at profile: 'profile' is a branch: it takes $elemMatch, $exists, $size, $not and null
carts.countDocuments({ profile: op({ $not: { $type: 'object' } }) });
// refused at profile: 'profile' is a branch: name a leaf below it
carts.countDocuments({ profile: { bio: 'x', ssn: 'y' } });
// refused at items: 'items.cost' is not filterable in this view
carts.countDocuments({ items: op({ $size: 1, $elemMatch: { cost: 1 } }) });
// refused: 'audit' is a branch without a public leaf: only $elemMatch compares with it
carts.countDocuments({ audit: null });
// refused at audit: 'audit' is a branch without a public leaf
carts.countDocuments({ audit: op({ $exists: true }) });

// A whole array, where the leaf is one.
compiles(() => carts.countDocuments({ tags: ['a', 'b'], grid: [[1, 2], [3]] }));
compiles(() => carts.countDocuments({ tags: [] }));
// refused at tags: 'tags' is compared with a value of another type
carts.countDocuments({ tags: [1] });
// refused at name: 'name' is compared with a value of another type
carts.countDocuments({ name: ['a'] });
// refused at items: 'items' is a branch: name a leaf below it
carts.countDocuments({ items: [{ sku: 'x' }] });

// Bits of a number.
compiles(() => carts.countDocuments({ flags: op({ $bitsAllSet: 5, $bitsAnyClear: [0, 2] }) }));
// refused at flags: an operator on 'flags' takes a value of another type
carts.countDocuments({ flags: op({ $bitsAllSet: 'x' }) });

// The same for the program's own filters, by any path.
compiles(() => carts.countDocuments(trusted({ profile: null, audit: op({ $exists: true }), tags: ['a'] })));
compiles(() => logins.countDocuments({ profile: null, audit: op({ $exists: true }), items: op({ $size: 0 }), tags: ['a'] }));
// refused at audit: 'audit' is a branch
logins.countDocuments({ audit: op({ $gt: 1 }) });
