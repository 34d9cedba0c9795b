import type { AreaGeometry, GeoArea, GeometryName, GeoOperator, NearOperand } from '../grammar/geo-operators.ts';
import type { Stored } from './document.ts';
import type { Op } from './op.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { IsAny } from './type-fest.ts';

/** `[longitude, latitude]`. GeoJSON types say `number[]`, so the number of coordinates is left to the guard. */
type Position = readonly number[];

interface Coordinates {
  readonly Point: Position;
  readonly MultiPoint: readonly Position[];
  readonly LineString: readonly Position[];
  readonly MultiLineString: readonly (readonly Position[])[];
  readonly Polygon: readonly (readonly Position[])[];
  readonly MultiPolygon: readonly (readonly (readonly Position[])[])[];
}

type GeometryType = SameNames<GeometryName, keyof Coordinates, GeometryName>;

/** A GeoJSON object of one of these types. */
type Geometry<Name extends GeometryType> = {
  readonly [N in Name]: { readonly type: N; readonly coordinates: Coordinates[N] };
}[Name];

interface Areas {
  readonly $geometry: Geometry<AreaGeometry & GeometryType>;
  readonly $box: readonly [Position, Position];
  readonly $center: readonly [center: Position, radius: number];
  readonly $centerSphere: readonly [center: Position, radians: number];
  readonly $polygon: readonly Position[];
}

type AreaName = SameNames<GeoArea, keyof Areas, GeoArea>;

interface NearOperands {
  readonly $geometry: Geometry<'Point'>;
  readonly $maxDistance?: number;
  readonly $minDistance?: number;
}

type Near = Pick<NearOperands, SameNames<NearOperand, keyof NearOperands, NearOperand>>;

interface GeoOperands {
  readonly $geoWithin: { readonly [A in AreaName]: { readonly [N in A]: Areas[A] } }[AreaName];
  readonly $geoIntersects: { readonly $geometry: Geometry<GeometryType> };
  readonly $near: Near;
  readonly $nearSphere: Near;
}

/** The names of the geo operators. */
export type GeoName = SameNames<GeoOperator, keyof GeoOperands, GeoOperator>;

/** One geo operator, made by `op()`. */
export type GeoOp = { readonly [N in GeoName]: Op<{ readonly [K in N]: GeoOperands[K] }> }[GeoName];

/** The value at a path that the view declares as a location; `otherwise` if it has no geo operator. */
export type CheckGeo<X, K, Otherwise> =
  X extends Op<infer O>
    ? Extract<keyof O, GeoName> extends never
      ? Otherwise
      : [X] extends [GeoOp]
        ? unknown
        : Refused<`a geo operator on '${K & string}' takes a value of another type, or is not alone`>
    : Otherwise;

/** The paths of a view that hold locations: GeoJSON, or a pair of coordinates. */
export type CheckGeoPaths<TDoc, P> = {
  readonly [K in keyof P]: IsAny<P[K]> extends true
    ? never
    : string extends K
      ? Refused<'write the path as a literal'>
      : [P[K]] extends [1]
        ? IsLocation<NonNullable<ValueAt<Stored<TDoc>, K & string>>> extends true
          ? unknown
          : Refused<`'${K & string}' holds no location: GeoJSON with type and coordinates, or a pair of numbers`>
        : Refused<'write 1'>;
};

type IsLocation<V> =
  IsAny<V> extends true
    ? false
    : [V] extends [never]
      ? false
      : [V] extends [readonly number[] | { readonly type: string; readonly coordinates: readonly unknown[] }]
        ? true
        : [V] extends [readonly (infer E)[]]
          ? [NonNullable<E>] extends [
              readonly number[] | { readonly type: string; readonly coordinates: readonly unknown[] },
            ]
            ? true
            : false
          : false;
