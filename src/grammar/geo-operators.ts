/** The operators at a path that the view declares as a location. */
export const GEO_OPERATORS = ['$geoWithin', '$geoIntersects', '$near', '$nearSphere'] as const;

export type GeoOperator = (typeof GEO_OPERATORS)[number];

/** Those that also sort by distance. The server takes one of them, and not in a pipeline. */
export const NEAR_OPERATORS = ['$near', '$nearSphere'] as const satisfies readonly GeoOperator[];

/** The areas that `$geoWithin` takes. The others are flat shapes for coordinate pairs, `$centerSphere` excepted. */
export const GEO_AREAS = ['$geometry', '$box', '$center', '$centerSphere', '$polygon'] as const;

export type GeoArea = (typeof GEO_AREAS)[number];

/** The operands of `$near` and `$nearSphere`. */
export const NEAR_OPERANDS = ['$geometry', '$maxDistance', '$minDistance'] as const;

export type NearOperand = (typeof NEAR_OPERANDS)[number];

/** The GeoJSON types, each with how deep the arrays around its positions are. `crs` and collections are refused. */
export const GEOMETRIES = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
} as const;

export type GeometryName = keyof typeof GEOMETRIES;

/** The types that enclose an area, for `$geoWithin`. */
export const AREA_GEOMETRIES = ['Polygon', 'MultiPolygon'] as const satisfies readonly GeometryName[];

export type AreaGeometry = (typeof AREA_GEOMETRIES)[number];
