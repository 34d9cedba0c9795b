import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, subtree, ViewError } from 'safe-collection';

import { policyIn } from '../../src/view/policies.ts';
import { testServer } from '../write/support/server.ts';

const define = (spec: object) => defineView<Record<string, unknown>>()(spec as never);
const extend = (base: object, extension: unknown): object =>
  (define(base) as unknown as { extend(extension: unknown): object }).extend(extension);

const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } } as const;
const validate = { insert: schema, update: schema };

/** All that the guard knows about a view. Depths at paths that no set names are left out: they have no effect. */
function known(view: object): object {
  const policy = policyIn(view);
  if (policy === undefined) throw new Error('This is not a view.');
  const sets = ['public', 'writable', 'filterable', 'sortable', 'joinable'] as const;
  const leaves = sets.map((set) => [
    set,
    policy[set]
      .leaves()
      .map(({ path, kind, depths }) => ({ path, kind, depths }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  ]);
  const { name, operators, conventions, whole } = policy;
  return { name, operators, conventions, whole, ...Object.fromEntries(leaves) };
}

const BASE = {
  public: { username: 1, email: 1, age: 1, tags: 1, 'profile.bio': 1 },
  writable: { username: 1, email: 1 },
  filterable: { email: 0, deleted_at: 1 },
  sortable: { email: 0 },
  joinable: { username: 0 },
  arrays: { tags: 1 },
  timestamps: { createdAt: 'made_at' },
  defaults: { role: 'user' },
} as const;

describe('an extended view is the same as one in which all is written at once', () => {
  it.each<readonly [part: string, extension: object, whole: object]>([
    ['a public path more', { public: { phone: 1 } }, { public: { ...BASE.public, phone: 1 } }],
    ['a public path less', { public: { age: 0 } }, { public: { username: 1, email: 1, tags: 1, 'profile.bio': 1 } }],
    [
      'the last path of an array less',
      { public: { tags: 0 } },
      { public: { username: 1, email: 1, age: 1, 'profile.bio': 1 }, arrays: {} },
    ],
    ['a subtree', { public: { settings: subtree } }, { public: { ...BASE.public, settings: subtree } }],
    [
      'a subtree in the place of a leaf',
      { public: { 'profile.bio': 0, profile: subtree } },
      { public: { username: 1, email: 1, age: 1, tags: 1, profile: subtree } },
    ],
    [
      'an array',
      { public: { 'items.sku': 1 }, arrays: { items: 1 } },
      { public: { ...BASE.public, 'items.sku': 1 }, arrays: { tags: 1, items: 1 } },
    ],
    ['another depth', { arrays: { tags: [0, 1] } }, { arrays: { tags: [0, 1] } }],
    ['a writable path more', { writable: { age: 1 } }, { writable: { username: 1, email: 1, age: 1 } }],
    ['a writable path less', { writable: { email: 0 } }, { writable: { username: 1 } }],
    ['a writable subtree', { writable: { settings: subtree } }, { writable: { ...BASE.writable, settings: subtree } }],
    ['a filterable path again', { filterable: { email: 1 } }, { filterable: { email: 1, deleted_at: 1 } }],
    ['a filterable path less', { filterable: { deleted_at: 0 } }, { filterable: { email: 0 } }],
    ['a sortable path', { sortable: { email: 1, age: 0 } }, { sortable: { email: 1, age: 0 } }],
    ['a joinable path', { joinable: { username: 1, age: 0 } }, { joinable: { username: 1, age: 0 } }],
    ['a reference', { joinable: { team_id: 1 } }, { joinable: { username: 0, team_id: 1 } }],
    ['plain operators', { operators: 'plain' }, { operators: 'plain' }],
    [
      'a version',
      { public: { revision: 1 }, version: 'revision' },
      { public: { ...BASE.public, revision: 1 }, version: 'revision' },
    ],
    [
      'another timestamp',
      { timestamps: { updatedAt: 'changed_at' } },
      { timestamps: { createdAt: 'made_at', updatedAt: 'changed_at' } },
    ],
    ['another default', { defaults: { role: 'guest', plan: 'free' } }, { defaults: { role: 'guest', plan: 'free' } }],
    ['validators', { validate }, { validate }],
    [
      'whole arrays',
      {
        public: { 'items.sku': 1 },
        writable: { 'items.sku': 1 },
        arrays: { items: 1 },
        whole: { items: 1 },
      },
      {
        public: { ...BASE.public, 'items.sku': 1 },
        writable: { ...BASE.writable, 'items.sku': 1 },
        arrays: { tags: 1, items: 1 },
        whole: { items: 1 },
      },
    ],
    ['nothing but a name', {}, {}],
  ])('%s', (_part, extension, whole) => {
    const extended = extend(BASE, { name: 'other', ...extension });
    expect(known(extended)).toEqual(known(define({ ...BASE, ...whole, name: 'other' })));
    expect(Object.isFrozen(extended)).toBe(true);
  });

  it('an extension of an extension, with an array that was not needed in between', () => {
    const narrow = extend(BASE, { name: 'narrow', public: { tags: 0 } }) as { extend(extension: object): object };
    expect(known(narrow.extend({ name: 'wide', public: { tags: 1 } }))).toEqual(
      known(define({ ...BASE, name: 'wide' })),
    );
  });
});

describe('an extension is refused when it is made', () => {
  const refused = (extension: unknown, code: string, path: string | undefined, base: object = BASE) => {
    try {
      extend(base, extension);
    } catch (error) {
      expect(error).toBeInstanceOf(ViewError);
      expect(error).toMatchObject({ code, operation: 'extend', ...(path === undefined ? {} : { path }) });
      return;
    }
    throw new Error('It was not refused.');
  };

  type Row = readonly [why: string, extension: unknown, code: string, path?: string, base?: object];
  const ROWS: readonly Row[] = [
    ['no name', { public: { phone: 1 } }, 'view_value', 'name'],
    ['the name of the view', { name: 'one' }, 'view_value', 'name', { ...BASE, name: 'one' }],
    ['an empty name', { name: '' }, 'view_value', 'name'],
    ['no object', null, 'input_invalid'],
    ['a list', [], 'input_invalid'],
    ['a proxy', new Proxy({ name: 'x' }, {}), 'input_invalid'],
    ['an unknown part', { name: 'x', hidden: { email: 1 } }, 'view_value', 'hidden'],
    ['a removed path that is not there', { name: 'x', public: { phone: 0 } }, 'view_path', 'phone'],
    ['no public path left', { name: 'x', public: { a: 0 } }, 'view_empty', 'public', { public: { a: 1 } }],
    ['a path below a public one', { name: 'x', public: { 'email.domain': 1 } }, 'view_contradiction', 'email.domain'],
    ['a path above a public one', { name: 'x', public: { profile: subtree } }, 'view_contradiction', 'profile'],
    ['a writable leaf above a public one', { name: 'x', writable: { profile: 1 } }, 'view_contradiction', 'profile'],
    ['a mark that is none', { name: 'x', public: { phone: true } }, 'view_value', 'phone'],
    ['a path that is none', { name: 'x', public: { 'a..b': 1 } }, 'view_path', 'a..b'],
    ['undefined', { name: 'x', public: undefined }, 'input_invalid', 'public'],
    ['a part that is no object', { name: 'x', public: 1 }, 'input_invalid'],
    ['an array without a path', { name: 'x', arrays: { nowhere: 1 } }, 'view_path', 'nowhere'],
    ['a wrong depth', { name: 'x', arrays: { tags: 0 } }, 'view_value', 'tags'],
    [
      'a timestamp that a caller may write',
      { name: 'x', timestamps: { updatedAt: 'email' } },
      'view_contradiction',
      'email',
    ],
    ['one validator', { name: 'x', validate: { insert: schema } }, 'view_value', 'validate'],
    [
      'a version that is no longer shown',
      { name: 'x', public: { n: 0 } },
      'view_path',
      'n',
      { public: { a: 1, n: 1 }, version: 'n' },
    ],
    [
      'a removed field of a whole array',
      { name: 'x', public: { 'items.count': 0 } },
      'view_contradiction',
      'items',
      {
        public: { 'items.sku': 1, 'items.count': 1 },
        writable: { 'items.sku': 1, 'items.count': 1 },
        arrays: { items: 1 },
        whole: { items: 1 },
      },
    ],
    ...(['filterable', 'sortable', 'joinable'] as const).map(
      (part) =>
        [
          `a removed path that the view names in ${part}`,
          { name: 'x', public: { a: 0 } },
          'view_contradiction',
          'a',
          { public: { a: 1, b: 1 }, [part]: { a: 1 } },
        ] as const,
    ),
  ];
  it.each(ROWS.map((row) => ({ why: row[0], row })))('$why', ({ row: [, extension, code, path, base] }) =>
    refused(extension, code, path, base),
  );

  it('unless it says of a removed path if it stays', () => {
    const base = { public: { a: 1, b: 1 }, sortable: { a: 1 } };
    expect(known(extend(base, { name: 'x', public: { a: 0 }, sortable: { a: 0 } }))).toEqual(
      known(define({ name: 'x', public: { b: 1 } })),
    );
    expect(known(extend(base, { name: 'x', public: { a: 0 }, sortable: { a: 1 } }))).toEqual(
      known(define({ name: 'x', public: { b: 1 }, sortable: { a: 1 } })),
    );
  });
});

it('a change of the objects that it was made from has no effect, neither on a view nor on its extensions', () => {
  const defaults = { plan: { name: 'free', limits: [1] } };
  const written = { public: { username: 1, tags: 1 } as Record<string, unknown>, arrays: { tags: [0, 1] }, defaults };
  const view = define(written) as unknown as { extend(extension: object): object };
  const before = known(view.extend({ name: 'before' }));
  written.public['password_hash'] = 1;
  written.arrays.tags[1] = 4;
  defaults.plan.name = 'paid';
  defaults.plan.limits.push(2);
  expect(known(view.extend({ name: 'before' }))).toEqual(before);
});

interface Person {
  username: string;
  age: number;
  password_hash: string;
  team: string;
}

const personView = defineView<Person>()({ public: { username: 1, age: 1 }, writable: { username: 1 } });
const staffView = personView.extend({ name: 'staff', public: { team: 1 }, writable: { team: 1 } });
const guestView = personView.extend({ name: 'guest', public: { age: 0 }, writable: { username: 0 } });

describe('on the server', () => {
  const server = testServer();
  const people = () => createSafeDb(server.db, { people: personView }).people;
  const staff = () => createSafeDb(server.db, { people: staffView }).people;
  const guests = () => createSafeDb(server.db, { people: guestView }).people;

  beforeAll(async () => {
    await server.db
      .collection<Person>('people')
      .insertOne({ username: 'ada', age: 36, password_hash: 'h', team: 'engines' });
  });
  beforeEach(() => server.forget());

  it('returns, filters and writes what it allows', async () => {
    expect(await staff().findOne({ team: 'engines' }, { projection: staffView })).toEqual({
      username: 'ada',
      age: 36,
      team: 'engines',
    });
    await staff().updateOne({ username: 'ada' }, { $set: { team: 'notes' } });
    expect(await staff().distinct('team')).toEqual(['notes']);
    expect(await guests().findOne({}, { projection: guestView })).toEqual({ username: 'ada' });
    expect(await people().findOne({}, { projection: personView })).toEqual({ username: 'ada', age: 36 });
  });

  it('refuses all else, and selections of the view that it extends', async () => {
    const calls = [
      () => people().findOne({ team: 'x' } as never, { projection: personView }),
      () => guests().findOne({ age: 36 } as never, { projection: guestView }),
      () => guests().findOne({}, { projection: ['age'] as never }),
      () => guests().updateOne({ username: 'ada' }, { $set: { username: 'x' } as never }),
      () => staff().findOne({}, { projection: ['password_hash'] as never }),
      () => guests().findOne({}, { projection: personView as never }),
      () => guests().findOne({}, { projection: personView.select(['age']) as never }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });

  it('names itself in errors', async () => {
    await expect(guests().findOne({ age: 1 } as never, { projection: guestView })).rejects.toMatchObject({
      view: 'guest',
      message: expect.stringContaining('age'),
    });
  });
});
