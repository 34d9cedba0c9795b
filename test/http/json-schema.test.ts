import { readFileSync } from 'node:fs';

import fastify from 'fastify';
import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } from 'mongodb';
import { describe, expect, it } from 'vitest';

import { guardResponses } from '../../src/fastify.ts';
import { defineView, RefusedCallError, SafeCollection, subtree } from '../../src/index.ts';
import { ADA, type User, usersFixture, userView } from '../privileged/users.ts';

const { db } = await usersFixture();
const users = new SafeCollection(db.collection<User>('users'), userView);
const PROJECTION = { username: 1, joined_at: 1, 'profile.bio': 1, 'addresses.city': 1 } as const;
const object = (properties: object) => ({ type: 'object', properties, additionalProperties: false });

describe('toJSONSchema()', () => {
  it('is the closed shape of the view: leaves accept anything, branches are objects or arrays of them as the view says', () => {
    const profile = object({ bio: {}, avatar: {} });
    const addresses = object({ city: {} });
    expect(userView.toJSONSchema()).toEqual(
      object({
        username: {},
        email: {},
        joined_at: {},
        profile,
        addresses: { type: 'array', items: addresses },
      }),
    );
  });

  it("of a projection or a selection, with the program's description of stored types", () => {
    const description = {
      leaves: { username: { type: 'string' }, joined_at: { type: 'string', format: 'date-time' } },
    } as const;
    const expected = object({
      username: { type: 'string' },
      joined_at: { type: 'string', format: 'date-time' },
      profile: object({ bio: {} }),
      addresses: { type: 'array', items: object({ city: {} }) },
    });
    expect(userView.toJSONSchema(PROJECTION, description)).toEqual(expected);
    expect(userView.toJSONSchema(userView.select(PROJECTION), description)).toEqual(expected);
  });

  it('has arrays as deep as the view says, of leaves and of branches', () => {
    interface Doc {
      tags: string[];
      either: string | string[];
      grid: number[][];
      deep: number[] | number[][];
      home: { city: string } | { city: string }[];
      cells: { x: number }[][];
    }
    const view = defineView<Doc>()({
      public: { tags: 1, either: 1, grid: 1, deep: 1, 'home.city': 1, 'cells.x': 1 },
      arrays: { tags: 1, either: [0, 1], grid: 2, deep: [1, 2], home: [0, 1], cells: 2 },
    });
    const list = (items: object) => ({ type: 'array', items });
    const city = object({ city: {} });
    expect(view.toJSONSchema()).toEqual(
      object({
        tags: { anyOf: [list({}), { type: 'null' }] },
        either: {},
        grid: { anyOf: [list(list({})), { type: 'null' }] },
        deep: { anyOf: [list({}), list(list({})), { type: 'null' }] },
        home: { anyOf: [city, list(city)] },
        cells: list(list(object({ x: {} }))),
      }),
    );
    expect(view.toJSONSchema({ tags: 1 }, { leaves: { tags: { type: 'array', items: { type: 'string' } } } })).toEqual(
      object({ tags: list({ type: 'string' }) }),
    );
  });

  it('of a branch at and below a subtree takes an object or an array', () => {
    const open = defineView<User>()({ public: { settings: subtree } });
    const theme = object({ theme: {} });
    expect(open.toJSONSchema({ 'settings.theme': 1 })).toEqual(
      object({ settings: { anyOf: [theme, { type: 'array', items: theme }] } }),
    );
  });

  it('of a subtree takes anything', () => {
    const open = defineView<User>()({ public: { settings: subtree } });
    expect(open.toJSONSchema()).toEqual(object({ settings: {} }));
  });

  it('is accepted by a validator for every result, and refuses a raw document', async () => {
    const results = await users.find({}, { projection: userView }).toArray();
    const app = fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
    app.get('/', async (request) => {
      const validates = request.compileValidationSchema(userView.toJSONSchema());
      return [results.every((result) => validates(result)), validates(ADA)];
    });
    expect((await app.inject('/')).json()).toEqual([true, false]);
  });

  it('is new each time, and copies what it is given', () => {
    const username: Record<string, unknown> = { type: 'string' };
    const schema = userView.toJSONSchema({ username: 1 }, { leaves: { username } });
    username['type'] = 'number';
    expect(schema).toEqual(object({ username: { type: 'string' } }));
    expect(userView.toJSONSchema()).not.toBe(userView.toJSONSchema());
  });

  it.each([
    ['a private path', [{ password_hash: 1 }]],
    ['no projection', [undefined]],
    ['a leaf that is not projected', [{ username: 1 }, { leaves: { email: {} } }]],
    ['a private leaf', [{ username: 1 }, { leaves: { password_hash: {} } }]],
    ['a branch among the leaves', [userView, { leaves: { profile: {} } }]],
    ['arrays, which the view says', [userView, { arrays: ['addresses'] }]],
    ['an invalid schema', [userView, { leaves: { username: 'string' } }]],
    ['a schema with code', [userView, { leaves: { username: { toJSON: () => ({}) } } }]],
    ['an unknown part', [userView, { required: ['username'] }]],
  ])('refuses %s', (_name, args) => {
    expect(() => (userView.toJSONSchema as (...given: readonly unknown[]) => unknown)(...args)).toThrow(
      RefusedCallError,
    );
  });
});

it('serves as the response schema of Fastify, behind guardResponses', async () => {
  const app = fastify();
  await app.register(guardResponses, { onRefused: () => undefined });
  const item = userView.toJSONSchema(PROJECTION, {
    leaves: { username: { type: 'string' }, joined_at: { type: 'string', format: 'date-time' } },
  });
  const schema = { response: { 200: { type: 'array', items: item } } };
  app.get('/users', { schema }, () => users.find({}, { projection: PROJECTION, sort: { username: 1 } }).toArray());
  app.get(
    '/content',
    { schema: { response: { '2xx': { content: { 'application/json': { schema: schema.response[200] } } } } } },
    () => users.find({}, { projection: PROJECTION, sort: { username: 1 } }).toArray(),
  );
  app.get('/untyped', { schema: { response: { 200: userView.toJSONSchema() } } }, () =>
    users.findOne({ username: 'ada' }, { projection: userView }),
  );
  app.get('/copy', { schema }, async () =>
    (await users.find({}, { projection: PROJECTION }).toArray()).map((user) => ({ ...user })),
  );
  app.get(
    '/wrong',
    { schema: { response: { 200: { type: 'object', properties: { username: { type: 'integer' } } } } } },
    () => users.findOne({ username: 'ada' }, { projection: ['username'] }),
  );
  const shown = [
    {
      username: 'ada',
      joined_at: '2024-01-01T00:00:00.000Z',
      profile: { bio: 'first' },
      addresses: [{ city: 'London' }, { city: 'Paris' }],
    },
    { username: 'bob', joined_at: '2025-01-01T00:00:00.000Z', addresses: [] },
  ];
  expect((await app.inject('/users')).json()).toEqual(shown);
  expect((await app.inject('/content')).json()).toEqual(shown);
  expect((await app.inject('/untyped')).json()).toMatchObject({
    username: 'ada',
    profile: { bio: 'first', avatar: 'ada.png' },
    addresses: [{ city: 'London' }, { city: 'Paris' }],
  });
  expect(await app.inject('/copy')).toMatchObject({ statusCode: 500, body: '{"error":"Internal Server Error"}' });
  // fast-json-stringify would say: The value "ada" cannot be converted to an integer.
  expect(await app.inject('/wrong')).toMatchObject({ statusCode: 500, body: '{"error":"Internal Server Error"}' });
  await app.close();
});

describe('a stored type is written as docs/responses.md says, and fits the schema there', () => {
  const STORED: Readonly<Record<string, readonly unknown[]>> = {
    ObjectId: [new ObjectId('6b0519c1186421491b7b0b07')],
    Date: [new Date('2026-03-14T09:26:53.000Z')],
    Decimal128: [new Decimal128('1.50')],
    'Int32, Double, Long': [new Int32(42), new Double(42), Long.fromNumber(42)],
    Binary: [new Binary(Buffer.from('x'))],
    UUID: [new UUID('6f5ee4c1-8b8a-4a5b-9d5c-1d0b8b3f9a10')],
    Timestamp: [new Timestamp(1n)],
    RegExp: [new BSONRegExp('x')],
    null: [null],
    array: [['read', 'write']],
  };
  const page = readFileSync(new URL('../../docs/responses.md', import.meta.url), 'utf8');
  const region = page.split('<!-- bson -->')[1]?.split('<!-- /bson -->')[0] ?? expect.fail('no such region');
  const rows = [...region.matchAll(/^\| ([^|`]+) \| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
    ([, name = '', written = '', schema = '']) => ({
      name,
      written,
      schema: JSON.parse(schema) as Record<string, unknown>,
    }),
  );

  it('which has a row for each', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(STORED));
  });

  it.each(rows)('$name', async ({ name, written, schema }) => {
    interface Thing {
      _id: ObjectId;
      value: unknown;
      things: { value: unknown }[];
    }
    const view = defineView<Thing>()({ public: { value: subtree, 'things.value': subtree }, arrays: { things: 1 } });
    const things = new SafeCollection(db.collection<Thing>(`things-${name}`), view);
    const described = view.toJSONSchema(view, { leaves: { value: schema, 'things.value': schema } });
    const app = fastify({
      ajv: { customOptions: { strict: true, strictTypes: false, removeAdditional: false, coerceTypes: false } },
    });
    await app.register(guardResponses);
    app.get('/schema', { schema: { response: { 200: { type: 'array', items: described } } } }, () =>
      things.find({}, { projection: view }).toArray(),
    );
    app.get('/plain', () => things.find({}, { projection: view }).toArray());
    let validates: unknown;
    app.get('/validate', async (request) => {
      const validate = request.compileValidationSchema(described);
      const sent = JSON.parse((await app.inject('/plain')).body) as unknown[];
      validates = [sent.every((thing) => validate(thing)), validate({ hash: 'x' })];
      return null;
    });
    const stored = STORED[name] ?? [];
    await db.collection(`things-${name}`).insertMany(stored.map((value) => ({ value, things: [{ value }] })));
    const text = `{"value":${written},"things":[{"value":${written}}]}`;
    const all = `[${stored.map(() => text).join()}]`;
    expect((await app.inject('/plain')).body).toBe(all);
    expect((await app.inject('/schema')).body).toBe(all);
    expect((await app.inject('/validate')).body).toBe('null');
    expect(validates).toEqual([true, false]);
    await app.close();
  });
});

it('of a described leaf below a branch that may be an array is valid, and causes an error if Fastify serializes with it', async () => {
  interface Thing {
    _id: ObjectId;
    item: { price: Decimal128 } | { price: Decimal128 }[];
    one: { price: Decimal128 };
  }
  const view = defineView<Thing>()({ public: { 'item.price': 1, 'one.price': 1 }, arrays: { item: [0, 1] } });
  const app = fastify();
  await app.register(guardResponses, { onRefused: () => undefined });
  const price = { type: 'object', properties: { $numberDecimal: { type: 'string' } }, additionalProperties: false };
  const sold = { item: { price: new Decimal128('1.50') }, one: { price: new Decimal128('1.50') } };
  app.get(
    '/unsaid',
    { schema: { response: { 200: view.toJSONSchema({ item: 1 }, { leaves: { 'item.price': price } }) } } },
    () => view.pick(sold, { item: 1 }),
  );
  app.get(
    '/said',
    { schema: { response: { 200: view.toJSONSchema({ one: 1 }, { leaves: { 'one.price': price } }) } } },
    () => view.pick(sold, { one: 1 }),
  );
  expect(await app.inject('/unsaid')).toMatchObject({ statusCode: 500, body: '{"error":"Internal Server Error"}' });
  expect((await app.inject('/said')).json()).toEqual({ one: { price: { $numberDecimal: '1.50' } } });
  await app.close();
});
