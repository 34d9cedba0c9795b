// $text: only in a view that lists its search paths.
import type { Collection } from 'mongodb';
import { defineView, SafeCollection, type SafeFilter } from 'safe-collection';

import { a, compiles } from './assert.ts';
import { orders } from './fixtures.ts';

interface Tea {
  _id: string;
  name: string;
  profile?: { bio?: string; secret?: string };
  price: number;
  secret: string;
}

const teaView = defineView<Tea>()({ public: { name: 1, 'profile.bio': 1, price: 1 }, writable: { price: 1 }, search: ['name', 'profile.bio'] });
const teas = new SafeCollection(a<Collection<Tea>>(), teaView);
const p = { projection: ['name'] } as const;

compiles(() => teas.find({ $text: { $search: 'green' } }, p));
compiles(() => teas.findOne({ price: 1, $text: { $search: a<string>(), $caseSensitive: true, $language: 'en', $diacriticSensitive: false } }, p));
compiles(() => teas.deleteMany({ $and: [{ $text: { $search: 'green' } }, { price: 2 }] }));
compiles(() => {
  const filter: SafeFilter<typeof teaView> = { price: 1 };
  filter.$text = { $search: 'green' };
  return teas.countDocuments(filter);
});
compiles(() => defineView<Tea>()({ public: { name: 1 }, filterable: { secret: 1 }, search: ['secret'] }));

// refused: '$text' is not allowed in a filter: the view lists no `search` paths
orders.find({ $text: { $search: 'tea' } }, { projection: ['product'] });
// refused at $text: $text takes { $search: … }: the words to search for
teas.find({ $text: { $language: 'en' } }, p);
// refused at $text: $text takes { $search: … }: the words to search for
teas.find({ $text: { $search: 5 } }, p);
// refused: '$path' is not an option of $text
teas.find({ $text: { $search: 'x', $path: 'secret' } }, p);
// refused: '$text' is not allowed in a filter: the view lists no `search` paths
teas.aggregate([{ $match: { $text: { $search: 'x' } } }, { $project: { name: 1 } }]);
// refused at $text: a filter takes $text at its top or in $and: '$text' is not allowed in $or and $nor
teas.find({ $or: [{ $text: { $search: 'green' } }, { price: 1 }] }, p);
// refused at $text: a filter takes $text at its top or in $and: '$text' is not allowed in $or and $nor
teas.deleteMany({ $and: [{ $nor: [{ $and: [{ $text: { $search: 'green' } }] }] }] });
compiles(() => teas.find({ $text: { $search: 'green' }, $or: [{ name: 'x' }, { price: 1 }] }, p));
// refused at $text: '$text' is not allowed in an upsert: it does not say which document to create
teas.updateOne({ $text: { $search: 'green' } }, { $set: { price: 1 } }, { upsert: true });
// refused at $text: '$text' is not allowed in an upsert: it does not say which document to create
teas.findOneAndUpdate({ $and: [{ $text: { $search: 'green' } }] }, { $set: { price: 1 } }, { projection: ['name'], upsert: true });
// refused: 'secret' is not a filterable leaf of this view
defineView<Tea>()({ public: { name: 1 }, search: ['secret'] });
// refused: 'profile' is not a filterable leaf of this view
defineView<Tea>()({ public: { name: 1, 'profile.bio': 1 }, search: ['profile'] });
// refused: 'name' is not a filterable leaf of this view
defineView<Tea>()({ public: { name: 1 }, filterable: { name: 0 }, search: ['name'] });
// refused at search: `search` must be a non-empty array of paths
defineView<Tea>()({ public: { name: 1 }, search: [] });
// refused at search: 'never'
defineView<Tea>()({ public: { name: 1 }, search: a<any>() });
