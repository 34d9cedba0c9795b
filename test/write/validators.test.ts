import { type } from 'arktype';
import { Binary, Long } from 'mongodb';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted, ValidationError, type StandardSchema } from 'safe-collection';
import { z } from 'zod';
import { loose, type Loose } from './support/loose.ts';
import { visibleIn } from './support/outcome.ts';
import { testServer } from './support/server.ts';

/** A part of every value that a message could show. */
const SECRET = 'S3CR3T';

interface Member {
  username: string;
  age?: number;
  joined_at?: Date;
  tags?: string[];
  profile?: { bio?: string; ssn?: string };
  internal_role?: string;
}

interface Schemas {
  /** As people write them: strict, because the caller's part is all that there is to check. */
  readonly insert: StandardSchema;
  readonly update: StandardSchema;
  /** Change what they are given: trim a name, strip what they do not know, fill in. */
  readonly trims: StandardSchema;
  readonly strips: StandardSchema;
  readonly fillsIn: StandardSchema;
  /** Asynchronous validators; `undefined` if the library has none. */
  readonly isAsync: StandardSchema | undefined;
}

const isFree = async (name: string): Promise<boolean> => await Promise.resolve(!name.startsWith('taken'));

const zodMember = z.strictObject({
  username: z
    .string()
    .min(3)
    .regex(/^[a-z0-9]+$/, { error: ({ input }) => `${String(input)} is no name` }),
  age: z.number().max(150).optional(),
  joined_at: z.date().optional(),
  tags: z.array(z.string().max(5)).optional(),
  profile: z.strictObject({ bio: z.string().max(10) }).optional(),
});
const valibotMember = v.strictObject({
  username: v.pipe(v.string(), v.minLength(3), v.regex(/^[a-z0-9]+$/)),
  age: v.optional(v.pipe(v.number(), v.maxValue(150))),
  joined_at: v.optional(v.date()),
  tags: v.optional(v.array(v.pipe(v.string(), v.maxLength(5)))),
  profile: v.optional(v.strictObject({ bio: v.pipe(v.string(), v.maxLength(10)) })),
});
const arkMember = type({
  '+': 'reject',
  username: /^[a-z0-9]{3,}$/,
  'age?': 'number <= 150',
  'joined_at?': 'Date',
  'tags?': type('string <= 5').array(),
  'profile?': { '+': 'reject', bio: 'string <= 10' },
});

const LIBRARIES: Readonly<Record<string, Schemas>> = {
  zod: {
    insert: zodMember,
    update: z.strictObject({
      $set: zodMember.partial().optional(),
      $push: z.strictObject({ tags: z.any() }).optional(),
      $inc: z.strictObject({ age: z.number().max(5) }).optional(),
    }),
    trims: z.object({ username: z.string().trim() }),
    strips: z.object({ username: z.string() }),
    fillsIn: z.object({ username: z.string(), age: z.number().default(18) }),
    isAsync: z.object({ username: z.string().refine(isFree) }),
  },
  valibot: {
    insert: valibotMember,
    update: v.strictObject({
      $set: v.optional(v.partial(valibotMember)),
      $push: v.optional(v.strictObject({ tags: v.any() })),
      $inc: v.optional(v.strictObject({ age: v.pipe(v.number(), v.maxValue(5)) })),
    }),
    trims: v.object({ username: v.pipe(v.string(), v.trim()) }),
    strips: v.object({ username: v.string() }),
    fillsIn: v.object({ username: v.string(), age: v.optional(v.number(), 18) }),
    isAsync: v.objectAsync({ username: v.pipeAsync(v.string(), v.checkAsync(isFree)) }),
  },
  arktype: {
    insert: arkMember,
    update: type({
      '+': 'reject',
      '$set?': arkMember.partial(),
      '$push?': { '+': 'reject', tags: 'unknown' },
      '$inc?': { '+': 'reject', age: 'number <= 5' },
    }),
    trims: type({ username: 'string.trim' }),
    strips: type({ '+': 'delete', username: 'string' }),
    fillsIn: type({ username: 'string', age: 'number = 18' }),
    isAsync: undefined,
  },
};

const server = testServer();
const raw = () => server.db.collection<Member>('members');
const anything: StandardSchema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };

function held({ insert, update }: { insert: StandardSchema; update: StandardSchema }): Loose {
  const view = defineView<Member>()({
    name: 'members',
    public: { username: 1, age: 1, tags: 1, joined_at: 1, 'profile.bio': 1 },
    writable: { username: 1, age: 1, tags: 1, joined_at: 1, 'profile.bio': 1 },
    arrays: { tags: 1 },
    validate: { insert, update },
  });
  return loose(new SafeCollection(raw(), view));
}

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ username: 'ada', age: 36, internal_role: 'user' });
  server.forget();
});

/** Each method that a caller's document goes through. */
const INSERTS: Readonly<Record<string, (members: Loose, document: object) => Promise<unknown>>> = {
  insertOne: (members, document) => members.insertOne(document),
  insertMany: (members, document) => members.insertMany([{ username: 'valid1' }, document]),
  'insertMany, unordered': (members, document) =>
    members.insertMany([document, { username: 'valid1' }], { ordered: false }),
  bulkWrite: (members, document) =>
    members.bulkWrite([{ deleteMany: { filter: { username: 'ada' } } }, { insertOne: { document } }]),
  'a built bulk': async (members, document) => {
    const bulk = members.initializeOrderedBulkOp();
    bulk.find({ username: 'ada' }).delete().insert(document);
    return await bulk.execute();
  },
};

/** Each method that a caller's update goes through, upserts among them. */
const UPDATES: Readonly<Record<string, (members: Loose, update: object) => Promise<unknown>>> = {
  updateOne: (members, update) => members.updateOne({ username: 'ada' }, update),
  'updateOne, an upsert': (members, update) => members.updateOne({ username: 'new' }, update, { upsert: true }),
  updateMany: (members, update) => members.updateMany({ username: 'ada' }, update),
  findOneAndUpdate: (members, update) =>
    members.findOneAndUpdate({ username: 'ada' }, update, { projection: ['username'] }),
  bulkWrite: (members, update) =>
    members.bulkWrite([
      { deleteMany: { filter: { username: 'bob' } } },
      { updateMany: { filter: { username: 'ada' }, update } },
    ]),
  'a built bulk': async (members, update) =>
    await members.initializeUnorderedBulkOp().find({ username: 'ada' }).updateOne(update).execute(),
};

const errorOf = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(
    () => expect.fail('was not refused'),
    (error: unknown) => error,
  );

describe.each(Object.entries(LIBRARIES))('with %s', (_library, schemas) => {
  it.each(Object.entries(INSERTS))('what is valid is stored as it was given: %s', async (_, insert) => {
    const document = { username: 'lin', age: 3, joined_at: new Date(5), tags: ['a'], profile: { bio: 'b' } };
    await insert(held(schemas), document);
    expect(await raw().findOne({ username: 'lin' }, { projection: { _id: 0 } })).toEqual(document);
  });

  it.each(Object.entries(INSERTS))(
    'invalid input is reported by path and without a value, and nothing is sent: %s',
    async (_, insert) => {
      const error = await errorOf(
        insert(held(schemas), { username: `${SECRET}!`, tags: ['a', SECRET], profile: { bio: `${SECRET}${SECRET}` } }),
      );
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).paths.toSorted()).toEqual(['profile.bio', 'tags.1', 'username']);
      expect(error).toMatchObject({ code: 'validation_failed', view: 'members' });
      expect(visibleIn(error)).not.toContain(SECRET);
      expect(server.sent).toEqual([]);
    },
  );

  it.each(Object.entries(UPDATES))('a valid update is sent as it was given: %s', async (_, update) => {
    await update(held(schemas), { $set: { age: 40, tags: ['x'] } });
    expect(await raw().countDocuments({ age: 40, tags: ['x'] })).toBe(1);
  });

  it.each(Object.entries(UPDATES))(
    'an invalid update is reported by path and without a value: %s',
    async (_, update) => {
      const error = await errorOf(update(held(schemas), { $set: { username: `${SECRET}!` }, $inc: { age: 100 } }));
      expect((error as ValidationError).paths.toSorted()).toEqual(['$inc.age', '$set.username']);
      expect(visibleIn(error)).not.toContain(SECRET);
      expect(server.sent).toEqual([]);
    },
  );

  it('operators made by op() pass as they are', async () => {
    await held(schemas).updateOne({ username: 'ada' }, { $push: { tags: op({ $each: ['x', 'y'] }) } });
    expect(await raw().findOne({ username: 'ada' })).toMatchObject({ tags: ['x', 'y'] });
  });

  it('what the view refuses is refused before the validator is asked, and what the program sets is not asked about', async () => {
    const members = held(schemas);
    await expect(members.insertOne({ username: 'lin', internal_role: 'admin' })).rejects.toMatchObject({
      code: 'write_path',
      path: 'internal_role',
    });
    await members.insertOne({ username: 'lin' }, { trusted: trusted({ set: { internal_role: 'admin' } }) });
    expect(await raw().findOne({ username: 'lin' })).toMatchObject({ internal_role: 'admin' });
  });

  it.each<readonly [string, keyof Schemas, object, string]>([
    ['trims', 'trims', { username: ` ${SECRET} ` }, 'username'],
    ['strips', 'strips', { username: 'lin', age: 3 }, 'age'],
    ['fills in', 'fillsIn', { username: 'lin' }, 'age'],
  ])('a validator that %s is refused, and its answer is not stored', async (_, name, document, path) => {
    for (const insert of Object.values(INSERTS)) {
      const error = await errorOf(insert(held({ insert: schemas[name] ?? anything, update: anything }), document));
      expect(error).toMatchObject({ name: 'RefusedCallError', code: 'validation_failed', path });
      expect(visibleIn(error)).not.toContain(SECRET);
    }
    for (const update of Object.values(UPDATES)) {
      const nested = {
        '~standard': {
          version: 1 as const,
          vendor: 'test',
          validate: async (value: unknown) => await inSet(schemas[name] ?? anything, value),
        },
      };
      await expect(update(held({ insert: anything, update: nested }), { $set: document })).rejects.toMatchObject({
        code: 'validation_failed',
        path: `$set.${path}`,
      });
    }
    expect(server.sent).toEqual([]);
  });
});

const ASYNC = Object.entries(LIBRARIES).flatMap(([library, { isAsync }]) =>
  isAsync === undefined ? [] : [[library, isAsync] as const],
);

it.each(ASYNC)('a validator of %s that answers later is awaited', async (_, isAsync) => {
  for (const insert of Object.values(INSERTS)) {
    const members = held({ insert: isAsync, update: anything });
    server.forget();
    await expect(insert(members, { username: 'taken1' })).rejects.toMatchObject({
      code: 'validation_failed',
      paths: ['username'],
    });
    expect(server.sent).toEqual([]);
    await insert(members, { username: 'lin' });
  }
  expect(await raw().countDocuments({ username: 'lin' })).toBe(Object.keys(INSERTS).length);
});

/** The schema of a document, asked about what an update sets. */
async function inSet(schema: StandardSchema, value: unknown) {
  const result = await schema['~standard'].validate((value as { $set: unknown }).$set);
  return result.issues === undefined ? { value: { $set: result.value } } : result;
}

describe('a validator', () => {
  const asking = (validate: StandardSchema['~standard']['validate']): Loose => {
    const schema: StandardSchema = { '~standard': { version: 1, vendor: 'test', validate } };
    return held({ insert: schema, update: schema });
  };

  it.each<readonly [string, StandardSchema['~standard']['validate']]>([
    [
      'throws',
      () => {
        throw new Error(SECRET);
      },
    ],
    ['rejects', async () => await Promise.reject(new Error(SECRET))],
    ['gives nothing', () => undefined as never],
    ['gives issues that are no list', () => ({ issues: SECRET }) as never],
    ['gives a class instance', () => ({ value: new Map([['username', SECRET]]) })],
    ['gives another document', () => ({ value: { username: SECRET, internal_role: 'admin' } })],
    ['gives a value of another type', () => ({ value: { username: 7 } })],
    ['gives none', () => ({ value: null })],
  ])('that %s ends the call, and nothing is sent', async (_, validate) => {
    for (const call of [
      asking(validate).insertOne({ username: 'lin' }),
      asking(validate).updateOne({ username: 'ada' }, { $set: { username: 'lin' } }),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ name: 'RefusedCallError' });
      expect(visibleIn(error)).not.toContain(SECRET);
    }
    expect(server.sent).toEqual([]);
  });

  it('sees no document of insertMany before all of them are authorised', async () => {
    let asked = 0;
    const counting = asking((value) => ((asked += 1), { value }));
    const error = await errorOf(
      counting.insertMany([{ username: 'lin' }, { username: 'bob', internal_role: 'admin' }]),
    );
    expect(error).toMatchObject({ code: 'write_path', path: 'internal_role' });
    expect([asked, server.sent]).toEqual([0, []]);
    await counting.insertMany([{ username: 'lin' }, { username: 'bob' }]);
    expect(asked).toBe(2);
  });

  it('is not asked about the models of a bulk after one that is refused', async () => {
    const asked: unknown[] = [];
    const counting = asking(async (value) => {
      asked.push(value);
      return await Promise.reject(new Error('the answer that nobody waits for'));
    });
    const insert = (document: object) => ({ insertOne: { document } });
    const error = await errorOf(
      counting.bulkWrite([
        insert({ username: 'first' }),
        insert({ username: 'lin', internal_role: 'admin' }),
        insert({ username: 'last' }),
      ]),
    );
    expect(error).toMatchObject({ code: 'write_path', path: 'internal_role' });
    expect([asked, server.sent]).toEqual([[{ username: 'first' }], []]);
  });

  it('that refuses the whole names no path', async () => {
    const error = await errorOf(asking(() => ({ issues: [{ message: SECRET }] })).insertOne({ username: 'lin' }));
    expect(error).toMatchObject({ code: 'validation_failed', paths: [] });
    expect(visibleIn(error)).not.toContain(SECRET);
  });

  it('gets a copy: what it does to it changes nothing', async () => {
    const members = asking((value) => {
      const copy = structuredClone(value);
      Object.assign(value as object, { internal_role: 'admin' });
      return { value: copy };
    });
    await members.insertOne({ username: 'lin' });
    expect(await raw().findOne({ username: 'lin' }, { projection: { _id: 0 } })).toEqual({ username: 'lin' });
  });
});

it('a validator that changes what it is given in place changes nothing that is stored', async () => {
  const inPlace: StandardSchema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => {
        const written = value as { bytes?: Binary; long?: Long; at?: Date; $set?: { bytes?: Binary } };
        for (const bytes of [written.bytes, written.$set?.bytes]) if (bytes !== undefined) bytes.buffer[0] = 99;
        if (written.long !== undefined) Object.assign(written.long, { low: 99 });
        written.at?.setTime(99);
        return { value };
      },
    },
  };
  const view = defineView<{ bytes: Binary; long: Long; at: Date }>()({
    public: { bytes: 1 },
    writable: { bytes: 1, long: 1, at: 1 },
    validate: { insert: inPlace, update: inPlace },
  });
  const stored = server.db.collection('in_place');
  const guarded = loose(new SafeCollection(stored as never, view));
  const bytes = (): Binary => new Binary(Buffer.from([1, 2]));
  for (const input of [{ bytes: bytes() }, { long: new Long(1, 0) }, { at: new Date(1) }]) {
    await expect(guarded.insertOne(input)).rejects.toMatchObject({ code: 'validation_failed' });
  }
  await stored.insertOne({ long: 1 });
  await expect(guarded.updateOne({}, { $set: { bytes: bytes() } })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  expect(await stored.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ long: 1 }]);
});
