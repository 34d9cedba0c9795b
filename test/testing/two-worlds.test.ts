import { MongoClient } from 'mongodb';
import { defineView, RefusedCallError } from 'safe-collection';
import { twoWorlds, type TwoWorldsReport, type TwoWorldsSettings } from 'safe-collection/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { FRAMEWORKS } from './support/frameworks.ts';
import { CLEAN, LEAKS, seed, views, type Service } from './support/shop.ts';
import type { World } from '../../src/testing/world.ts';

let client: MongoClient;
beforeAll(async () => {
  client = await new MongoClient(inject('mongodbUri')).connect();
});
afterAll(() => client.close());

/** The kinds of answers that each framework sends in its own way. */
const PARTS = new Set(['a header with a private number', 'the status']);

const SIMPLE = new Set(['a list with a random request id and a time']);

const requests = [{ url: '/first' }, { url: '/password_hash' }];
const APPS = Object.entries(FRAMEWORKS);

function tried(
  makeService: (world: World) => Service,
  makeApp: (typeof FRAMEWORKS)[string],
  more: Partial<TwoWorldsSettings> = {},
): Promise<TwoWorldsReport> {
  return twoWorlds({ client, views, seed, requests, app: (world) => makeApp(makeService(world)), ...more });
}

describe.each(APPS)('with %s', (name, makeApp) => {
  const leaks = Object.entries(LEAKS).filter(([leak]) => name === 'a function' || PARTS.has(leak));

  it.each(leaks)('finds %s, and its cause', async (_leak, makeService) => {
    const { differences } = await tried(makeService, makeApp);
    expect(differences).not.toEqual([]);
    for (const { causes } of differences) expect(causes).not.toEqual([]);
  });

  const clean = Object.entries(CLEAN).filter(([service]) => name === 'a function' || SIMPLE.has(service));

  it.each(clean)('finds nothing in %s', async (_service, makeService) => {
    const { differences } = await tried(makeService, makeApp);
    expect(differences).toEqual([]);
  });
});

const plain = FRAMEWORKS['a function'] as (typeof FRAMEWORKS)[string];

describe('the report', () => {
  it('names the request, the place and the causes', async () => {
    const { differences, privatePaths } = await tried(LEAKS['a header with a private number'] as never, plain);
    expect(differences).toEqual([
      { request: 'GET /first', index: 0, place: 'header x-credit', causes: ['accounts.credit'] },
      { request: 'GET /password_hash', index: 1, place: 'header x-credit', causes: ['accounts.credit'] },
    ]);
    expect(privatePaths).toEqual([
      'accounts.password_hash',
      'accounts.credit',
      'accounts.note',
      'accounts.profile.ssn',
      'accounts.keys.secret',
    ]);
  });

  it('names places inside of JSON', async () => {
    const { differences } = await tried(LEAKS['a nested private field in the body'] as never, plain);
    expect(differences.map(({ place }) => place)).toContain('body at [0].profile.ssn');
    expect(differences.map(({ place }) => place)).not.toContain('body at [0].profile.bio');
  });

  it('names places that could not be compared', async () => {
    const { unstable } = await tried(CLEAN['a list with a random request id and a time'] as never, plain);
    expect(unstable).toContain('GET /first: header x-request-id');
    expect(unstable).toContain('GET /first: body at at');
  });

  it('has no stored value', async () => {
    const report = await tried(LEAKS['the whole document in the body'] as never, plain);
    expect(JSON.stringify(report)).not.toMatch(/hash-|ssn-|secret-/);
  });
});

it('a private path that decides what a request may do can be the same in both worlds', async () => {
  const makeService = LEAKS['a header with a private number'] as (world: World) => Service;
  const { differences } = await tried(makeService, plain, { same: ['accounts.credit'] });
  expect(differences).toEqual([]);
});

it('a request has a method, headers and a body', async () => {
  const seen: string[] = [];
  const { differences } = await twoWorlds({
    client,
    views,
    seed,
    requests: [
      { url: '/a', headers: { 'x-a': '1' }, body: { b: 1 } },
      { url: '/b', method: 'PUT', body: 'text' },
    ],
    app: () => async (request) => {
      seen.push(`${request.method} ${request.headers.get('x-a')} ${await request.text()}`);
      return new Response('ok');
    },
  });
  expect(differences).toEqual([]);
  expect(seen.slice(0, 2)).toEqual(['POST 1 {"b":1}', 'PUT null text']);
});

describe('rows of other scopes', () => {
  const orderView = defineView<{ tenant: string; product: string; cost: number }>()({
    public: { product: 1 },
    scope: { tenant: 1 },
  });
  const orders = ['acme', 'other', 'other', 'other'].map((tenant, cost) => ({ tenant, product: `p${cost}`, cost }));
  const settings = {
    views: { orders: orderView },
    seed: { orders },
    requests: [{ url: '/' }],
    scope: { tenant: 'acme' },
  };

  it('are found in a list that forgets the scope', async () => {
    const { differences } = await twoWorlds({
      client,
      ...settings,
      app:
        ({ db }) =>
        async () => {
          const found = await db
            .collection('orders')
            .find({}, { projection: { _id: 0, product: 1 } })
            .toArray();
          return Response.json(found);
        },
    });
    expect(new Set(differences.flatMap(({ causes }) => causes))).toEqual(new Set(['orders.(rows of other scopes)']));
  });

  it('are not found in a list that has it', async () => {
    const { differences } = await twoWorlds({
      client,
      ...settings,
      app:
        ({ db }) =>
        async () => {
          const filter = { tenant: 'acme' };
          return Response.json(
            await db
              .collection('orders')
              .find(filter, { projection: { _id: 0, product: 1 } })
              .toArray(),
          );
        },
    });
    expect(differences).toEqual([]);
  });
});

describe('is refused', () => {
  it('with a seed without a view', async () => {
    const settings = { client, views: {}, seed, requests, app: () => async () => new Response() };
    await expect(twoWorlds(settings)).rejects.toThrow(RefusedCallError);
  });

  it('with a seed without private fields', async () => {
    const nothing = { accounts: [{ username: 'ada' }] };
    await expect(tried(CLEAN['a list of cards'] as never, plain, { seed: nothing })).rejects.toThrow(
      'no private field',
    );
  });
});

it('leaves no database behind', async () => {
  const before = await client.db().admin().listDatabases({ nameOnly: true });
  await tried(CLEAN['a list of cards'] as never, plain);
  const after = await client.db().admin().listDatabases({ nameOnly: true });
  const own = (list: typeof before) => list.databases.filter(({ name }) => name.startsWith('two_worlds_'));
  expect(own(after).length).toBeLessThanOrEqual(own(before).length);
});
