/* oxlint-disable typescript/no-misused-spread -- the roads are walked on purpose */
import { BSON, Binary, Code, DBRef } from 'mongodb';

import { RefusedCallError } from '../../../src/index.ts';
import { Sensitive } from '../../../src/privileged.ts';
import { refuse } from '../answers.ts';
import type { Body } from './road.ts';

/** Bodies with a private value in them, for the adapter's own way to send an object. None of the values leaves. */
export const BODIES: Readonly<Record<string, Body>> = {
  'a raw document': ({ rawAda }) => rawAda(),
  'an array of documents': ({ raw }) => raw.find().toArray(),
  'an envelope around a document': async ({ rawAda }) => ({ user: await rawAda() }),
  'a document deep in an envelope': async ({ rawAda }) => ({ data: { page: 1, users: [[await rawAda()]] } }),
  'a document under the name of a count': async ({ rawAda }) => ({ total: await rawAda() }),
  'a document under a declared key': async ({ rawAda }) => ({ error: await rawAda() }),
  'text under the name of a count': async ({ rawAda }) => ({ total: (await rawAda()).password_hash }),
  'text under a key that was not declared': async ({ rawAda }) => ({ hash: (await rawAda()).password_hash }),
  'results and documents in one array': async ({ ada, rawAda }) => [await ada(), await rawAda()],
  'a document without its _id': ({ raw }) => raw.findOne({}, { projection: { _id: 0 } }),
  'a document without a prototype': async ({ rawAda }) => Object.assign(Object.create(null), await rawAda()) as object,
  'a document as a prototype': async ({ rawAda }) => Object.create(await rawAda()) as object,
  'a spread of a result': async ({ ada, rawAda }) => ({
    ...(await ada()),
    password_hash: (await rawAda()).password_hash,
  }),
  'Object.assign onto a result': async ({ ada, rawAda }) => Object.assign(await ada(), await rawAda()),
  'Object.assign onto a document': async ({ ada, rawAda }) => Object.assign(await rawAda(), await ada()),
  'Object.defineProperties onto a result': async ({ ada, rawAda }) =>
    Object.defineProperties(await ada(), Object.getOwnPropertyDescriptors(await rawAda())),
  'Object.entries of a document': async ({ rawAda }) => Object.entries(await rawAda()),
  'Object.fromEntries of a document': async ({ rawAda }) => Object.fromEntries(Object.entries(await rawAda())),
  'a field of a result that became a document': async ({ ada, rawAda }) =>
    Object.assign(await ada(), { username: await rawAda() }),
  'a branch of a result that became a document': async ({ wideAda, rawAda }) =>
    Object.assign(await wideAda(), { profile: (await rawAda()).profile }),
  'an element of a result that became a document': async ({ wideAda, rawAda }) => {
    const user = await wideAda();
    (user.addresses as unknown[]).push(...(await rawAda()).addresses);
    return user;
  },
  'a part of a document in an envelope': async ({ rawAda }) => ({ addresses: (await rawAda()).addresses }),
  'map() of a cursor': ({ users }) =>
    users
      .find({}, { projection: ['email'] })
      .map((user) => ({ ...user }))
      .toArray(),
  'map() of an array': async ({ users }) =>
    (await users.find({}, { projection: ['email'] }).toArray()).map(({ email }) => ({ email })),
  'a structured clone': async ({ rawAda }) => structuredClone(JSON.parse(JSON.stringify(await rawAda()))) as object,
  'parsed JSON': async ({ text }) => JSON.parse(await text()) as object,
  'a class instance': async ({ rawAda }) =>
    new (class {
      user: unknown;
      constructor(user: unknown) {
        this.user = user;
      }
    })(await rawAda()),
  'a subclass of Array': async ({ rawAda }) => class List extends Array<unknown> {}.from([await rawAda()]),
  'an array with a toJSON() of its own': async ({ rawAda }) => {
    const user = await rawAda();
    return Object.assign([], { toJSON: () => user });
  },
  'toJSON() in an envelope': async ({ rawAda }) => {
    const user = await rawAda();
    return { toJSON: () => user };
  },
  'toJSON() in a prototype': async ({ rawAda }) => {
    const user = await rawAda();
    return { data: Object.create({ toJSON: () => user }) as object };
  },
  'toJSON() on a result': async ({ ada, rawAda }) => {
    const user = await rawAda();
    return Object.assign(await ada(), { toJSON: () => user });
  },
  'a hidden toJSON() on a result': async ({ ada, rawAda }) => {
    const user = await rawAda();
    return Object.defineProperty(await ada(), 'toJSON', { value: () => user });
  },
  'toJSON() on a date of a result': async ({ wideAda, rawAda }) => {
    const [user, document] = [await wideAda(), await rawAda()];
    Object.assign(user.joined_at, { toJSON: () => document });
    return user;
  },
  'another prototype of a result': async ({ ada, rawAda }) => {
    const user = await rawAda();
    return Object.setPrototypeOf(await ada(), { toJSON: () => user }) as object;
  },
  'a getter': async ({ rawAda }) => {
    const { password_hash } = await rawAda();
    return {
      get hash() {
        return password_hash;
      },
    };
  },
  'a getter that gives another value the second time': async ({ ada, rawAda }) => {
    const answers = [await ada(), await rawAda()];
    return {
      get user() {
        return answers.shift() ?? null;
      },
    };
  },
  'a getter on a result': async ({ ada, rawAda }) => {
    const user = await rawAda();
    return Object.defineProperty(await ada(), 'username', { get: () => user });
  },
  'a getter that throws': async ({ text }) => {
    const json = await text();
    return {
      get user() {
        throw new Error(json);
      },
    };
  },
  'a symbol key': async ({ rawAda }) => ({ [Symbol('user')]: await rawAda() }),
  'a key that is not enumerable': async ({ rawAda }) => Object.defineProperty({}, 'user', { value: await rawAda() }),
  'a proxy of a document': async ({ rawAda }) => new Proxy(await rawAda(), {}),
  'a proxy of a result': async ({ ada, rawAda }) => {
    const user = await rawAda();
    return new Proxy(await ada(), { get: () => user, ownKeys: () => ['username'] });
  },
  'a Map': async ({ rawAda }) => new Map([['user', await rawAda()]]),
  'a Map in an envelope, with a toJSON()': async ({ rawAda }) => {
    const map = new Map([['user', await rawAda()]]);
    return { map: Object.assign(map, { toJSON: () => Object.fromEntries(map) }) };
  },
  'a Set': async ({ rawAda }) => ({ users: new Set([await rawAda()]) }),
  'a promise': ({ rawAda }) => ({ user: rawAda() }),
  'an iterator': async ({ rawAda }) => ({ users: [await rawAda()].values() }),
  'an error': async ({ text }) => ({ failure: new Error(await text()) }),
  'an error with a toJSON()': async ({ text, rawAda }) => {
    const user = await rawAda();
    return Object.assign(new Error(await text()), { toJSON: () => user });
  },
  'the error of a call that was refused': ({ users }) =>
    refuse(() => users.findOne({ password_hash: 'hash-of-ada' } as never, { projection: ['username'] })),
  'an error of the library with a field of its own': async ({ rawAda }) =>
    Object.assign(new RefusedCallError('argument_invalid', 'x', { operation: 'x' }), { user: await rawAda() }),
  'BSON bytes': async ({ rawAda }) => ({ user: new Binary(BSON.serialize(await rawAda())) }),
  'BSON bytes in an array': async ({ rawAda }) => [Buffer.from(BSON.serialize(await rawAda()))],
  'a DBRef and a Code': async ({ ada, rawAda }) =>
    Object.assign(await ada(), {
      username: [new DBRef('users', (await rawAda())._id), new Code('x', { ...(await rawAda()) })],
    }),
  'a class with the tag of a BSON type': async ({ ada, rawAda }) => {
    const user = await rawAda();
    return Object.assign(await ada(), {
      username: new (class {
        value = user;
        get _bsontype() {
          return 'Double';
        }
        toJSON() {
          return user;
        }
      })(),
    });
  },
  'a sensitive value': ({ logins }) => logins.findOne({}, { projection: ['password_hash'] }),
  'a sensitive value under a declared key': async ({ logins }) => ({
    error: (await logins.findOne({}, { projection: ['password_hash'] }))?.password_hash,
  }),
  'a sensitive value in a result': async ({ ada }) =>
    Object.assign(await ada(), { username: new Sensitive('hash-of-ada') }),
  'the public half of a privileged read': ({ logins }) => logins.findOne({}, { projection: ['email'] }),
  'the values of a privileged distinct()': ({ logins }) => logins.distinct('email', {}),
  'a body that holds itself': async ({ rawAda }) => {
    const body: Record<string, unknown> = { user: {} };
    body['user'] = Object.assign(await rawAda(), { body });
    return body;
  },
};

/** The body that is sent if a way ends without private values. */
export const HARMLESS: Readonly<Record<string, string>> = {
  'an array with a toJSON() of its own': '[]',
  'a hidden toJSON() on a result': '{"username":"ada"}',
  'toJSON() on a date of a result':
    '{"username":"ada","joined_at":"2024-01-01T00:00:00.000Z","profile":{"bio":"first"},"addresses":[{"city":"London"},{"city":"Paris"}]}',
  'a getter that gives another value the second time': '{"user":{"username":"ada"}}',
  'a symbol key': '{}',
  'a key that is not enumerable': '{}',
  'res.write(text) after a result': '{"username":"ada"}',
  'a serializer of the reply, for a result': '{"username":"ada"}',
  'a preSerialization hook after the guard': '{"username":"ada"}',
};
