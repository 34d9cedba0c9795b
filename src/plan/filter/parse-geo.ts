import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import {
  AREA_GEOMETRIES,
  GEO_OPERATORS,
  GEOMETRIES,
  NEAR_OPERATORS,
  type GeoArea,
  type GeometryName,
  type GeoOperator,
  type NearOperand,
} from '../../grammar/geo-operators.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';

/** The place of a geo operator. */
interface GeoContext {
  readonly path: string;
  readonly name: string;
  readonly call: CallContext;
}

type ParseGeo = (operand: InputCopy, context: GeoContext) => unknown;

const PARSERS = {
  $geoWithin: within,
  $geoIntersects: intersects,
  $near: near,
  $nearSphere: near,
} satisfies Record<GeoOperator, ParseGeo>;

const OPERATORS: ReadonlyMap<string, ParseGeo> = new Map(Object.entries(PARSERS));

const NEAR: ReadonlySet<string> = new Set(NEAR_OPERATORS);

const AREAS = {
  $geometry: areaGeometry,
  $box: (value, context) => positions(value, 2, 2, context),
  $center: circle,
  $centerSphere: circle,
  $polygon: (value, context) => positions(value, 3, Infinity, context),
} satisfies Record<GeoArea, ParseGeo>;

const AREA_PARSERS: ReadonlyMap<string, ParseGeo> = new Map<string, ParseGeo>(Object.entries(AREAS));

const NEARS = {
  $geometry: (value, context) => geometry(value, ['Point'], context),
  $maxDistance: distance,
  $minDistance: distance,
} satisfies Record<NearOperand, ParseGeo>;

const NEAR_PARSERS: ReadonlyMap<string, ParseGeo> = new Map<string, ParseGeo>(Object.entries(NEARS));

/** Whether one of these operators is a geo operator. */
export function hasGeoOperator(operators: InputObject): boolean {
  return Object.keys(operators).some((name) => OPERATORS.has(name));
}

/** Whether one of these operators sorts by distance. */
export function hasNearOperator(operators: object): boolean {
  return Object.keys(operators).some((name) => NEAR.has(name));
}

/** Parses a geo operator. It can't be combined with other operators at its path. */
export function parseGeo(operators: InputObject, path: string, call: CallContext): Emitted {
  const [name = '', ...others] = Object.keys(operators);
  const parse = OPERATORS.get(name);
  if (parse === undefined || others.length > 0)
    return call.refuse(
      'filter_operator',
      `At ${quote(path)}, one of ${GEO_OPERATORS.join(', ')} must be the only operator. Combine conditions with $and.`,
      path,
    );
  return emit(name, parse(operators[name], { path, name, call }));
}

function refuse({ path, name, call }: GeoContext, takes: string): never {
  return call.refuse('filter_value', `${name} at ${quote(path)} takes ${takes}.`, path);
}

function within(operand: InputCopy, context: GeoContext): unknown {
  const [shape = '', ...others] = isInputObject(operand) ? Object.keys(operand) : [];
  const parse = AREA_PARSERS.get(shape);
  if (!isInputObject(operand) || parse === undefined || others.length > 0)
    return refuse(context, `one of ${[...AREA_PARSERS.keys()].join(', ')}`);
  return emit(shape, parse(operand[shape], { ...context, name: `${context.name}.${shape}` }));
}

function intersects(operand: InputCopy, context: GeoContext): unknown {
  const isGeometry = isInputObject(operand) && Object.keys(operand).join() === '$geometry';
  if (!isGeometry) return refuse(context, '{ $geometry: … } and nothing else');
  return emit('$geometry', geometry(operand['$geometry'], Object.keys(GEOMETRIES), context));
}

/** `$geometry` with a point is required. The old form, a pair of coordinates, takes its distances from beside the operator. */
function near(operand: InputCopy, context: GeoContext): unknown {
  if (!isInputObject(operand) || operand['$geometry'] === undefined)
    return refuse(context, '{ $geometry: { type: "Point", coordinates: [longitude, latitude] } }, and distances');
  const emitted = emptyDocument();
  for (const [key, value] of Object.entries(operand)) {
    const parse = NEAR_PARSERS.get(key);
    if (parse === undefined) return refuse(context, `${[...NEAR_PARSERS.keys()].join(', ')}, not ${quote(key)}`);
    emitted[key] = parse(value, { ...context, name: `${context.name}.${key}` });
  }
  return emitted;
}

function areaGeometry(value: InputCopy, context: GeoContext): unknown {
  return geometry(value, AREA_GEOMETRIES, context);
}

/** A GeoJSON object: its type and its coordinates. The server would also read `crs`, so other keys are refused. */
function geometry(value: InputCopy, types: readonly string[], context: GeoContext): unknown {
  const type = isInputObject(value) ? value['type'] : undefined;
  if (!isInputObject(value) || !isGeometryName(type) || !types.includes(type))
    return refuse(context, `a GeoJSON object with type ${types.join(', ')}`);
  if (Object.keys(value).some((key) => key !== 'type' && key !== 'coordinates'))
    return refuse(context, 'a GeoJSON object with type and coordinates, and no other key');
  const coordinates = nested(value['coordinates'], GEOMETRIES[type], context);
  return Object.assign(emit('type', type), emit('coordinates', coordinates));
}

function isGeometryName(type: InputCopy): type is GeometryName {
  return typeof type === 'string' && Object.hasOwn(GEOMETRIES, type);
}

/** Positions inside so many arrays. */
function nested(value: InputCopy, depth: number, context: GeoContext): unknown {
  if (depth === 0) return position(value, context);
  if (!isInputArray(value) || value.length === 0)
    return refuse(context, 'coordinates that are nested as their type says, and not empty');
  return value.map((each) => nested(each, depth - 1, context));
}

function position(value: InputCopy, context: GeoContext): unknown {
  const isPosition = isInputArray(value) && value.length === 2 && value.every(Number.isFinite);
  return isPosition ? value : refuse(context, 'positions of two finite numbers: [longitude, latitude]');
}

function positions(value: InputCopy, least: number, most: number, context: GeoContext): unknown {
  if (!isInputArray(value) || value.length < least || value.length > most)
    return refuse(context, least === most ? `${least} positions` : `${least} positions or more`);
  return value.map((each) => position(each, context));
}

function circle(value: InputCopy, context: GeoContext): unknown {
  if (!isInputArray(value) || value.length !== 2) return refuse(context, 'a center and a radius');
  return [position(value[0], context), distance(value[1], context)];
}

function distance(value: InputCopy, context: GeoContext): unknown {
  return Number.isFinite(value) && (value as number) >= 0 ? value : refuse(context, 'a finite number of 0 or more');
}
