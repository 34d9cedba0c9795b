import { BSON_TYPE } from '../../results/bson/bson-type.ts';

/**
 * The types of BSON in the order in which the server sorts values of different types, each with its name for `$type`. Types of one line are
 * compared by value. A missing field sorts as null.
 */
const ORDER: readonly (readonly (readonly [name: string, type: number])[])[] = [
  [['minKey', BSON_TYPE.minKey]],
  [['undefined', BSON_TYPE.undefined]],
  [['null', BSON_TYPE.null]],
  [
    ['double', BSON_TYPE.double],
    ['int', BSON_TYPE.int],
    ['long', BSON_TYPE.long],
    ['decimal', BSON_TYPE.decimal],
  ],
  [
    ['string', BSON_TYPE.string],
    ['symbol', BSON_TYPE.symbol],
  ],
  [['object', BSON_TYPE.object]],
  [['array', BSON_TYPE.array]],
  [['binData', BSON_TYPE.binary]],
  [['objectId', BSON_TYPE.objectId]],
  [['bool', BSON_TYPE.bool]],
  [['date', BSON_TYPE.date]],
  [['timestamp', BSON_TYPE.timestamp]],
  [['regex', BSON_TYPE.regExp]],
  [['dbPointer', BSON_TYPE.dbPointer]],
  [['javascript', BSON_TYPE.code]],
  [['javascriptWithScope', BSON_TYPE.codeWithScope]],
  [['maxKey', BSON_TYPE.maxKey]],
];

/** The types that come after a type in one direction, as a condition names them. */
interface Bracket {
  /** The names of the types for `$type`. Without null and arrays. */
  readonly named: readonly string[];
  /** Whether null and missing fields are among them. */
  readonly hasNull: boolean;
}

const upwards = new Map(ORDER.flatMap((types, at) => types.map(([, type]) => [type, bracket(ORDER.slice(at + 1))])));
const downwards = new Map(ORDER.flatMap((types, at) => types.map(([, type]) => [type, bracket(ORDER.slice(0, at))])));

/** The types that come after that of a value: larger ones for 1, smaller ones for -1. */
export function typesBeyond(type: number, direction: 1 | -1): Bracket {
  return (direction === 1 ? upwards : downwards).get(type) as Bracket;
}

function bracket(beyond: typeof ORDER): Bracket {
  const names = beyond.flatMap((types) => types.map(([name]) => name));
  return Object.freeze({
    named: Object.freeze(names.filter((name) => name !== 'null' && name !== 'array')),
    hasNull: names.includes('null'),
  });
}
