import { noSpreadExposed } from '../../src/rules/no-spread-exposed.ts';
import { testWithTypes, testWithoutTypes } from '../rule-testers.ts';

const WORLD = `
import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection, type Exposed } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
interface User { _id: ObjectId; username: string; email: string; password_hash: string }
declare const raw: Collection<User>;
const userView = defineView<User>()({ public: { username: 1, email: 1 } });
const users = new SafeCollection(raw, userView);
const logins = new PrivilegedCollection(raw, userView, { reason: 'login' });
declare const secret: string;
const user = await users.findOne({ username: 'ada' }, { projection: ['username'] });
`;
const spread = [{ messageId: 'spread' as const }];
const assign = [{ messageId: 'assign' as const }];

testWithTypes('no-spread-exposed', noSpreadExposed, {
  valid: [
    `${WORLD} export const body = { user, secret };`,
    `${WORLD} export const copy = { ...user };`,
    `${WORLD} export const copy = Object.assign({}, user);`,
    `${WORLD} export const name = { username: user?.username, secret };`,
    `${WORLD} const document = await raw.findOne(); export const more = { ...document, secret };`,
    `${WORLD} const login = await logins.findOne({ username: 'ada' }, { projection: ['username', 'password_hash'] }); export const more = { ...login, secret };`,
    `interface Exposed<T> { value: T; exposed: true } declare const own: Exposed<string>; export const more = { ...own, a: 1 };`,
    `${WORLD} const options = { a: 1 }; export const more = { ...options, secret };`,
    `${WORLD} export const list = [...(await users.find({}, { projection: ['username'] }).toArray()), secret];`,
    `${WORLD} export const merged = Object.assign({ a: 1 }, { b: 2 });`,
  ],
  invalid: [
    { code: `${WORLD} export const more = user && { ...user, password_hash: secret };`, errors: spread },
    { code: `${WORLD} export const more = { ...user, total: 1 };`, errors: spread },
    { code: `${WORLD} export const more = { ...user!, username: secret };`, errors: spread },
    { code: `${WORLD} export const more = { secret, ...user };`, errors: spread },
    { code: `${WORLD} export const more = { ...user, ...{ secret } };`, errors: spread },
    { code: `${WORLD} export const more = { ...user, ['a' + secret]: 1 };`, errors: spread },
    {
      code: `${WORLD} const list = await users.find({}, { projection: userView }).toArray(); export const more = list.map((one) => ({ ...one, secret }));`,
      errors: spread,
    },
    {
      code: `${WORLD} for await (const one of users.find({}, { projection: ['email'] })) console.log({ ...one, secret });`,
      errors: spread,
    },
    {
      code: `${WORLD} export const more = { ...(await users.findOneAndUpdate({ username: 'ada' }, { $set: {} as never }, { projection: ['username'] })), secret };`,
      errors: spread,
    },
    { code: `${WORLD} export const more = { ...userView.pick({} as User), secret };`, errors: spread },
    {
      code: `${WORLD} export function widen(one: Exposed<{ username: string }>) { return { ...one, secret }; }`,
      errors: spread,
    },
    {
      code: `${WORLD} export function widen<T extends Exposed<object>>(one: T) { return { ...one, secret }; }`,
      errors: spread,
    },
    { code: `${WORLD} export const more = user === null ? null : { data: { ...user, secret } };`, errors: spread },
    {
      code: `${WORLD} export const more = user === null ? null : (({ username, ...rest }) => ({ ...rest, secret }))(user);`,
      errors: spread,
    },
    { code: `${WORLD} export const more = Object.assign({}, user, { secret });`, errors: assign },
    { code: `${WORLD} export const more = Object.assign(user!, { secret });`, errors: assign },
    { code: `${WORLD} export const more = Object.assign({ secret }, user);`, errors: assign },
  ],
});

// The brand is only in the types.
testWithoutTypes('no-spread-exposed', noSpreadExposed, {
  valid: ['export const more = { ...user, secret };'],
  invalid: [],
});
