import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed } from '../../support/tables.ts';

/** GeoJSON, right and wrong. */
const GEOMETRIES = `
  { type: 'Point', coordinates: [1, 50] } | { type: 'Point', coordinates: [1, 50, 3] } | { type: 'Point', coordinates: [] } | { type: 'Point', coordinates: 1 } | { type: 'Point', coordinates: ['1', 50] } | { type: 'Point', coordinates: [1, Infinity] } | { type: 'Point', coordinates: [[1, 50]] } | { type: 'MultiPoint', coordinates: [[1, 50]] } | { type: 'MultiPoint', coordinates: [] } | { type: 'MultiPoint', coordinates: [1, 50] } | { type: 'LineString', coordinates: [[0, 49], [2, 51]] } | { type: 'LineString', coordinates: [[0, 49], [2]] }
  { type: 'MultiLineString', coordinates: [[[0, 49], [2, 51]], [[0, 0], [1, 1]]] } | { type: 'MultiLineString', coordinates: [[0, 49], [2, 51]] } | { type: 'Polygon', coordinates: [[[0, 49], [4, 49], [4, 54], [0, 49]]] } | { type: 'Polygon', coordinates: [] } | { type: 'Polygon', coordinates: [[]] } | { type: 'Polygon', coordinates: [[0, 49], [4, 49]] } | { type: 'Polygon', coordinates: [[[0, 49], [4, '49']]] } | { type: 'MultiPolygon', coordinates: [[[[0, 49], [4, 49], [4, 54], [0, 49]]]] } | { type: 'MultiPolygon', coordinates: [[[0, 49], [4, 49], [4, 54], [0, 49]]] }
  { type: 'GeometryCollection', geometries: [] } | { type: 'point', coordinates: [1, 50] } | { type: 'toString', coordinates: [1, 50] } | { type: 1, coordinates: [1, 50] } | { type: null } | { type: 'Point' } | { coordinates: [1, 50] } | { type: 'Point', coordinates: [1, 50], crs: 1 } | { coordinates: [1, 50], type: 'Point' } | { type: 'Point', coordinates: null } | {} | null | [1, 50] | 'Point' | op({ $a: 1 }) | undefined | { type: 'Point', coordinates: [1n, 50] } | { type: 'Point', coordinates: [new Double(1), 50] }
`;

const SHAPES = `
  $box: [[0, 49], [2, 51]] | $box: [[0, 49]] | $box: [[0, 49], [2, 51], [3, 52]] | $box: [[0, 49], [2]] | $box: 1 | $box: [0, 49, 2, 51] | $center: [[1, 50], 2] | $center: [[1, 50], 0] | $center: [[1, 50], -1] | $center: [[1, 50], '2'] | $center: [[1, 50], Infinity] | $center: [[1, 50]] | $center: [[1, 50], 1, 2] | $center: [1, 50, 2] | $center: { 0: [1, 50], 1: 2 } | $center: [[1], 2] | $centerSphere: [[1, 50], 0.1] | $centerSphere: [[1, 50], NaN] | $centerSphere: null | $polygon: [[0, 49], [3, 49], [3, 54]] | $polygon: [[0, 49], [3, 49]] | $polygon: [[0, 49], [3, 49], [3, 54], [0, 54]] | $polygon: [[0, 49], [3, 49], [3, 'x']] | $polygon: 'x'
  $uniqueDocs: true | $wrong: 1 | $box: [[0, 49], [2, 51]], $center: [[1, 50], 2]
`;

const NEARS = `
  $geometry: G | $geometry: G, $maxDistance: 5 | $geometry: G, $minDistance: 5 | $minDistance: 1, $geometry: G, $maxDistance: 500000 | $geometry: G, $maxDistance: 0 | $geometry: G, $maxDistance: -1 | $geometry: G, $maxDistance: '5' | $geometry: G, $minDistance: Infinity | $geometry: G, $minDistance: null | $geometry: G, $wrong: 1 | $maxDistance: 5 | $geometry: undefined | $geometry: null | $geometry: 1 | $geometry: { type: 'LineString', coordinates: [[0, 49], [2, 51]] } | $geometry: { type: 'Polygon', coordinates: [[[0, 49], [4, 49], [4, 54], [0, 49]]] }
`;

const find = (filter: string): string => `return await B.find(${filter}, { projection: ['title'] }).toArray();`;

const AREA = `op({ $geoWithin: { $box: [[0, 49], [2, 51]] } })`;

const NEAR = `op({ $near: { $geometry: { type: 'Point', coordinates: [1, 50] } } })`;

const SPHERE = `op({ $nearSphere: { $geometry: { type: 'Point', coordinates: [1, 50] } } })`;

/** Where a geo operator may be, and where not. */
const FILTERS = `
  { 'spots.at': ${AREA} } | { spots: op({ $elemMatch: { at: ${AREA} } }) } | { title: ${AREA} } | { rows: ${AREA} } | { secret: ${AREA} } | { place: 1 } | { place: null } | { place: op({ $exists: true }) } | { place: { type: 'Point' } } | { place: { $geoWithin: 1 } } | { 'place.x': ${AREA} } | { spots: ${AREA} } | { free: ${AREA} } | { $or: [{ place: ${AREA} }, { n: 1 }] } | { $nor: [{ place: ${AREA} }] } | { place: op({ $not: ${AREA} }) } | { place: op({ $geoWithin: { $box: [[0, 49], [2, 51]] }, $geoIntersects: 1 }) }
  { place: op({ $exists: true, $geoWithin: { $box: [[0, 49], [2, 51]] } }) } | { place: op({ $geoWithin: 1 }) } | { place: op({ $geoWithin: null }) } | { place: op({ $geoWithin: {} }) } | { place: op({ $geoWithin: [] }) } | { place: op({ $geoIntersects: null }) } | { place: op({ $geoIntersects: { $box: [[0, 49], [2, 51]] } }) } | { place: op({ $near: 1 }) } | { place: op({ $near: null }) } | { place: op({ $near: [1, 50] }) } | { place: op({ $near: {} }) } | { place: op({ $geoNear: 1 }) }
  { place: ${NEAR} } | { place: ${SPHERE} } | { $and: [{ place: ${NEAR} }] } | { $and: [{ $and: [{ place: ${SPHERE} }, { n: 1 }] }] } | { $or: [{ place: ${NEAR} }] } | { $nor: [{ place: ${NEAR} }] } | { place: ${NEAR}, $and: [{ place: ${SPHERE} }] } | { $and: [{ place: ${NEAR} }, { 'spots.at': ${NEAR} }] } | { spots: op({ $elemMatch: { at: ${NEAR} } }) } | { place: op({ $not: ${NEAR} }) } | { title: ${NEAR} }
  trusted({ place: ${NEAR} }) | trusted({ any: ${AREA} }) | trusted({ 'any.0': ${AREA} }) | trusted({ 'rows.0.t': ${AREA} }) | trusted({ 'a..b': ${AREA} }) | trusted({ $or: [{ place: ${NEAR} }] }) | trusted({ list: op({ $elemMatch: { at: ${AREA} } }) })
`;

const CALLS = `
  find(F, { projection: ['title'] }).toArray() | find(F, { projection: ['title'], sort: { n: 1 } }).toArray() | countDocuments(F) | exists(F) | distinct('title', F) | aggregate([{ $match: F }, { $project: { title: 1 } }]).toArray() | paginate(F, { projection: ['title'], limit: 2 }) | updateOne(F, { $set: { title: 'x' } }) | updateMany(F, { $set: { title: 'x' } }) | updateOne(F, { $set: { n: 5 } }, { upsert: true }) | deleteOne(F) | findOneAndUpdate(F, { $set: { title: 'x' } }, { projection: ['title'] }) | find({ n: 1 }, { projection: ['title'], trusted: trusted({ filter: F }) }).toArray() | countDocuments({ n: 1 }, { trusted: trusted({ filter: F }) })
`;

export const AREAS: AnswerList = {
  name: 'areas',
  world: BENCH_WORLD,
  calls: distinct(
    listed(GEOMETRIES).flatMap((geometry) => [
      find(`{ place: op({ $geoIntersects: { $geometry: ${geometry} } }) }`),
      find(`{ place: op({ $geoWithin: { $geometry: ${geometry} } }) }`),
      find(`{ place: op({ $near: { $geometry: ${geometry} } }) }`),
      find(`{ place: op({ $geoIntersects: { $geometry: ${geometry}, $wrong: 1 } }) }`),
    ]),
    listed(SHAPES).flatMap((shape) => [
      find(`{ place: op({ $geoWithin: { ${shape} } }) }`),
      find(`trusted({ 'spots.at': op({ $geoWithin: { ${shape} } }) })`),
    ]),
    listed(NEARS).flatMap((near) => [
      `const G = { type: 'Point', coordinates: [1, 50] }; ${find(`{ place: op({ $near: { ${near} } }) }`)}`,
      `const G = { type: 'Point', coordinates: [1, 50] }; ${find(`{ n: op({ $gt: 0 }), place: op({ $nearSphere: { ${near} } }) }`)}`,
    ]),
    listed(FILTERS).map(find),
    listed(FILTERS)
      .slice(-18)
      .flatMap((filter, number) =>
        listed(CALLS)
          .filter((_, at) => (at + number) % 3 === 0)
          .map((call) => `const F = ${filter}; return await B.${call};`),
      ),
    [
      `return await B.countDocuments({ place: ${NEAR}, n: 1 });`,
      `return await B.countDocuments({ n: 1, place: ${NEAR} });`,
      `return await B.countDocuments({ n: op({ $in: [1] }), $and: [{ title: 't1', place: ${SPHERE} }] });`,
    ],
  ),
};
