import type { AnswerList } from '../support/answer-list.ts';
import { DAMAGED } from '../support/damaged.ts';
import { KINDS, KINDS_WORLD } from '../support/kinds.ts';
import { distinct, listed, words } from '../support/tables.ts';

const numbers = KINDS.map((_, number) => number);

/** The places of a value. A kind that does not fit one of them ends the read, so each is read by itself. */
const PLACES = [`['v']`, `['list']`, `['any']`, `['doc', 'docs']`, `['branch']`];

const found = (number: number, projection: string): string =>
  `return show(await K.findOne({ _id: ${number} }, { projection: ${projection} }));`;
const json = (number: number, projection: string, ejson = ''): string =>
  `return (await K.findOneJson({ _id: ${number} }, { projection: ${projection}${ejson} }))?.text();`;

const OPTIONS = [
  `{ promoteValues: false }`,
  `{ promoteLongs: false }`,
  `{ promoteBuffers: true }`,
  `{ useBigInt64: true }`,
  `{ bsonRegExp: true }`,
  `{ enableUtf8Validation: false }`,
  `{ promoteValues: false, promoteBuffers: true }`,
];

const ALL = `['v', 'list', 'flex', 'grid', 'any', 'doc', 'docs', 'ref']`;

/** Reads of many documents. */
const MANY = `
  K.find({ _id: op({ $gte: 506, $lt: 507 }) }, { projection: ${ALL} }).toArray() | K.find({ _id: op({ $in: [500, 501] }) }, { projection: ['ref'] }).toArray() | K.find({ _id: op({ $lt: 10 }) }, { projection: ['v', 'doc.v'], batchSize: 3 }).toArray() | K.find({ _id: op({ $lt: 5 }) }, { projection: { _id: 1, v: 1 } }).toArray() | K.find({ _id: op({ $lt: 9 }) }, { projection: ['list'], limit: 4 }).toArray() | K.find({ _id: op({ $lt: 0 }) }, { projection: ['v'] }).toArray() | K.find({ _id: 1 }, { projection: ['v'] }).toArray()
  K.find({ _id: op({ $gte: 10, $lt: 14 }) }, { projection: { v: 1, any: 1 } }).toArray() | K.distinct('v', { _id: op({ $lt: 20 }) }) | K.distinct('list', { _id: op({ $lt: 9 }) }) | K.distinct('doc.v', { _id: op({ $in: [1, 2, 50] }) }) | K.distinct('ref', { _id: op({ $in: [500, 501] }) }) | K.distinct('ref', { _id: 502 }) | K.distinct('v', { _id: 70 }) | K.distinct('grid', { _id: 511 }) | K.distinct('flex', { _id: 516 }) | K.distinct('any', { _id: op({ $in: [3, 40] }) })
`;

const STREAMS = `
  { format: 'array' } | { format: 'ndjson' } | { format: 'ndjson', ejson: 'canonical' } | { format: 'array', ejson: 'relaxed' } | {} | { format: 'x' } | { format: 'array', ejson: 'x' } | undefined
`;

/** Documents with which the decoders are asked directly. */
const WRITTEN = `
  { v: 1, w: 2, any: 3, doc: { v: 4 } } | { w: 2, v: 1 } | { vv: 1, v: 2, v2: 3 } | { v: 1, w: 1, ww: 1, an: 1, anyx: 1, any: { any: 1 } } | {} | { doc: {} } | { doc: [] } | { doc: [{ v: 1 }, 1, { v: [1, 2] }] } | { doc: [[{ v: 1 }]] } | { doc: 1 } | { doc: null, v: null } | { v: [1, [2]] } | { v: [] } | { v: [{}] } | { any: [[[{ a: [] }]]] } | { any: { $ref: 'a', $id: 1 } } | { any: [{ $ref: 'a', $id: 1 }] } | { doc: { $ref: 'a', $id: 1, v: 1 } } | { doc: { $ref: 1, $id: 1, v: 1 } } | { doc: { $ref: 'a', $id: 1, $x: 1, v: 1 } } | { doc: { $ref: 'a', $id: 1, $db: 1, v: 1 } } | { $ref: 'a', $id: 1, v: 1 } | { $v: 1, v: 2 }
  { v: 'é'.repeat(20) } | { v: 'a'.repeat(5000) } | { any: { a: 'x'.repeat(3000), b: 'é'.repeat(3000) } } | { any: { __proto__x: 1, ['constructor']: 2 } } | { any: { b: 1, 10: 2, 9: 3, '01': 4 } } | { v: new Date(9e15) } | { v: new Date(-1e14) }
`;

const HOW = listed(`
  { shape: 'single' } | { shape: 'list' } | { shape: 'grid' } | { shape: 'any' } | { shape: 'scalar' } | { mode: 'relaxed' } | { mode: 'canonical' } | { shape: 'scalar', mode: 'canonical' } | { promoteValues: false } | { promoteLongs: false } | { useBigInt64: true } | { promoteBuffers: true } | { bsonRegExp: true }
`);

/** Documents that each rule and option reads in its own way. */
const READ_ALIKE = `
  { v: 1, w: 'x', doc: { v: 2 } } | { v: [1], w: [], doc: [{ v: 2 }] } | { v: [[1], []], w: [null], doc: [[{ v: 2 }], []] } | { v: null, doc: null } | { v: [[null]], doc: [null, [null]] } | { doc: 5 } | { doc: [5, 'x', { v: 1 }, null] } | { doc: [[5, { v: [1] }]] } | { v: undefined, w: [undefined, 1], any: [undefined, { a: undefined, b: 1 }], doc: [undefined, { v: undefined }] } | { v: [[[1]]] } | { doc: { 10: 1, 9: 2, v: 3 } } | { any: { 10: 1, 9: [], b: {} } }
  { v: new BSONSymbol('s'), any: [new BSONSymbol('s')] } | { any: { $ref: new BSONSymbol('x'), $id: 1 } } | { doc: { $ref: new BSONSymbol('x'), $id: 1, v: 1 } } | { any: { $ref: 'x', $id: 1, $db: 'y' } } | { any: { $ref: 'x', $id: undefined } } | { doc: { $id: 1, $ref: 'x', v: 1 } } | { doc: { $v: 1, v: 2 } } | { v: Long.fromNumber(2 ** 53), any: [Long.fromNumber(2 ** 53 + 2), Long.fromNumber(-(2 ** 53)), Long.fromNumber(-(2 ** 53) - 2)] }
  { v: new Binary(Buffer.from('ab'), 0), any: [new Binary(Buffer.from('ab'), 2), new UUID('11111111-2222-4333-8444-555555555555'), new Binary(Buffer.from('ab'), 4), new Binary(Buffer.alloc(0), 0), new Binary(Buffer.alloc(16, 1), 3)] } | { v: /a/i, any: [/a/gm, new BSONRegExp('(', 'x'), new BSONRegExp('a"b', 'ilmsux')] } | { v: new Code('f') } | { any: [new Code('f', {})] } | { doc: [new Code('f')] } | { doc: new MinKey() } | { v: new Timestamp({ t: 4294967295, i: 1 }), any: { d: Decimal128.fromString('-0'), m: new MaxKey() } }
`;

const NUMBERS = [
  0,
  1,
  9,
  10,
  11,
  99,
  100,
  101,
  999,
  1000,
  12_345,
  2 ** 31 - 1,
  -1,
  -9,
  -10,
  -11,
  -99,
  -100,
  -(2 ** 31),
];
const REALS = [
  -0,
  0.1,
  2 ** 31,
  2 ** 31 + 1,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 32,
  1e20,
  1e21,
  5e-324,
  -1e-7,
  2 ** 53,
  99.5,
];
const TIMES = `
  -8640000000000001n -8640000000000000n -62198755200000n -86400001n -86400000n -1000n -1n 0n 1n 999n 1000n 59999n 60000n 3599999n 3600000n 86399999n 86400000n 951782399999n 951782400000n 1709211907089n
  253402300799999n 253402300800000n 253402300800001n 8639999999999999n 8640000000000000n 8640000000000001n 9223372036854775807n -9223372036854775808n 4294967295n 4294967296n
`;

/** Texts whose lengths are next to those where another way to read or write begins. */
const TEXTS = [22, 23, 24, 25, 38, 39, 40, 41, 42].flatMap((length) =>
  ['', '"', '\\\\', '\\n', '\\b', '\\t', '\\f', '\\r', '\\u0001', '\\u007f', 'é', '𝄞', '\\ufffd'].flatMap((special) => [
    `'${special}' + 'x'.repeat(${length})`,
    `'x'.repeat(${length}) + '${special}'`,
    `'x'.repeat(${length >> 1}) + '${special}' + 'y'.repeat(${length - (length >> 1) - 1})`,
  ]),
);

/** Documents that are read one after another, whose keys have other orders. */
const TURNS = `
  [{ v: 1, w: 2 }, { v: 3, w: 4 }, { w: 5, v: 6 }, { w: 7 }, { v: 8 }, { x: 1, v: 9, w: 10 }, { v: 11, x: 1, w: 12 }, {}] | [{ w: 1 }, { w: 2, v: 3 }, { v: 4, w: 5 }] | [{ vv: 1 }, { v: 1, vv: 2 }, { vw: 1, v: 2 }] | [{ doc: { v: 1 } }, { doc: { v: 2 } }, { doc: {} }, { doc: { x: 1, v: 3 } }, {}] | [{ any: 1, v: 1 }, { any: 2 }, { v: 3, any: 4 }] | [{ $v: 1, v: 2 }, { $ref: 'x', $id: 1 }, { v: 3 }] | [{ v: 'x'.repeat(100) }, { v: 'y' }, { w: 'é' }]
  [{ doc: [{ v: 1 }, { v: 2 }, { x: 1 }] }, { doc: { v: 3 } }] | [{ v: [1, 2, 3] }, { v: 4 }]
`;

const nested = (depth: number): string =>
  `let any = 1; for (let at = 0; at < ${depth}; at += 1) any = at % 2 === 0 ? [any] : { a: any }; return written({ any });`;

/** Half of the values whose type an option can change, and a few numbers. */
const chosen = (index: number): readonly number[] =>
  numbers.filter(
    (number) => number > 9 && (number > 27 ? number < 66 : number % 4 === 0) && (number + index) % 2 === 0,
  );

const RESULTS_OF_READS: AnswerList = {
  name: 'results',
  world: KINDS_WORLD,
  calls: distinct(
    numbers.flatMap((number) => [
      ...PLACES.map((projection) => found(number, projection)),
      ...PLACES.slice(0, 3).map((projection) => json(number, projection)),
      json(number, `['any']`, `, ejson: 'relaxed'`),
      json(number, `['v', 'list']`, `, ejson: 'canonical'`),
    ]),
    Array.from({ length: 20 }, (_, at) => 500 + at).flatMap((number) => [found(number, ALL), json(number, ALL)]),
    OPTIONS.flatMap((options, index) =>
      chosen(index).flatMap((number) => [
        `return show(await open(${options}).findOne({ _id: ${number} }, { projection: ['v', 'any'] }));`,
        `return (await open(${options}).findOneJson({ _id: ${number} }, { projection: ['v', 'any'] })).text();`,
      ]),
    ),
    OPTIONS.map(
      (options) =>
        `return (await open(${options}).findOneJson({ _id: 30 }, { projection: ['any'], ejson: 'canonical' })).text();`,
    ),
    [
      `return show(await open({ useBigInt64: true, promoteLongs: false }).findOne({ _id: 1 }, { projection: ['v'] }));`,
      `return show(await open({ useBigInt64: true, promoteValues: false }).findOne({ _id: 1 }, { projection: ['v'] }));`,
      `return (await K.findJson({ _id: op({ $lt: 3 }) }, { projection: ['v'] })).text();`,
      `return (await K.findJson({ _id: op({ $lt: 0 }) }, { projection: ['v'] })).text();`,
      `return (await K.findJson({ _id: op({ $in: [500, 501] }) }, { projection: ['ref', 'doc'] })).text();`,
      `return (await K.findJson({ _id: 1 }, { projection: ['v'], ejson: 'x' })).text();`,
      `const made = await K.findOneJson({ _id: 1 }, { projection: ['v'] }); return [made.length, made.toJSON(), made.bytes.length, JSON.stringify(made), Object.keys(made)];`,
      `const made = await K.findOneJson({ _id: 10 }, { projection: ['v'] }); const { status, headers } = made.response({ status: 201 }); return [status, [...headers]];`,
      `const made = await K.findOneJson({ _id: 10 }, { projection: ['v'] }); const response = made.response({ headers: { 'content-type': 'text/x' } }); return [[...response.headers], await response.text()];`,
      `const made = await K.findOneJson({ _id: 10 }, { projection: ['v'] }); return new made.constructor(Buffer.from('x'), Symbol());`,
      `return await K.findOneJson({ _id: -1 }, { projection: ['v'] });`,
      `return (await K.aggregate([{ $match: { _id: 500 } }, { $project: { ref: 1, x: { y: '$ref' } } }]).json()).text();`,
      `return (await K.find({ _id: op({ $lt: 4 }) }, { projection: ['v'], batchSize: 2 }).json()).text();`,
      `return (await K.find({ _id: op({ $lt: 4 }) }, { projection: ['v'] }).json({ ejson: 'canonical' })).text();`,
    ],
    listed(MANY).map((read) => `return show(await ${read});`),
    listed(STREAMS).flatMap((options) => [
      `const parts = []; for await (const part of K.find({ _id: op({ $gte: 10, $lt: 16 }) }, { projection: ['v', 'any'], batchSize: 2 }).jsonStream(${options})) parts.push(Buffer.from(part).toString()); return parts;`,
      `return await new Response(K.find({ _id: op({ $lt: 3 }) }, { projection: ['list'] }).jsonStream(${options}).web()).text();`,
    ]),
    [
      `const stream = K.find({ _id: 10 }, { projection: ['v'] }).jsonStream({ format: 'array' }); const parts = []; for await (const part of stream.node()) parts.push(part.toString()); return [stream.contentType, parts];`,
      `const stream = K.find({ _id: 10 }, { projection: ['v'] }).jsonStream({ format: 'ndjson' }); const response = stream.response({ status: 203 }); return [response.status, [...response.headers], await response.text()];`,
      `const stream = K.find({ _id: 10 }, { projection: ['v'] }).jsonStream({ format: 'array' }); stream.web(); return stream.web();`,
      `const stream = K.find({ _id: 502 }, { projection: ['ref'] }).jsonStream({ format: 'array' }); return await stream.response().text();`,
      `const stream = K.find({ _id: 502 }, { projection: ['ref'] }).jsonStream({ format: 'array' }); for await (const part of stream.node()) part.toString(); return 'end';`,
      `const stream = K.find({ _id: op({ $gte: 10 }) }, { projection: ['v'], batchSize: 1 }).jsonStream({ format: 'array' }); for await (const part of stream) return Buffer.from(part).toString();`,
      `const stream = K.find({ _id: op({ $gte: 10 }) }, { projection: ['v'], batchSize: 1 }).jsonStream({ format: 'array' }); const node = stream.node(); node.destroy(); return node.destroyed;`,
      `const stream = K.find({ _id: 10 }, { projection: ['v'] }).jsonStream({ format: 'array' }); return new stream.constructor(() => 1, 'x', Symbol());`,
    ],
    listed(WRITTEN).map((document) => `return written(${document});`),
    [998, 999, 1000, 1001].map(nested),
  ),
};

const DECODED: AnswerList = {
  name: 'decoding',
  world: KINDS_WORLD,
  calls: distinct(
    HOW.flatMap((how) => [
      ...listed(WRITTEN).map((document) => `return written(${document}, ${how});`),
      ...listed(READ_ALIKE).map((document) => `return written(${document}, ${how});`),
    ]),
    listed(READ_ALIKE).map((document) => `return written(${document});`),
    NUMBERS.map(
      (number) =>
        `return written({ v: new Int32(${number}), w: new Double(${number}), any: [Long.fromNumber(${number}), -${Math.abs(number)}] });`,
    ),
    REALS.map(
      (number) =>
        `return written({ v: new Double(${Object.is(number, -0) ? '-0' : number}), any: [Long.fromNumber(${number})] });`,
    ),
    ['', `, { mode: 'relaxed' }`, `, { mode: 'canonical' }`].flatMap((how) => [
      ...words(TIMES).map((time) => `return dated(${time}${how});`),
      ...NUMBERS.map((number) => `return written({ v: ${number}, any: [${number}.5] }${how});`),
    ]),
    TEXTS.map((text) => `return written({ v: ${text}, any: { k: ${text} } });`),
    DAMAGED.types.flatMap((name) =>
      [
        `{ mode: 'relaxed' }`,
        `{ mode: 'canonical' }`,
        `{ size: 0 }`,
        `{ size: 0, mode: 'canonical' }`,
        `{ shape: 'scalar' }`,
        `{ shape: 'single' }`,
      ].map((how) => `return stored('${name}', ${how});`),
    ),
    [
      `'\\u0001'.repeat(20)`,
      `'x'.repeat(60)`,
      `'x'.repeat(30)`,
      `'é'.repeat(30)`,
      `new Date(5)`,
      `new Date(-5)`,
      '123456',
      '-123456',
      '1.5',
      'true',
      'null',
      `new ObjectId('666666666666666666666666')`,
    ].map((value) => `return written({ v: ${value} }, { size: 0 });`),
    listed(TURNS).map((documents) => `return inTurn(${documents});`),
    [
      `'v'`,
      `'v', 'v'`,
      `'v', 'w', 'v'`,
      `'w', 'v', 'w', 'v'`,
      `'10', '9', '10'`,
      `'b', 'a', 'b'`,
      `'__proto__', 'v', '__proto__'`,
      `'toString'`,
    ].map((names) => `return repeated(${names});`),
    [
      [5, 0],
      [5, 4],
      [24, 23],
      [25, 0],
      [25, 24],
      [40, 20],
      [41, 40],
      [60, 30],
    ].flatMap((given) =>
      ['{}', '{ validatesUtf8: false }', `{ promoteValues: false }`, `{ mode: 'canonical' }`].map(
        (how) => `return invalid(${given.join(', ')}, ${how});`,
      ),
    ),
  ),
};

const DAMAGED_BYTES: AnswerList = {
  name: 'damaged',
  world: KINDS_WORLD,
  calls: distinct(
    DAMAGED.types.flatMap((name) => [
      `return stored('${name}');`,
      `return stored('${name}', { promoteValues: false });`,
      `return stored('${name}', { validatesUtf8: false, bsonRegExp: true, promoteBuffers: true });`,
      `return cut('${name}');`,
      ...[0, 1, 2, 3, 4, 5, 16, 36, 48, 255].map((byte) => `return damaged('${name}', ${byte});`),
    ]),
  ),
};

export const RESULTS: readonly AnswerList[] = [RESULTS_OF_READS, DECODED, DAMAGED_BYTES];
