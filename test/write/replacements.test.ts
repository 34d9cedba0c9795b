import { beforeEach, describe, expect, it } from 'vitest';
import { Binary, Long } from 'mongodb';
import { defineView, op, SafeCollection, subtree, trusted, ValidationError, withTransaction } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

interface Member {
  _id?: unknown;
  username: string;
  email?: string;
  tags?: string[];
  plan?: string;
  settings?: Record<string, unknown>;
  profile?: { bio?: string; place?: { city?: string; zip?: string }; ssn?: string } | null;
  deep?: { note?: string; key?: string };
  role?: string;
  password_hash?: string;
  joined_at?: Date;
}

/** `joined_at` is public and not writable, `plan` has a default. The view knows nothing of `password_hash` and `deep.key`. */
const memberView = defineView<Member>()({
  public: {
    username: 1,
    email: 1,
    tags: 1,
    plan: 1,
    settings: subtree,
    joined_at: 1,
    'profile.bio': 1,
    'profile.place.city': 1,
  },
  writable: { username: 1, email: 1, tags: 1, plan: 1, settings: 1, 'profile.bio': 1, 'profile.place.city': 1 },
  filterable: { role: 1 },
  arrays: { tags: 1 },
  defaults: { plan: 'free', role: 'user' },
});

const server = testServer();
const raw = () => server.db.collection('members');
const stored = () => raw().findOne({}, { projection: { _id: 0 } });
let members: Loose;

const PRIVATE = {
  password_hash: 'h',
  joined_at: new Date(1),
  role: 'admin',
  drift: { of: ['all', { kinds: 1 }] },
  deep: { note: 'n', key: 'k' },
};
const BEFORE = {
  username: 'ada',
  email: 'e',
  tags: ['a'],
  plan: 'paid',
  settings: { a: 1 },
  profile: { bio: 'b', place: { city: 'Paris', zip: 'z' }, ssn: 's', unknown: [1] },
  ...PRIVATE,
};
const KEPT = { ...PRIVATE, profile: { place: { zip: 'z' }, ssn: 's', unknown: [1] } };

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ ...BEFORE });
  members = loose(new SafeCollection<Member, never>(raw() as never, memberView as never));
  server.forget();
});

const P = { projection: ['username', 'email'] };

type Replace = (target: Loose, filter: unknown, document: unknown, options?: object) => Promise<unknown>;

/** Each way to replace a document. What holds for one of them has to hold for the others. */
const WAYS: Readonly<Record<string, Replace>> = {
  replaceOne: (target, filter, document, options) => target.replaceOne(filter, document, options ?? {}),
  findOneAndReplace: (target, filter, document, options) =>
    target.findOneAndReplace(filter, document, { ...P, ...options }),
  bulkWrite: (target, filter, document, options) =>
    target.bulkWrite([{ replaceOne: { filter, replacement: document, ...options } }]),
  'a built bulk': async (target, filter, document, options = {}) => {
    const { trusted: own, upsert, collation, ...rest } = options as Record<string, unknown>;
    const any = target.initializeOrderedBulkOp().find(filter);
    const found = collation === undefined ? any : any.collation(collation);
    const ready = upsert === true ? found.upsert() : found;
    const given = { ...rest, ...(own === undefined ? {} : { trusted: own }) };
    return await ready.replaceOne(document, given).execute();
  },
  'replaceOne in a transaction': async (_, filter, document, options) =>
    await withTransaction(server.client, async (tx) => {
      const plain = new SafeCollection<Member, never>(raw() as never, memberView as never);
      await loose(tx.bind(plain as never)).replaceOne(filter, document, options ?? {});
    }),
};

const ADA = { username: 'ada' };

async function refused(call: () => Promise<unknown>, error: object): Promise<void> {
  server.forget();
  await expect((async () => await call())()).rejects.toMatchObject(error);
  expect(server.sent.filter(({ commandName }) => commandName !== 'abortTransaction')).toEqual([]);
  expect(await stored()).toEqual(BEFORE);
}

describe.each(Object.entries(WAYS))('%s', (name, replace) => {
  it('sets what it names, removes the other writable fields, and keeps everything else', async () => {
    await replace(members, ADA, { username: 'eve', email: 'new' });
    expect(await stored()).toEqual({ ...KEPT, username: 'eve', email: 'new', plan: 'free' });
    await replace(members, { username: 'eve' }, { username: 'eve', profile: { bio: 'x', place: { city: 'Rome' } } });
    const profile = { bio: 'x', place: { city: 'Rome', zip: 'z' }, ssn: 's', unknown: [1] };
    expect(await stored()).toEqual({ ...KEPT, username: 'eve', profile, plan: 'free' });
  });

  it('stores values as they are, and evaluates none of them', async () => {
    const settings = {
      a: '$password_hash',
      b: { c: '$$ROOT', d: ['$role'] },
      n: Long.fromNumber(5),
      x: new Binary(new Uint8Array([1])),
    };
    await replace(members, ADA, { username: '$password_hash', email: '$$REMOVE', tags: ['$role', '$$ROOT'], settings });
    expect(await stored()).toMatchObject({
      ...KEPT,
      username: '$password_hash',
      email: '$$REMOVE',
      tags: ['$role', '$$ROOT'],
      settings: { a: '$password_hash', b: { c: '$$ROOT', d: ['$role'] } },
    });
  });

  it.each<readonly [string, unknown, object]>([
    ['a private field', { username: 'a', password_hash: 'x' }, { code: 'write_path', path: 'password_hash' }],
    ['a public one that is not writable', { username: 'a', joined_at: new Date() }, { code: 'write_path' }],
    [
      'a private field of a branch',
      { username: 'a', profile: { ssn: 'x' } },
      { code: 'write_path', path: 'profile.ssn' },
    ],
    ['the _id', { _id: 1, username: 'a' }, { code: 'write_path', path: '_id' }],
    ['an operator', { $set: { username: 'a' } }, { code: 'write_path' }],
    ['an operator among fields', { username: 'a', $unset: { role: 1 } }, { code: 'write_path' }],
    ['a key with a dot', { username: 'a', 'profile.bio': 'x' }, { code: 'write_path' }],
    ['an object with a $ key at a leaf', { username: { $literal: 'x' } }, { code: 'write_value' }],
    ['a $ key below a subtree', { username: 'a', settings: { $where: 1 } }, { code: 'write_path' }],
    ['an array at a scalar leaf', { username: ['a'] }, { code: 'write_value' }],
    ['a scalar at an array', { username: 'a', tags: 'x' }, { code: 'write_value' }],
    ['a scalar at a branch', { username: 'a', profile: 'x' }, { code: 'write_value' }],
    ['null at a branch', { username: 'a', profile: null }, { code: 'write_value', path: 'profile' }],
    ['null at a nested branch', { username: 'a', profile: { place: null } }, { code: 'write_value' }],
    ['an array at a branch', { username: 'a', profile: [{ bio: 'x' }] }, { code: 'write_value', path: 'profile' }],
    ['undefined', { username: 'a', email: undefined }, { code: 'input_invalid' }],
    ['a pipeline', [{ $set: { username: '$password_hash' } }], { code: 'argument_invalid' }],
    ['null', null, { code: 'argument_invalid' }],
    ['a function', { username: () => 1 }, { code: 'input_invalid' }],
    ['op()', { username: op({ $eq: 'x' }) }, { code: 'write_value' }],
  ])('refuses %s', async (_, document, error) => {
    await refused(() => replace(members, ADA, document), error);
  });

  it('refuses a filter by a private path, and an empty one that is everything', async () => {
    await refused(() => replace(members, { password_hash: 'h' }, { username: 'a' }), { code: 'filter_path' });
    await refused(() => replace(members, { username: { $ne: '' } }, { username: 'a' }), {
      code: 'filter_operator_untagged',
    });
  });

  it("sets the program's fields, leaf by leaf in a branch of the view, and demands its filter", async () => {
    const own = trusted({
      set: { role: 'guest', profile: { ssn: 'new' }, deep: { key: 'only' } },
      filter: { drift: op({ $exists: true }) },
    });
    await replace(members, ADA, { username: 'ada', profile: { bio: 'x' } }, { trusted: own });
    expect(await stored()).toEqual({
      ...PRIVATE,
      username: 'ada',
      plan: 'free',
      role: 'guest',
      profile: { bio: 'x', place: { zip: 'z' }, ssn: 'new', unknown: [1] },
      deep: { key: 'only' },
    });
    const none = trusted({ filter: { drift: null } });
    await replace(members, ADA, { username: 'nobody' }, { trusted: none });
    expect(await stored()).toMatchObject({ username: 'ada' });
  });

  it('refuses a field that both write, and a part that it does not use', async () => {
    await refused(() => replace(members, ADA, { username: 'a' }, { trusted: trusted({ set: { username: 'b' } }) }), {
      code: 'write_conflict',
    });
    await refused(
      () => replace(members, ADA, { username: 'a' }, { trusted: trusted({ update: { $set: { role: 'x' } } }) }),
      {
        code: 'argument_invalid',
      },
    );
    await refused(() => replace(members, ADA, { username: 'a' }, { trusted: { set: { role: 'x' } } }), {
      code: 'trusted_invalid',
    });
  });

  it("takes the program's own document, and keeps what that does not name", async () => {
    await replace(
      members,
      trusted({ password_hash: 'h' }),
      trusted({ username: 'own', role: '$role', profile: { ssn: '1' } }),
    );
    expect(await stored()).toEqual({
      ...KEPT,
      username: 'own',
      plan: 'free',
      role: '$role',
      profile: { place: { zip: 'z' }, ssn: '1', unknown: [1] },
    });
    await refused(
      async () => {
        await raw().replaceOne({}, { ...BEFORE });
        server.forget();
        await replace(members, ADA, trusted({ username: 'a' }), { trusted: trusted({ set: { role: 'x' } }) });
      },
      { code: 'write_conflict' },
    );
  });

  it('creates a document with the defaults of the view', async () => {
    await raw().deleteMany({});
    await replace(members, { username: 'eve' }, { username: 'eve', email: 'e' }, { upsert: true });
    expect(await stored()).toEqual({ username: 'eve', email: 'e', plan: 'free', role: 'user' });
    await raw().deleteMany({});
    await replace(members, { email: 'gone' }, { username: 'eve' }, { upsert: true });
    expect(await stored()).toEqual({ username: 'eve', plan: 'free', role: 'user' });
  });

  it('refuses an upsert whose filter would write what the caller may not', async () => {
    await refused(() => replace(members, { role: 'x' }, { username: 'a' }, { upsert: true }), {
      code: 'write_path',
      path: 'role',
    });
    await refused(() => replace(members, { _id: 'x' }, { username: 'a' }, { upsert: true }), { path: '_id' });
    await raw().deleteMany({});
    const own = { trusted: trusted({ set: { _id: 'k' } }), upsert: true };
    await replace(members, { _id: 'k' }, { username: 'a' }, own);
    expect(await raw().findOne({})).toMatchObject({ _id: 'k', username: 'a' });
    await replace(members, { _id: 'k' }, { username: 'b' }, own);
    expect(await raw().findOne({})).toMatchObject({ _id: 'k', username: 'b' });
    await raw().replaceOne({}, { ...BEFORE });
  });

  it('creates a document with the defaults of the view, if the filter gives no value', async () => {
    await raw().deleteMany({});
    const filter = { $or: [{ role: 'x' }, { role: 'y' }] };
    await replace(members, trusted(filter), { username: 'eve' }, { upsert: true });
    expect(await stored()).toEqual({ username: 'eve', plan: 'free', role: 'user' });
  });

  it('refuses an upsert whose filter would store a single value at an array', async () => {
    const equal = { tags: op({ $in: ['x', 'x'] }) };
    await refused(() => replace(members, equal, { username: 'a' }, { upsert: true }), {
      code: 'write_value',
      path: 'tags',
    });
    const loosely = { collation: { locale: 'en', strength: 1 }, upsert: true };
    await refused(() => replace(members, { tags: op({ $in: ['x', 'X'] }) }, { username: 'a' }, loosely), {
      code: 'write_value',
      path: 'tags',
    });
    const twice = { $and: [{ username: op({ $in: ['x', 'x'] }) }, { username: 'y' }] };
    await refused(() => replace(members, twice, { username: 'a' }, { upsert: true }), {
      code: 'write_conflict',
      path: 'username',
    });
  });

  it('changes no document that does not match', async () => {
    await replace(members, { username: 'nobody' }, { username: 'x' });
    expect(await stored()).toEqual(BEFORE);
    expect(name).toBeTruthy();
  });
});

describe('results', () => {
  it('replaceOne has modifiedCount, because all that it writes is filterable here', async () => {
    expect(await members.replaceOne(ADA, { username: 'ada' })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    const own = { trusted: trusted({ set: { password_hash: 'h' } }) };
    const answer = await members.replaceOne(ADA, { username: 'ada' }, own);
    expect(answer).not.toHaveProperty('modifiedCount');
    const bulk = await members.bulkWrite([{ replaceOne: { filter: ADA, replacement: { username: 'ada' }, ...own } }]);
    expect(bulk).not.toHaveProperty('modifiedCount');
  });

  it('findOneAndReplace returns the projected document, before or after, and whether it was created', async () => {
    const document = { username: 'ada', email: 'new' };
    expect(await members.findOneAndReplace(ADA, document, P)).toStrictEqual({ username: 'ada', email: 'e' });
    const after = { ...P, returnDocument: 'after' };
    expect(await members.findOneAndReplace(ADA, document, after)).toStrictEqual(document);
    const asked = { ...after, upsert: true, includeUpserted: true };
    expect(await members.findOneAndReplace(ADA, document, asked)).toStrictEqual({ value: document, upserted: false });
    const made = await members.findOneAndReplace({ username: 'b' }, { username: 'b' }, asked);
    expect(made).toStrictEqual({ value: { username: 'b' }, upserted: true });
    await expect(members.findOneAndReplace(ADA, document, {})).rejects.toMatchObject({ code: 'projection_missing' });
    await expect(members.findOneAndReplace(ADA, document, { projection: ['role'] })).rejects.toMatchObject({
      code: 'projection_path',
    });
  });

  it("keep takes 'private', which is the default, and nothing else", async () => {
    await members.replaceOne(ADA, { username: 'ada' }, { keep: 'private' });
    await members.bulkWrite([{ replaceOne: { filter: ADA, replacement: { username: 'ada' }, keep: 'private' } }]);
    expect(await stored()).toMatchObject(KEPT);
    for (const keep of ['nothing', true, [], null]) {
      await expect(members.replaceOne(ADA, { username: 'x' }, { keep })).rejects.toMatchObject({ path: 'keep' });
      await expect(members.findOneAndReplace(ADA, { username: 'x' }, { ...P, keep })).rejects.toMatchObject({
        path: 'keep',
      });
      const model = { replaceOne: { filter: ADA, replacement: { username: 'x' }, keep } };
      await expect(members.bulkWrite([model])).rejects.toMatchObject({ path: 'keep' });
    }
    await expect(members.updateOne(ADA, { $set: { email: 'x' } }, { keep: 'private' })).rejects.toMatchObject({
      code: 'option_unknown',
    });
  });

  it('a built bulk takes no arrayFilters for it', () => {
    const found = members
      .initializeOrderedBulkOp()
      .find(ADA)
      .arrayFilters([{ 'x.a': 1 }]);
    expect(() => found.replaceOne({ username: 'x' })).toThrow(/arrayFilters/);
  });
});

interface Cart {
  owner: string;
  lines: { sku: string; cost?: number }[];
  box?: { items?: { sku: string }[]; note?: string };
}

const cartView = defineView<Cart>()({
  public: { owner: 1, 'lines.sku': 1, 'box.items.sku': 1, 'box.note': 1 },
  writable: { owner: 1, 'lines.sku': 1, 'box.items.sku': 1, 'box.note': 1 },
  arrays: { lines: 1, 'box.items': 1 },
});

describe('arrays of subdocuments', () => {
  const rawCarts = () => server.db.collection('carts');
  const carts = (): Loose => loose(new SafeCollection<Cart, never>(rawCarts() as never, cartView as never));
  const CART = { owner: 'ada', lines: [{ sku: 'a', cost: 5 }], box: { items: [{ sku: 'b', secret: 1 }], note: 'n' } };

  beforeEach(async () => {
    await rawCarts().deleteMany({});
    await rawCarts().insertOne({ ...CART });
    server.forget();
  });

  it.each<readonly [string, unknown, object, string]>([
    ['that the caller names', { owner: 'ada', lines: [{ sku: 'x' }] }, { box: { items: [] } }, 'lines'],
    ['that the caller empties', { owner: 'ada', lines: [] }, { box: { items: [] } }, 'lines'],
    ['that nobody names', { owner: 'ada' }, { box: { items: [] } }, 'lines'],
    ['in a branch that the caller names', { owner: 'ada', box: { items: [] } }, { lines: [] }, 'box.items'],
    ['in a branch that nobody names', { owner: 'ada' }, { lines: [] }, 'box.items'],
  ])('are not replaced, because fields of their elements would be lost: one %s', async (_, document, set, path) => {
    const call = carts().replaceOne({ owner: 'ada' }, document, { trusted: trusted({ set }) });
    await expect(call).rejects.toMatchObject({ code: 'write_path', path });
    const whole = trusted({ ...(document as { owner: string }), ...set });
    if (path === 'lines' && !('lines' in (document as object)))
      await expect(carts().replaceOne({ owner: 'ada' }, whole)).rejects.toMatchObject({ code: 'write_path', path });
    expect(server.sent).toEqual([]);
  });

  it('are replaced by what the program sets', async () => {
    const set = { lines: [{ sku: 'x', cost: 1 }], box: { items: [] } };
    await carts().replaceOne({ owner: 'ada' }, { owner: 'bob', box: { note: 'm' } }, { trusted: trusted({ set }) });
    expect(await rawCarts().findOne({}, { projection: { _id: 0 } })).toEqual({
      owner: 'bob',
      lines: [{ sku: 'x', cost: 1 }],
      box: { items: [], note: 'm' },
    });
    await carts().replaceOne({ owner: 'bob' }, trusted({ owner: 'eve', ...set }));
    expect(await rawCarts().findOne({}, { projection: { _id: 0 } })).toEqual({
      owner: 'eve',
      lines: set.lines,
      box: { items: [] },
    });
  });
});

describe('an array of subdocuments in `whole` of the view', () => {
  const wholeView = defineView<{ owner: string; lines?: { sku: string }[] }>()({
    public: { owner: 1, 'lines.sku': 1 },
    writable: { owner: 1, 'lines.sku': 1 },
    arrays: { lines: 1 },
    whole: { lines: 1 },
  });
  const rawCarts = () => server.db.collection('whole_carts');
  const found = () => rawCarts().findOne({}, { projection: { _id: 0 } });

  it('is replaced, or removed if it is left out', async () => {
    const carts = loose(new SafeCollection<Cart, never>(rawCarts() as never, wholeView as never));
    await rawCarts().insertOne({ owner: 'ada', lines: [{ sku: 'a' }], secret: 1 });
    await carts.replaceOne({ owner: 'ada' }, { owner: 'ada', lines: [{ sku: 'b' }, { sku: '$secret' }] });
    expect(await found()).toEqual({ owner: 'ada', lines: [{ sku: 'b' }, { sku: '$secret' }], secret: 1 });
    await expect(carts.replaceOne({}, { owner: 'x', lines: [{ sku: 'b', cost: 1 }] })).rejects.toMatchObject({
      code: 'write_path',
    });
    await carts.replaceOne({ owner: 'ada' }, { owner: 'ada' });
    expect(await found()).toEqual({ owner: 'ada', secret: 1 });
  });
});

interface Note {
  text: string;
  state?: string;
  made_at?: Date;
  changed_at?: Date;
  rev?: number;
  secret?: string;
}

describe('the conventions of a view', () => {
  const asked: unknown[] = [];
  const schema = {
    '~standard': {
      version: 1 as const,
      vendor: 'test',
      validate: (value: unknown) => {
        asked.push(value);
        return (value as { text?: string }).text === 'bad' ? { issues: [{ message: 'm', path: ['text'] }] } : { value };
      },
    },
  };
  const never = {
    '~standard': { version: 1 as const, vendor: 'test', validate: () => ({ issues: [{ message: 'no' }] }) },
  };
  const noteView = defineView<Note>()({
    public: { text: 1, state: 1, rev: 1 },
    writable: { text: 1, state: 1 },
    timestamps: { createdAt: 'made_at', updatedAt: 'changed_at' },
    version: 'rev',
    validate: { insert: schema, update: never },
  } as never);
  const rawNotes = () => server.db.collection('notes');
  const notes = (): Loose => loose(new SafeCollection<Note, never>(rawNotes() as never, noteView as never));

  beforeEach(async () => {
    await rawNotes().deleteMany({});
    await notes().insertOne({ text: 'one', state: 'new' }, { trusted: trusted({ set: { secret: 's' } }) });
    asked.length = 0;
    server.forget();
  });

  it('count the version up, and keep the time of creation', async () => {
    const before = await rawNotes().findOne({});
    await notes().replaceOne({ text: 'one' }, { text: 'two' }, { version: 1 });
    const after = await rawNotes().findOne({});
    expect(after).toEqual({ ...before, text: 'two', rev: 2, changed_at: expect.any(Date) as Date, state: undefined });
    await expect(notes().replaceOne({ text: 'two' }, { text: 'x' }, { version: 1 })).rejects.toMatchObject({
      name: 'VersionConflictError',
    });
    const found = notes().findOneAndReplace({ text: 'two' }, { text: 'x' }, { projection: ['text'], version: 1 });
    await expect(found).rejects.toMatchObject({ name: 'VersionConflictError' });
  });

  it('make a new document like an insert', async () => {
    await notes().replaceOne({ text: 'new' }, { text: 'new' }, { upsert: true });
    expect(await rawNotes().findOne({ text: 'new' }, { projection: { _id: 0 } })).toEqual({
      text: 'new',
      rev: 1,
      made_at: expect.any(Date) as Date,
      changed_at: expect.any(Date) as Date,
    });
  });

  it('validate the document as one that is inserted, and not as an update', async () => {
    await notes().replaceOne({ text: 'one' }, { text: 'two' });
    expect(asked).toEqual([{ text: 'two' }]);
    server.forget();
    await expect(notes().replaceOne({ text: 'two' }, { text: 'bad' })).rejects.toBeInstanceOf(ValidationError);
    await expect(
      notes().bulkWrite([{ replaceOne: { filter: { text: 'two' }, replacement: { text: 'bad' } } }]),
    ).rejects.toBeInstanceOf(ValidationError);
    expect(server.sent).toEqual([]);
    await notes().replaceOne({ text: 'two' }, trusted({ text: 'bad' }));
    expect(asked).toHaveLength(3);
  });

  it('are written only by the view', async () => {
    const own = { trusted: trusted({ set: { rev: 9 } }) };
    await expect(notes().replaceOne({ text: 'one' }, { text: 'x' }, own)).rejects.toMatchObject({
      code: 'write_conflict',
    });
    await expect(
      notes().replaceOne({ text: 'one' }, trusted({ text: 'x', made_at: new Date() })),
    ).rejects.toMatchObject({
      code: 'write_conflict',
    });
    expect(server.sent).toEqual([]);
  });
});

describe('two documents that differ in private fields', () => {
  it.each(['replaceOne', 'findOneAndReplace', 'bulkWrite', 'a built bulk'])(
    'give the same answers: %s',
    async (name) => {
      const answers: unknown[] = [];
      for (const secret of [{}, { password_hash: 'x', profile: { ssn: 's' }, extra: [1] }]) {
        await raw().deleteMany({});
        await raw().insertOne({ _id: 1 as never, username: 'ada', profile: {}, ...secret });
        const answer = await WAYS[name]?.(members, ADA, { username: 'eve', profile: { bio: 'b' } });
        answers.push([answer, await members.find({}, { projection: memberView as never }).toArray()]);
      }
      expect(answers[1]).toEqual(answers[0]);
    },
  );
});
