// Arrays of subdocuments that the view calls whole: a caller may remove, replace and compare their elements.
import type { Collection, ObjectId } from 'mongodb';
import { defineView, op, SafeCollection, type SafeUpdate } from 'safe-collection';

import { a, compiles, type } from './assert.ts';

interface Cart {
  _id: ObjectId;
  name: string;
  items: { sku: string; count: number; note?: string; parts?: { id: string }[] }[];
  lots?: { code: string }[];
  box?: { label: string; lines: { sku: string }[] };
  audited: { sku: string; cost: number }[];
}

const paths = {
  name: 1,
  'items.sku': 1,
  'items.count': 1,
  'items.note': 1,
  'items.parts.id': 1,
  'lots.code': 1,
  'box.label': 1,
  'box.lines.sku': 1,
  'audited.sku': 1,
} as const;
const arrays = { items: 1, 'items.parts': 1, lots: 1, 'box.lines': 1, audited: 1 } as const;
const view = defineView<Cart>()({ public: paths, writable: paths, arrays, whole: { items: 1, lots: 1, 'box.lines': 1 } });
const carts = new SafeCollection(a<Collection<Cart>>(), view);
const one = { name: 'ada' };
const item = { sku: 'a', count: 1 };

compiles(() => carts.updateOne(one, { $pull: { items: { sku: 'a' } } }));
compiles(() => carts.updateOne(one, { $pull: { items: { count: op({ $lt: 1 }), $or: [{ sku: 'a' }, { 'parts.id': 'p' }] } } }));
compiles(() => carts.updateMany(one, { $pullAll: { items: [item] }, $pop: { lots: 1 } }));
compiles(() => carts.updateOne(one, { $addToSet: { items: item } }));
compiles(() => carts.updateOne(one, { $addToSet: { items: op({ $each: [item, { ...item, note: 'n' }] }) } }));
compiles(() => carts.updateOne(one, { $push: { items: op({ $each: [item], $slice: -10, $position: 0, $sort: { count: -1 } }) } }));
compiles(() => carts.updateOne(one, { $push: { lots: op({ $each: [{ code: 'x' }], $sort: 1 }) } }));
compiles(() => carts.updateOne(one, { $set: { items: [item], 'box.lines': [] } }));
compiles(() => carts.updateOne(one, { $set: { box: { label: 'l', lines: [{ sku: 'a' }] } } }));
compiles(() => carts.updateOne(one, { $set: { 'items.$[i]': item } }, { arrayFilters: [{ 'i.sku': 'a' }] }));
compiles(() => carts.updateOne(one, { $push: { 'items.$[].parts': { id: 'p' } }, $unset: { lots: 1 } }));
compiles(() => carts.updateOne(one, { $pull: { 'items.$[].parts': { id: 'p' } } }));
compiles(() => carts.findOneAndUpdate(one, { $pull: { items: { sku: 'a' } } }, { projection: ['items.sku'] }));
compiles(() => carts.bulkWrite([{ updateOne: { filter: one, update: { $pull: { items: { sku: 'a' } } } } }]));
compiles(() => {
  const update: SafeUpdate<typeof view> = { $set: { items: [item] } };
  update.$push = { lots: { code: 'x' } };
  return carts.updateOne(one, update);
});
// What whole elements were is not told by a count.
type((await carts.updateOne(one, { $pull: { items: { sku: 'a' } } })).matchedCount).is<number>();

// refused at items: 'items.cost' is not filterable in this view
carts.updateOne(one, { $pull: { items: { cost: 1 } } });
// refused at items: 'items.count' is compared with a value of another type
carts.updateOne(one, { $pull: { items: { count: 'x' } } });
// refused at items: $pull on 'items' takes at least one condition
carts.updateOne(one, { $pull: { items: {} } });
// refused at items: $pull takes a filter of the elements of 'items'
carts.updateOne(one, { $pull: { items: 'a' } });
// refused at cost: 'items.cost' is not a path of this document
carts.updateOne(one, { $addToSet: { items: { ...item, cost: 1 } } });
// refused at items: an element of 'items' has a field that is not writable, or lacks one
carts.updateOne(one, { $pullAll: { items: [{ sku: 'a' }] } });
// refused: 'items' takes a value of another type
carts.updateOne(one, { $set: { items: [{ sku: 'a' }] } });
// refused: 'items' is an array of subdocuments: name a leaf below it
carts.updateOne(one, { $inc: { items: 1 } });
// refused: 'items' is required, so it can't be unset
carts.updateOne(one, { $unset: { items: 1 } });
// refused: 'audited' is a branch: name the leaves below it
carts.updateOne(one, { $pull: { audited: { sku: 'a' } } });
// refused: 'audited' is a branch: name the leaves below it
carts.updateOne(one, { $pop: { audited: 1 } });
// refused: 'audited' is a branch: name the leaves below it
carts.updateOne(one, { $set: { audited: [] } });

// refused: 'audited' has the field 'cost', which is not public, writable and filterable
defineView<Cart>()({ public: paths, writable: paths, arrays, whole: { audited: 1 } });
// refused: 'items' has the field 'count', which is not public, writable and filterable
defineView<Cart>()({ public: paths, writable: { 'items.sku': 1, 'items.note': 1, 'items.parts.id': 1 }, arrays, whole: { items: 1 } });
// refused: 'items' has the field 'note', which is not public, writable and filterable
defineView<Cart>()({ public: paths, writable: paths, filterable: { 'items.note': 0 }, arrays, whole: { items: 1 } });
// refused: 'name' is not an array of subdocuments
defineView<Cart>()({ public: paths, writable: paths, arrays, whole: { name: 1 } });
// refused: 'box' is not an array of subdocuments
defineView<Cart>()({ public: paths, writable: paths, arrays, whole: { box: 1 } });
// refused at items: write 1
defineView<Cart>()({ public: paths, writable: paths, arrays, whole: { items: true } });
// A view that extends another keeps its whole arrays, and may not take a field of theirs away.
compiles(() => new SafeCollection(a<Collection<Cart>>(), view.extend({ name: 'audit', public: { 'audited.cost': 1 } })).updateOne(one, { $pull: { items: { sku: 'a' } } }));
// refused at { name: 'items' has the field 'note', which is not public, writable and filterable
view.extend({ name: 'narrow', public: { 'items.note': 0 } });
