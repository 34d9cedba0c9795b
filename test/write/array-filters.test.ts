import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

interface Team {
  name: string;
  groups: { secret: string; label: string; members: { secret: string; name: string }[] }[];
}

const teamView = defineView<Team>()({
  public: { name: 1, 'groups.label': 1, 'groups.members.name': 1, 'groups.members.secret': 1 },
  writable: { 'groups.label': 1, 'groups.members.name': 1 },
  arrays: { groups: 1, 'groups.members': 1 },
});

const server = testServer();
let teams: Loose;

beforeEach(async () => {
  const raw = server.db.collection<Team>('teams');
  await raw.deleteMany({});
  await raw.insertOne({
    name: 'red',
    groups: [
      {
        secret: 'x',
        label: 'first',
        members: [
          { secret: 'x', name: 'ada' },
          { secret: 'y', name: 'bob' },
        ],
      },
      {
        secret: 'y',
        label: 'second',
        members: [
          { secret: 'x', name: 'cyd' },
          { secret: 'y', name: 'dov' },
        ],
      },
    ],
  });
  teams = loose(new SafeCollection(raw, teamView));
  server.forget();
});

const update = (set: object, arrayFilters?: unknown, more: object = {}) =>
  teams.updateOne({ name: 'red' }, { $set: set }, { ...(arrayFilters === undefined ? {} : { arrayFilters }), ...more });

const names = async (): Promise<unknown> => {
  const stored = await server.db.collection<Team>('teams').findOne({});
  return stored?.groups.map(({ label, members }) => [label, ...members.map(({ name }) => name)]);
};

describe('an identifier', () => {
  it('picks elements by a predicate on filterable paths', async () => {
    await update({ 'groups.$[].members.$[m].name': 'new' }, [{ 'm.secret': op({ $in: ['x'] }) }]);
    expect(await names()).toEqual([
      ['first', 'new', 'bob'],
      ['second', 'new', 'dov'],
    ]);
  });

  it('may be used for two arrays, each with its own identifier', async () => {
    await update({ 'groups.$[g].members.$[m].name': 'new' }, [{ 'g.label': 'second' }, { 'm.secret': 'y' }]);
    expect(await names()).toEqual([
      ['first', 'ada', 'bob'],
      ['second', 'cyd', 'new'],
    ]);
  });

  it('is checked against every array that it is used at: one of them has a private field of that name', async () => {
    await expect(update({ 'groups.$[a].members.$[a].name': 'new' }, [{ 'a.secret': 'x' }])).rejects.toMatchObject({
      code: 'filter_path',
    });
    expect(server.sent).toEqual([]);
  });

  it('is checked against the arrays of every path that uses it', async () => {
    await expect(
      update({ 'groups.$[a].label': 'new', 'groups.$[].members.$[a].name': 'n' }, [{ 'a.secret': 'x' }]),
    ).rejects.toMatchObject({ code: 'filter_path' });
    expect(server.sent).toEqual([]);
  });

  it('of the program may use private paths', async () => {
    const demand = trusted({ update: { $set: { 'groups.$[g].label': 'set' } }, arrayFilters: [{ 'g.secret': 'y' }] });
    await teams.updateOne({ name: 'red' }, {}, { trusted: demand });
    expect(await names()).toEqual([
      ['first', 'ada', 'bob'],
      ['set', 'cyd', 'dov'],
    ]);
  });

  it('of the program and of the caller are apart, so one name for both is refused', async () => {
    const demand = trusted({ update: { $set: { 'groups.$[g].secret': 'set' } }, arrayFilters: [{ 'g.secret': 'y' }] });
    const call = update({ 'groups.$[g].label': 'new' }, [{ 'g.label': 'first' }], { trusted: demand });
    await expect(call).rejects.toMatchObject({ code: 'write_conflict', path: 'arrayFilters' });
    expect(server.sent).toEqual([]);
  });

  it.each<readonly [string, object, unknown]>([
    ['with no filter', { 'groups.$[g].label': 'x' }, undefined],
    ['with an empty list', { 'groups.$[g].label': 'x' }, []],
    ['with an empty filter', { 'groups.$[g].label': 'x' }, [{}]],
    ['bound by an empty $elemMatch', { 'groups.$[g].label': 'x' }, [{ g: op({ $elemMatch: {} } as never) }]],
    ['bound by a private path', { 'groups.$[g].label': 'x' }, [{ 'g.secret': 'x' }]],
    [
      'bound by a private path in $or',
      { 'groups.$[g].label': 'x' },
      [{ $or: [{ 'g.label': 'a' }, { 'g.secret': 'x' }] }],
    ],
    [
      'bound by a private path in $elemMatch',
      { 'groups.$[g].label': 'x' },
      [{ g: op({ $elemMatch: { secret: 'x' } } as never) }],
    ],
    ['compared whole', { 'groups.$[g].label': 'x' }, [{ g: { label: 'first', secret: 'x' } }]],
    ['compared whole by op()', { 'groups.$[g].label': 'x' }, [{ g: op({ $gt: 'x' }) }]],
    ['bound by a plain operator', { 'groups.$[g].label': 'x' }, [{ 'g.label': { $ne: 'x' } }]],
    ['bound by $expr', { 'groups.$[g].label': 'x' }, [{ 'g.label': 'first', $expr: true }]],
    ['that the update does not use', { 'groups.$[].label': 'x' }, [{ 'h.label': 'x' }]],
    ['beside one that the update does not use', { 'groups.$[g].label': 'x' }, [{ 'g.label': 'a' }, { 'h.label': 'x' }]],
    ['defined twice', { 'groups.$[g].label': 'x' }, [{ 'g.label': 'a' }, { 'g.label': 'b' }]],
    ['two in one filter', { 'groups.$[g].members.$[m].name': 'x' }, [{ 'g.label': 'a', 'm.name': 'b' }]],
    ['with an invalid name', { 'groups.$[1].label': 'x' }, [{ '1.label': 'x' }]],
    ['with dots in its name', { 'groups.$[g.h].label': 'x' }, [{ 'g.h.label': 'x' }]],
    ['bound through a number', { 'groups.$[g].label': 'x' }, [{ 'g.members.0.name': 'ada' }]],
    ['in an object that looks like a list', { 'groups.$[g].label': 'x' }, { 0: { 'g.label': 'a' }, length: 1 }],
  ])('%s is refused, and nothing is sent', async (_, set, arrayFilters) => {
    await expect(update(set, arrayFilters)).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});
