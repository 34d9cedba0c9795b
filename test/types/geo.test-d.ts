// Filters by location: which paths a view may declare, and what the operators take there.
import type { Collection } from 'mongodb';
import { defineView, op, SafeCollection, type SafeFilter, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles } from './assert.ts';

interface Shop {
  name: string;
  place: { type: 'Point'; coordinates: number[] };
  pair?: [number, number];
  areas: { type: 'Polygon'; coordinates: number[][][] }[];
  home: { street: string };
}

const shopView = defineView<Shop>()({ public: { name: 1, pair: 1, 'place.type': 1 }, geo: { place: 1, pair: 1, areas: 1 }, arrays: { pair: 1 } });
const shops = new SafeCollection(a<Collection<Shop>>(), shopView);
const logins = new PrivilegedCollection(a<Collection<Shop>>(), shopView, { reason: 'r' });
const p = { projection: ['name'] } as const;
const ring = [[0, 0], [0, 1], [1, 1], [0, 0]] as const;
const wide = a<number>();

compiles(() => shops.find({ place: op({ $near: { $geometry: { type: 'Point', coordinates: [wide, wide] }, $maxDistance: 5 } }) }, p));
compiles(() => shops.find({ place: op({ $nearSphere: { $geometry: { type: 'Point', coordinates: [1, 2] } } }), name: 'x' }, p));
compiles(() => shops.countDocuments({ place: op({ $geoWithin: { $geometry: { type: 'Polygon', coordinates: [ring] } } }) }));
compiles(() => shops.countDocuments({ pair: op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) }));
compiles(() => shops.countDocuments({ pair: op({ $geoWithin: { $center: [[0, 0], 1] } }) }));
compiles(() => shops.countDocuments({ pair: [1, 2] }));
compiles(() => shops.countDocuments({ place: op({ $exists: true }) }));
compiles(() => shops.exists({ areas: op({ $geoIntersects: { $geometry: { type: 'Point', coordinates: [1, 2] } } }) }));
compiles(() => shops.find({ $or: [{ place: op({ $geoWithin: { $centerSphere: [[0, 0], 0.1] } }) }, { name: 'x' }] }, p));
compiles(() => shops.aggregate([{ $match: { place: op({ $geoWithin: { $centerSphere: [[0, 0], 0.1] } }) } }, { $project: { name: 1 } }]));
compiles(() => shops.find(trusted({ place: op({ $geoWithin: { $centerSphere: [[0, 0], 0.1] } }) }), p));
compiles(() => logins.find({ place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 2] } } }) }, { projection: ['name'] }));
compiles(() => {
  const filter: SafeFilter<typeof shopView> = { place: op({ $geoWithin: { $centerSphere: [[0, 0], 0.1] } }) };
  filter.areas = op({ $geoIntersects: { $geometry: { type: 'Point', coordinates: [1, 2] } } });
  filter.pair = op({ $geoWithin: { $center: [[0, 0], 1] } });
  return shops.find(filter, p);
});

// refused at place: a geo operator on 'place' takes a value of another type, or is not alone
shops.find({ place: op({ $near: { $geometry: { type: 'LineString', coordinates: [[1, 2]] } } }) }, p);
// refused at place: a geo operator on 'place' takes a value of another type, or is not alone
shops.find({ place: op({ $near: { $geometry: { type: 'Point', coordinates: ['1', 2] } } }) }, p);
// refused at place: a geo operator on 'place' takes a value of another type, or is not alone
shops.find({ place: op({ $geoWithin: { $geometry: { type: 'Point', coordinates: [1, 2] } } }) }, p);
// refused at place: a geo operator on 'place' takes a value of another type, or is not alone
shops.countDocuments({ place: op({ $geoWithin: { $circle: [[1, 2], 3] } }) });
// refused at pair: a geo operator on 'pair' takes a value of another type, or is not alone
shops.countDocuments({ pair: op({ $geoWithin: { $box: [[1, 2]] } }) });
// refused at name: an operator on 'name' takes a value of another type
shops.countDocuments({ name: op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) });
// refused: 'home' is not filterable in this view
shops.countDocuments({ home: op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) });
// refused: an operator on 'pair' is written op({ … })
shops.countDocuments({ pair: { $geoWithin: { $box: [[0, 0], [1, 1]] } } });
// refused: '$geoNear' is not a supported operator
op({ $geoNear: 1 });
// refused: 'home' holds no location: GeoJSON with type and coordinates, or a pair of numbers
defineView<Shop>()({ public: { name: 1 }, geo: { home: 1 } });
// refused: 'nothing' holds no location
defineView<Shop>()({ public: { name: 1 }, geo: { nothing: 1 } });
// refused at place: write 1
defineView<Shop>()({ public: { name: 1 }, geo: { place: 0 } });
// refused at place: 'never'
defineView<Shop>()({ public: { name: 1 }, geo: { place: a<any>() } });
