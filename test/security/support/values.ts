import { runInNewContext } from 'node:vm';

import * as bson4 from 'bson-4';
import * as bson5 from 'bson-5';
import * as bson6 from 'bson-6';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { op, trusted } from 'safe-collection';
import { Sensitive } from 'safe-collection/privileged';

/** Where a value may be: rows of the table of values. */
export type ValueGroup =
  | 'scalar'
  | 'null'
  | 'pattern'
  | 'array of scalars'
  | 'array of arrays'
  | 'object'
  | 'operator without op()'
  | 'op()'
  | 'trusted()'
  | 'never';

/** A value in the place of a scalar. `make` makes a new one for each call. */
export interface Value {
  readonly name: string;
  readonly group: ValueGroup;
  make(): unknown;
}

/** What runs if anything reads a hostile value as code. Each adds to it. */
export const executed: string[] = [];

function ran(what: string): never {
  executed.push(what);
  throw new Error(`the code of a caller's value ran: ${what}`);
}

function group(name: ValueGroup, makers: Readonly<Record<string, () => unknown>>): Value[] {
  return Object.entries(makers).map(([label, make]) => ({ name: label, group: name, make }));
}

const DATE = new Date('2024-02-03T04:05:06Z');
const HEX = '65a000000000000000000009';

/** The scalar classes of a major version of `bson`. */
interface Bson {
  readonly Long: { fromNumber(value: number): unknown };
  readonly Decimal128: { fromString(text: string): unknown };
  readonly Int32: new (value: number) => object;
  readonly Double: new (value: number) => object;
  readonly Binary: new (bytes: Buffer) => object;
  readonly ObjectId: new (hex: string) => object;
  readonly BSONRegExp: new (source: string, flags: string) => object;
}

function ofMajor(major: string, { Long: L, Decimal128: D, Int32: I, Double: F, Binary: B }: Bson) {
  return {
    [`Long of ${major}`]: () => L.fromNumber(7),
    [`Decimal128 of ${major}`]: () => D.fromString('1.5'),
    [`Int32 of ${major}`]: () => new I(7),
    [`Double of ${major}`]: () => new F(1.5),
    [`Binary of ${major}`]: () => new B(Buffer.from('abc')),
  };
}

const SCALARS = group('scalar', {
  'a string': () => 'bob',
  'an empty string': () => '',
  'a string that looks like a path': () => '$password_hash',
  'a string that looks like a variable': () => '$$ROOT',
  'a string with a zero byte': () => 'a\0b',
  'half of a surrogate pair': () => '\ud800',
  'a long string': () => 'x'.repeat(100_000),
  'an integer': () => 7,
  'a fraction': () => 1.5,
  'minus zero': () => -0,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  'a bigint': () => 7n,
  'the largest bigint': () => 2n ** 63n - 1n,
  true: () => true,
  false: () => false,
  'a date': () => new Date(DATE),
  'an ObjectId': () => new ObjectId(HEX),
  'a Long': () => Long.fromNumber(7),
  'an unsigned Long': () => Long.fromNumber(7, true),
  'a Decimal128': () => Decimal128.fromString('1.5'),
  'a Timestamp': () => new Timestamp({ t: 1, i: 2 }),
  'an Int32': () => new Int32(7),
  'a Double': () => new Double(1.5),
  'a Binary': () => new Binary(Buffer.from('abc')),
  'a UUID': () => new UUID('0123456789abcdef0123456789abcdef'),
  'a Buffer': () => Buffer.from('abc'),
  'a Uint8Array': () => new Uint8Array([1, 2, 3]),
  'a date of another realm': () => runInNewContext('new Date(0)') as unknown,
  'a Uint8Array of another realm': () => runInNewContext('new Uint8Array(3)') as unknown,
  ...ofMajor('bson 4', bson4 as unknown as Bson),
  ...ofMajor('bson 5', bson5 as unknown as Bson),
  ...ofMajor('bson 6', bson6 as unknown as Bson),
  'an ObjectId of bson 5': () => new bson5.ObjectId(HEX),
  'an ObjectId of bson 6': () => new bson6.ObjectId(HEX),
});

const PATTERNS = group('pattern', {
  'a RegExp': () => /^b/i,
  'a BSONRegExp': () => new BSONRegExp('^b', 'i'),
  'a RegExp of another realm': () => runInNewContext('/^b/') as unknown,
  'a BSONRegExp of bson 6': () => new bson6.BSONRegExp('^b', 'i'),
});

/** Arrays in arrays, from depth 1 to 6. */
function nested(depth: number, inner: unknown): unknown {
  return depth === 0 ? inner : [nested(depth - 1, inner)];
}

const ARRAYS = [
  ...group('array of scalars', {
    'an array': () => ['bob', 7],
    'an empty array': () => [],
    'an array of null': () => [null],
    'a frozen array': () => Object.freeze(['bob']),
  }),
  ...group(
    'array of arrays',
    Object.fromEntries([2, 3, 4, 5, 6].map((depth) => [`arrays ${depth} deep`, () => nested(depth, 'bob')])),
  ),
  ...group('object', {
    'an object': () => ({ ssn: 'own' }),
    'an empty object': () => ({}),
    'an object without a prototype': () => Object.assign(Object.create(null) as object, { ssn: 'own' }),
    'objects 6 deep': () => ({ a: { b: { c: { d: { e: { f: 'own' } } } } } }),
    'an array of objects': () => [{ ssn: 'own' }],
    'an object in arrays 3 deep': () => nested(3, { ssn: 'own' }),
    'a forged _bsontype': () => ({ _bsontype: 'Long', low: 1, high: 0, unsigned: false }),
    'a forged trust mark': () => ({ trusted: true, payload: { username: 'ada' } }),
    'an array-like': () => ({ '0': 'bob', length: 1 }),
  }),
];

const MARKS = [
  ...group('operator without op()', {
    $ne: () => ({ $ne: 'zebra' }),
    $gt: () => ({ $gt: '' }),
    $where: () => ({ $where: 'true' }),
    'Extended JSON': () => ({ $oid: HEX }),
    'a DBRef as an object': () => ({ $ref: 'teams', $id: 'zebra' }),
  }),
  ...group('op()', { 'a mark of op()': () => op({ $ne: 'zebra' }) }),
  ...group('trusted()', { 'a mark of trusted()': () => trusted({ username: 'zebra' }) }),
];

/** An object that becomes a number when it is written, by code. */
const coerced = {
  valueOf: () => ran('valueOf'),
  toString: () => ran('toString'),
  [Symbol.toPrimitive]: () => ran('toPrimitive'),
};

/** An instance whose field is an accessor of its own. */
function asking(value: object, field: string): object {
  return Object.defineProperty(value, field, { get: () => ran(field), enumerable: true, configurable: true });
}

function having(value: object, field: string, inner: unknown): object {
  return Object.defineProperty(value, field, { value: inner, writable: true, enumerable: true, configurable: true });
}

const HOSTILE_CLASSES = group('never', {
  'an ObjectId with an accessor': () => asking(new ObjectId(HEX), 'id'),
  'an ObjectId of bson 6 with an accessor': () => asking(new bson6.ObjectId(HEX), 'id'),
  'a Long with an accessor': () => asking(Long.fromNumber(7), 'low'),
  'an Int32 with an accessor': () => asking(new Int32(7), 'value'),
  'a Double with an accessor': () => asking(new Double(7), 'value'),
  'a Decimal128 with an accessor': () => asking(Decimal128.fromString('1'), 'bytes'),
  'a Binary with an accessor': () => asking(new Binary(Buffer.from('a')), 'buffer'),
  'a Binary with an accessor for its type': () => asking(new Binary(Buffer.from('a')), 'sub_type'),
  'a Timestamp with an accessor': () => asking(new Timestamp({ t: 1, i: 2 }), 'high'),
  'a BSONRegExp with an accessor': () => asking(new BSONRegExp('a', ''), 'pattern'),
  'a RegExp with an accessor': () => asking(/b/, 'source'),
  'a RegExp with an accessor for its flags': () => asking(/b/, 'flags'),
  'a RegExp with an accessor for one flag': () => asking(/b/, 'global'),
  'bytes with an accessor for their length': () => asking(new Uint8Array(8), 'length'),
  'a value with a proxy as its prototype': () =>
    Object.setPrototypeOf(/b/, new Proxy(RegExp.prototype, TRAPS)) as unknown,
  'an ObjectId with other bytes': () =>
    having(new ObjectId(HEX), 'id', { length: 12, subarray: () => ran('subarray') }),
  'a Long with code in it': () => having(Long.fromNumber(7), 'low', coerced),
  'a Long with code for its sign': () => having(Long.fromNumber(7), 'unsigned', coerced),
  'an Int32 with code in it': () => having(new Int32(7), 'value', coerced),
  'an Int32 with text in it': () => having(new Int32(7), 'value', 'zebra'),
  'a Double with code in it': () => having(new Double(7), 'value', coerced),
  'a Decimal128 with other bytes': () =>
    having(Decimal128.fromString('1'), 'bytes', { length: 16, subarray: () => ran('subarray') }),
  'a Binary with other bytes': () =>
    having(new Binary(Buffer.from('a')), 'buffer', { length: 1, set: () => ran('set') }),
  'a Binary beyond its bytes': () => having(new Binary(Buffer.from('a')), 'position', 1_000_000),
  'a Binary of no subtype': () => having(new Binary(Buffer.from('a')), 'sub_type', 300),
  'a Timestamp with code in it': () => having(new Timestamp({ t: 1, i: 2 }), 'low', coerced),
  'a BSONRegExp with code in it': () => having(new BSONRegExp('a', ''), 'pattern', coerced),
  'a BSONRegExp with other flags': () => having(new BSONRegExp('a', ''), 'options', 'g\0'),
  'an ObjectId of bson 4': () => new bson4.ObjectId(HEX),
  'a MinKey': () => new MinKey(),
  'a MaxKey': () => new MaxKey(),
  'a MaxKey of bson 6': () => new bson6.MaxKey(),
  'a BSONSymbol': () => new BSONSymbol('bob'),
  'a DBRef': () => new DBRef('teams', new ObjectId(HEX)),
  'a DBRef of bson 6': () => new bson6.DBRef('teams', new bson6.ObjectId(HEX)),
  'a Code': () => new Code('function () { return true; }'),
  'a Code with a scope': () => new Code('true', { zebra: 1 }),
  'an instance with the tag of a class': () =>
    new (class {
      readonly value = coerced;
      get _bsontype() {
        return 'Int32';
      }
    })(),
});

const NEVER = group('never', {
  undefined: () => undefined,
  'a symbol': () => Symbol('bob'),
  'a function': () => () => ran('a function'),
  'a class': () => ObjectId,
  'an invalid date': () => new Date(Number.NaN),
  'a bigint out of range': () => 2n ** 63n,
  'a RegExp with the flag g': () => /b/g,
  'a Map': () => new Map([['$ne', 'zebra']]),
  'a Set': () => new Set(['bob']),
  'an instance': () =>
    new (class Filter {
      $ne = 'zebra';
    })(),
  'a boxed string': () => new String('bob'),
  'an Error': () => new Error('bob'),
  'a URL': () => new URL('file:///bob'),
  'a promise': () => Promise.resolve('bob'),
  'a thenable': () => ({ then: () => ran('then') }),
  'an object with toBSON': () => ({ toBSON: () => ran('toBSON') }),
  'a string with toBSON': () => Object.assign(new String('bob'), { toBSON: () => ran('toBSON') }),
  'an object with an accessor': () => Object.defineProperty({}, '$ne', { enumerable: true, get: () => ran('$ne') }),
  'an array with an accessor': () => Object.defineProperty([], '0', { enumerable: true, get: () => ran('0') }),
  'an array with holes': () => [1, , 3], // oxlint-disable-line no-sparse-arrays
  'an array with a key': () => Object.assign(['bob'], { toBSON: 1 }),
  'a subclass of Array': () => class extends Array<unknown> {}.of('bob'),
  'a proxy': () => new Proxy({ $ne: 'zebra' }, TRAPS),
  'a proxy of an array': () => new Proxy(['bob'], TRAPS),
  'a proxy of a date': () => new Proxy(new Date(DATE), TRAPS),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'an own __proto__': () => JSON.parse('{"__proto__":{"$ne":"zebra"}}') as unknown,
  'a symbol key': () => ({ [Symbol('$ne')]: 'zebra' }),
  'a hidden key': () => Object.defineProperty({}, '$ne', { value: 'zebra' }),
  'inherited keys': () => Object.create({ $ne: 'zebra' }) as unknown,
  'an object of another realm': () => runInNewContext('({ $ne: "zebra" })') as unknown,
  'an array of another realm': () => runInNewContext('["bob"]') as unknown,
  'a Map of another realm': () => runInNewContext('new Map()') as unknown,
  'an ArrayBuffer': () => new ArrayBuffer(3),
  'a Float64Array': () => new Float64Array(1),
  'a DataView': () => new DataView(new ArrayBuffer(1)),
  'bytes with an own length': () => Object.defineProperty(new Uint8Array(8), 'length', { value: 2 }),
  'a Sensitive': () => new Sensitive('zebra'),
  'an array of symbols': () => [Symbol('bob')],
  'an array of functions': () => [() => ran('a function')],
  'a cycle': () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    return value;
  },
  'a cycle of arrays': () => {
    const value: unknown[] = [];
    value.push(value);
    return value;
  },
  'objects 10,000 deep': () => {
    let value: object = {};
    for (let depth = 0; depth < 10_000; depth += 1) value = { a: value };
    return value;
  },
  'arrays 10,000 deep': () => nestedQuickly(10_000),
});

function nestedQuickly(depth: number): unknown {
  let value: unknown[] = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const TRAPS: ProxyHandler<object> = Object.fromEntries(
  [
    'get',
    'has',
    'ownKeys',
    'getOwnPropertyDescriptor',
    'getPrototypeOf',
    'set',
    'isExtensible',
    'preventExtensions',
    'defineProperty',
    'deleteProperty',
  ].map((trap) => [trap, () => ran(`the trap ${trap}`)]),
);

export const VALUES: readonly Value[] = [
  ...SCALARS,
  ...group('null', { null: () => null }),
  ...PATTERNS,
  ...ARRAYS,
  ...MARKS,
  ...HOSTILE_CLASSES,
  ...NEVER,
];
