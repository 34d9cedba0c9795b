import {
  BSON,
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
import { SafeCollectionError, SchemaDriftError } from 'safe-collection';
import { beforeEach, describe, expect, inject, it } from 'vitest';

import { encode, encodeDocument, textBytes, type Encoded } from '../decode/support/encode.ts';
import { notes } from '../decode/support/notes.ts';
import { storeRaw } from '../decode/support/send-raw.ts';

const { db, raw, safe } = notes();
const projection = ['body', '_id'] as const;

beforeEach(() => raw.deleteMany({}));

/** Stores bodies as bytes, so that any value can be stored. */
async function store(...bodies: readonly Encoded[]): Promise<void> {
  for (const [index, body] of bodies.entries()) {
    const document = encodeDocument([
      ['_id', encode.int(index)],
      ['body', body],
      ['parts', encode.array([])],
    ]);
    await storeRaw(inject('mongodbUri'), db.databaseName, 'notes', document);
  }
}

/** The JSON of all documents, in each way that there is. */
async function everyWay(): Promise<Record<string, string>> {
  const all = { projection, sort: { _id: 1 } } as const;
  const chunks: Uint8Array[] = [];
  for await (const chunk of safe.find({}, { ...all, batchSize: 2 }).jsonStream()) chunks.push(chunk);
  const single: string[] = [];
  for (const { _id } of await raw.find({}, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray())
    single.push((await safe.findOneJson({ _id }, { projection }))?.text() ?? 'null');
  return {
    findJson: (await safe.findJson({}, all)).text(),
    'findJson in batches': (await safe.findJson({}, { ...all, batchSize: 3 })).text(),
    json: (await safe.find({}, all).json()).text(),
    jsonStream: Buffer.concat(chunks).toString(),
    findOneJson: `[${single.join()}]`,
  };
}

async function byObjects(): Promise<string> {
  return JSON.stringify(await safe.find({}, { projection, sort: { _id: 1 } }).toArray());
}

const deep = (levels: number): Encoded =>
  levels === 0
    ? encode.int(1)
    : levels % 2 === 0
      ? encode.array([deep(levels - 1)])
      : encode.document([['b', deep(levels - 1)]]);

describe('each stored value is written as JSON.stringify() writes its object', () => {
  it('every type', async () => {
    const bytes = Buffer.from('0123456789abcdef');
    const values = [
      [1.5, -0, Number.NaN, Infinity, -Infinity, 1e21, 5e-324, 0, -1, 2 ** 31 - 1, -(2 ** 31), new Double(3)],
      [new Int32(-7), Long.MAX_VALUE, Long.MIN_VALUE, Long.fromNumber(2 ** 53), Long.fromNumber(-5)],
      [new Decimal128('-1.50E+3'), new Decimal128('NaN'), new Timestamp({ t: 4294967295, i: 7 })],
      [new ObjectId(), new UUID(), new Binary(bytes, 0), new Binary(bytes, 3), new Binary(bytes, 128)],
      [new Binary(Buffer.alloc(0), 0), new Date(0), new Date(-1), new Date(8.64e15), new Date(-62167219200001)],
      [new Date(253402300800000), /a"\/b/i, new BSONRegExp('(', 'sx'), new BSONSymbol('s"'), new MinKey()],
      [new MaxKey(), null, true, false, '', [[]], {}, [[null, [], {}]]],
    ].flat();
    await raw.insertMany(values.map((body, _id) => ({ _id, title: '', body, parts: [] })));
    const expected = await byObjects();
    for (const [way, json] of Object.entries(await everyWay())) expect([way, json]).toEqual([way, expected]);
    expect(expected).toContain('"body":{"$numberDecimal":"-1.50E+3"}');
    expect(JSON.parse(expected)).toHaveLength(values.length);
  });

  it('texts: escapes, every control character, halves of surrogate pairs, and what JavaScript alone treats as a line end', async () => {
    const controls = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
    const texts = [
      controls,
      '"\\/',
      '\u007f\u0080\u2028\u2029\ufeff\ufffd',
      '😀é',
      '\ud800',
      'a\udc00b',
      'x'.repeat(100),
    ];
    await raw.insertMany(texts.map((body, _id) => ({ _id, title: '', body, parts: [] })));
    const expected = await byObjects();
    for (const [way, json] of Object.entries(await everyWay())) expect([way, json]).toEqual([way, expected]);
    expect(expected).toContain('"\\"\\\\/"');
  });

  it('keys: in the order of the object, each once, and `__proto__` as any other', async () => {
    const int = encode.int;
    await store(
      encode.document([
        ['b', int(1)],
        ['10', int(2)],
        ['9', int(3)],
        ['__proto__', encode.document([['admin', int(1)]])],
        ['4294967295', int(4)],
        ['4294967294', int(5)],
        ['01', int(6)],
        ['-1', int(7)],
        ['toJSON', encode.string('x')],
        ['"\n\u2028', int(8)],
        ['', int(9)],
        ['_bsontype', encode.string('ObjectId')],
      ]),
      encode.document([
        ['a', int(1)],
        ['b', int(2)],
        ['a', int(3)],
        ['1', int(4)],
        ['1', int(5)],
      ]),
    );
    const expected = await byObjects();
    for (const [way, json] of Object.entries(await everyWay())) expect([way, json]).toEqual([way, expected]);
    expect(expected).toBe(
      '[{"body":{"9":3,"10":2,"4294967294":5,"b":1,"__proto__":{"admin":1},"4294967295":4,"01":6,"-1":7,"toJSON":"x","\\"\\n\u2028":8,"":9,"_bsontype":"ObjectId"},"_id":0},{"body":{"1":5,"a":3,"b":2},"_id":1}]',
    );
  });

  it('dates that JavaScript can not hold: null, and their number as Extended JSON', async () => {
    const day = (value: bigint): Encoded => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value);
      return encode.raw(0x09, bytes);
    };
    await store(day(8640000000000001n), day(-(2n ** 63n)), day(2n ** 63n - 1n), day(8640000000000000n));
    const expected = await byObjects();
    for (const [way, json] of Object.entries(await everyWay())) expect([way, json]).toEqual([way, expected]);
    expect(expected).toContain('[{"body":null,"_id":0}');
    const json = await safe.findJson({}, { projection: ['body'], sort: { _id: 1 }, ejson: 'relaxed' });
    const numbers = ['8640000000000001', '-9223372036854775808', '9223372036854775807', '8640000000000000'];
    expect(json.text()).toBe(`[${numbers.map((number) => `{"body":{"$date":{"$numberLong":"${number}"}}}`).join()}]`);
    expect(BSON.EJSON.parse(json.text(), { relaxed: false })).toHaveLength(4);
  });

  it('documents nested 90 levels deep', async () => {
    await store(deep(90));
    const expected = await byObjects();
    for (const [way, json] of Object.entries(await everyWay())) expect([way, json]).toEqual([way, expected]);
    expect(expected).toContain('{"b":[{"b":[');
  });
});

const carriers: Record<string, Encoded | object> = {
  code: new Code('return 1'),
  'code with a scope': new Code('return 1', { secret: 's3cr3t' }),
  'a DBRef': new DBRef('users', new ObjectId()),
  'a DBPointer': encode.raw(0x0c, Buffer.concat([textBytes(Buffer.from('users')), Buffer.alloc(12)])),
  'code inside of an array': [[new Code('return 1')]],
  'a DBRef inside of a document': { inner: new DBRef('users', new ObjectId()) },
};

describe('ends every read as JSON, as it ends a read of objects', () => {
  const reads = {
    findJson: () => safe.findJson({}, { projection }),
    findOneJson: () => safe.findOneJson({ _id: 0 }, { projection }),
    'findJson, Extended JSON': () => safe.findJson({}, { projection, ejson: 'canonical' }),
    json: () => safe.find({}, { projection }).json(),
    jsonStream: () => safe.find({}, { projection }).jsonStream().response().text(),
    'jsonStream of an aggregation': () =>
      safe
        .aggregate([{ $project: { body: 1, _id: 0 } }])
        .jsonStream({ format: 'ndjson' })
        .response()
        .text(),
  };

  it.each(Object.entries(carriers))('%s', async (_what, body) => {
    if ('type' in body && 'bytes' in body) await store(body);
    else await raw.insertOne({ _id: 0, title: '', body, parts: [] });
    for (const read of Object.values(reads)) await expect(read()).rejects.toBeInstanceOf(SchemaDriftError);
  });

  it('a text that is not UTF-8, without its bytes in the error', async () => {
    const bad = encode.stringOf(Buffer.from([0x73, 0x33, 0x63, 0x72, 0x33, 0x74, 0xed, 0xa0, 0x80]));
    await store(encode.document([['inner', bad]]));
    for (const read of Object.values(reads)) {
      const error: unknown = await read().then(
        () => 'no error',
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(SafeCollectionError);
      expect(error).toMatchObject({ code: 'bson_invalid' });
      expect(String(error)).not.toContain('s3cr3t');
    }
  });
});
