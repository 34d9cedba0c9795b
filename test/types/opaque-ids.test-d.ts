// Opaque ids: results have a branded text, filters and writes take any text, and the stored path is the program's own.
import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineAudiences, defineView, op, opaqueId, SafeCollection, trusted, type Exposed, type OpaqueId, type PublicOf } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';

interface Buyer {
  _id: ObjectId;
  name: string;
  hash: string;
}
interface Purchase {
  _id: ObjectId;
  buyer_id: ObjectId;
  gift_for?: ObjectId | null;
  watcher_ids: ObjectId[];
  product: string;
  secret: string;
  lines: { part_id: ObjectId; note: string }[];
  code_id: string;
  id_of?: string;
}

const buyerView = defineView<Buyer>()({ name: 'buyer', public: { id: opaqueId('_id'), name: 1 } });
const purchaseView = defineView<Purchase>()({
  name: 'purchase',
  public: {
    id: opaqueId('_id'),
    buyer: opaqueId('buyer_id', buyerView),
    gift_for: opaqueId('gift_for', buyerView),
    watchers: opaqueId('watcher_ids', buyerView),
    'lines.part': opaqueId('lines.part_id'),
    product: 1,
  },
  writable: { buyer: 1, watchers: 1, product: 1 },
  arrays: { watchers: 1, lines: 1 },
});
declare const db: Db;
declare const rawPurchases: Collection<Purchase>;
declare const text: string;
declare const stored: ObjectId;
const shop = createSafeDb(db, { buyers: buyerView, purchases: purchaseView });

// Results have the id of the documents that it belongs to.
compiles(async () => {
  type(await shop.purchases.findOne({}, { projection: ['id', 'buyer', 'watchers', 'product'] })).is<Exposed<{ id: OpaqueId<Purchase>; buyer: OpaqueId<Buyer>; watchers: OpaqueId<Buyer>[]; product: string }> | null>();
  type(await shop.purchases.findOne({}, { projection: { gift_for: 1 } })).is<Exposed<{ gift_for?: OpaqueId<Buyer> | null }> | null>();
  type(await shop.purchases.distinct('buyer')).is<OpaqueId<Buyer>[]>();
  type(a<PublicOf<typeof buyerView>>()).is<{ id: OpaqueId<Buyer>; name: string }>();
  const id: string = (await shop.buyers.findOne({ name: text }, { projection: ['id'] }))?.id ?? '';
  return id;
});

// A filter takes any text, such as one from a request, and asks for equality.
compiles(() => shop.purchases.find({ id: text, buyer: text, gift_for: null }, { projection: ['id'] }));
compiles(() => shop.purchases.find({ id: op({ $in: [text], $ne: null }) }, { projection: ['id'] }));
compiles(() => shop.purchases.find({ watchers: op({ $all: [text], $size: 1, $not: { $eq: text } }) }, { projection: ['id'] }));
compiles(() => shop.purchases.find({ 'lines.part': text, lines: op({ $elemMatch: { part: text } }) }, { projection: ['id'] }));
compiles(() => shop.purchases.find({ _id: stored }, { projection: ['id'] }));
compiles(() => shop.purchases.paginate({ buyer: text }, { projection: ['id'], limit: 5 }));
// refused at id: 'id' is compared with a value of another type
shop.purchases.find({ id: 5 }, { projection: ['id'] });
// refused: 'buyer_id' is not filterable in this view
shop.purchases.find({ buyer_id: stored }, { projection: ['id'] });
// refused at id: 'id' is an opaque id: it takes a text, $eq, $ne, $in, $nin, $all, $exists, $size and $not
shop.purchases.find({ id: op({ $gt: text }) }, { projection: ['id'] });
// refused: 'id' is not sortable in this view
shop.purchases.find({}, { projection: ['id'], sort: { id: 1 } });
// refused: 'gift_for' is an opaque id, which has no order: it can't be sortable
defineView<Purchase>()({ name: 'x', public: { gift_for: opaqueId('gift_for', buyerView), product: 1 }, sortable: { gift_for: 1 } });
// refused: 'id' is an opaque id, which has no order: it can't be sortable
defineView<Purchase>()({ name: 'x', public: { id: opaqueId('_id'), product: 1 }, sortable: { id: 1 } });
compiles(() => defineView<Purchase>()({ name: 'x', public: { id: opaqueId('_id'), product: 1 }, sortable: { secret: 1, product: 0 } }));
// refused: '_id' is not public in this view
shop.purchases.find({}, { projection: { _id: 1, product: 1 } });
// refused: 'buyer_id' is not public in this view
shop.purchases.find({}, { projection: ['buyer_id'] });

// A write takes any text where the view says so; what the program writes has the stored path.
const set = trusted({ set: { secret: 's', lines: [], code_id: 'c' } });
compiles(() => shop.purchases.insertOne({ buyer: text, watchers: [text], product: 'p' }, { trusted: set }));
compiles(() => shop.purchases.updateOne({ id: text }, { $set: { buyer: text }, $push: { watchers: text } }));
compiles(() => shop.purchases.updateOne({ id: text }, trusted({ $set: { buyer_id: stored } })));
compiles(() =>
  shop.purchases.insertOne(
    trusted({ buyer_id: stored, watcher_ids: [], product: 'p', secret: 's', lines: [], code_id: 'c' }),
  ),
);
compiles(() => shop.purchases.find({}, { projection: ['id'], trusted: trusted({ filter: { buyer_id: stored } }) }));
// refused: 'buyer_id' is not writable in this view
shop.purchases.updateOne({ id: text }, { $set: { buyer_id: stored } });
// refused: 'id' is not writable in this view
shop.purchases.updateOne({ id: text }, { $set: { id: text } });

// The collection of the driver has the stored documents.
compiles(() => new SafeCollection(rawPurchases, purchaseView, { sealKeys: [] }).findOne({ id: text }, { projection: ['id'] }));
compiles(() => new PrivilegedCollection(rawPurchases, purchaseView, { reason: 'x', sealKeys: [] }).findOne({ buyer_id: stored }, { projection: ['id'] }));

// Views that extend it, audiences and declared types.
compiles(async () => {
  const staffView = buyerView.extend({ name: 'staff', public: { hash: 1 } });
  const audiences = defineAudiences(buyerView, { public: {}, staff: { public: { hash: 1 } } });
  const buyers = new SafeCollection(a<Collection<Buyer>>(), audiences);
  type(a<PublicOf<typeof staffView>>()).is<{ id: OpaqueId<Buyer>; name: string; hash: string }>();
  type(await buyers.forAudience('staff').findOne({ id: text }, { projection: ['id', 'hash'] })).is<Exposed<{ id: OpaqueId<Buyer>; hash: string }> | null>();
});
compiles(() => defineView<Buyer, { id: string; name: string }>()({ name: 'declared', public: { id: opaqueId('_id'), name: 1 } }));

// What may be an opaque id.
// refused at id: 'user_id' is not a path of this document
defineView<Purchase>()({ name: 'x', public: { id: opaqueId('user_id') } });
// refused at code: 'code_id' is no ObjectId, and only those can be opaque
defineView<Purchase>()({ name: 'x', public: { code: opaqueId('code_id') } });
// refused at _id: an opaque id can't be called '_id', which is the stored one
defineView<Purchase>()({ name: 'x', public: { _id: opaqueId('_id') } });
// refused at part: 'part' and the stored path 'lines.part_id' are in different branches
defineView<Purchase>()({ name: 'x', public: { part: opaqueId('lines.part_id') } });
// refused at product: 'product' is another field of this document
defineView<Purchase>()({ name: 'x', public: { product: opaqueId('_id') } });
// refused at id: '_id' is public as it is stored: name it only as 'id'
defineView<Purchase>()({ name: 'x', public: { id: opaqueId('_id'), _id: 1 } });

// An identifier of several arrays: one condition is sent for all, so an opaque id in only some of them is refused.
interface Kit {
  lines: { part_id: ObjectId; count: number }[];
  extras: { part_id: ObjectId; count: number }[];
  notes: { part: string; text: string }[];
}
const kits = new SafeCollection(
  {} as Collection<Kit>,
  defineView<Kit>()({
    public: { 'lines.part': opaqueId('lines.part_id'), 'lines.count': 1, 'extras.part': opaqueId('extras.part_id'), 'extras.count': 1, 'notes.part': 1, 'notes.text': 1 },
    writable: { 'lines.count': 1, 'extras.count': 1, 'notes.text': 1 },
    arrays: { lines: 1, extras: 1, notes: 1 },
  }),
);
compiles(() => kits.updateMany({ 'lines.count': 1 }, { $set: { 'lines.$[e].count': 2, 'extras.$[e].count': 2 } }, { arrayFilters: [{ 'e.part': 'x' }] }));
// refused at e.part: $[e] stands for arrays of which only some have an opaque id there: use two identifiers
kits.updateMany({ 'lines.count': 1 }, { $set: { 'lines.$[e].count': 2, 'notes.$[e].text': 't' } }, { arrayFilters: [{ 'e.part': 'x' }] });
