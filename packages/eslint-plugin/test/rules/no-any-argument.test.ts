import { noAnyArgument } from '../../src/rules/no-any-argument.ts';
import { testWithTypes, testWithoutTypes } from '../rule-testers.ts';

const WORLD = `
import type { Collection, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection, sendable, trusted, withTransaction, type CollectionOf, type SafeFilter } from 'safe-collection';
interface User { _id: ObjectId; username: string; email: string; age: number; password_hash: string }
declare const raw: Collection<User>;
const userView = defineView<User>()({ public: { username: 1, email: 1, age: 1 }, writable: { username: 1, email: 1 } });
const users = new SafeCollection(raw, userView);
declare const anything: any;
declare const unsure: unknown;
`;
const any = (count = 1) => Array.from({ length: count }, () => ({ messageId: 'any' as const }));
const cast = (type: string, output: string) => [
  {
    messageId: 'cast' as const,
    data: { type },
    suggestions: [{ messageId: 'removeCast' as const, data: { type }, output }],
  },
];

testWithTypes('no-any-argument', noAnyArgument, {
  valid: [
    `${WORLD} await users.findOne({ username: 'ada' }, { projection: ['username'] });`,
    `${WORLD} const filter: SafeFilter<typeof userView> = { age: op({ $gte: 18 }) }; await users.find(filter, { projection: userView }).toArray();`,
    `${WORLD} await users.updateOne({ username: 'ada' }, { $set: unsure as { email: string } });`,
    `${WORLD} await users.updateOne({ username: 'ada' }, { $set: anything as { email: string } });`,
    `${WORLD} await users.find({}, { projection: ['username'] }).forEach((user) => console.log(anything, user));`,
    `${WORLD} await raw.findOne(anything); console.log(anything); JSON.stringify({} as any);`,
    `${WORLD} const list = ['a']; list.find((one) => one === (anything as string));`,
    `${WORLD} declare const client: import('mongodb').MongoClient; await withTransaction(client, async (tx) => { anything(); await tx.bind(users).deleteOne({ username: 'ada' }); });`,
    `${WORLD} sendable(await users.findOne({ username: 'ada' }, { projection: userView }));`,
  ],
  invalid: [
    { code: `${WORLD} await users.findOne(anything, { projection: ['username'] });`, errors: any() },
    { code: `${WORLD} await users.findOne({ username: anything }, { projection: ['username'] });`, errors: any() },
    { code: `${WORLD} await users.findOne({ username: anything.name }, { projection: ['username'] });`, errors: any() },
    { code: `${WORLD} await users.findOne({ ...anything }, { projection: ['username'] });`, errors: any() },
    { code: `${WORLD} await users.findOne({ username: 'ada' }, anything);`, errors: any() },
    { code: `${WORLD} await users.findOne({ username: 'ada' }, { projection: anything });`, errors: any() },
    { code: `${WORLD} await users.updateOne({ username: 'ada' }, { $set: anything });`, errors: any() },
    { code: `${WORLD} await users.updateOne({ username: 'ada' }, { $set: JSON.parse('{}') });`, errors: any() },
    {
      code: `${WORLD} import type { Request } from 'express'; export const f = (req: Request) => users.updateOne({ username: 'ada' }, { $set: req.body });`,
      errors: any(),
    },
    {
      code: `${WORLD} const patch: Record<string, any> = {}; await users.updateOne({ username: 'ada' }, { $set: patch });`,
      errors: any(),
    },
    {
      code: `${WORLD} const filter: { username: any } = { username: 1 }; await users.findOne(filter, { projection: ['username'] });`,
      errors: any(),
    },
    { code: `${WORLD} const models: any[] = []; await users.bulkWrite(models);`, errors: any() },
    { code: `${WORLD} await users.bulkWrite([{ deleteOne: { filter: anything } }]);`, errors: any() },
    { code: `${WORLD} await users.insertMany([anything, { username: anything }]);`, errors: any(2) },
    {
      code: `${WORLD} await users.aggregate([{ $match: anything }, { $project: { username: 1 } }]).toArray();`,
      errors: any(),
    },
    { code: `${WORLD} await users.find({}, { projection: ['username'] }).sort(anything).toArray();`, errors: any() },
    {
      code: `${WORLD} await users.findOne(unsure ? anything : { username: 'ada' }, { projection: ['username'] });`,
      errors: any(),
    },
    { code: `${WORLD} await users.findOne(anything ?? {}, { projection: ['username'] });`, errors: any() },
    {
      code: `${WORLD} export const f = (c: CollectionOf<typeof userView> | null) => c?.deleteOne(anything);`,
      errors: any(),
    },
    { code: `${WORLD} new SafeCollection(anything, userView);`, errors: any() },
    { code: `${WORLD} new SafeCollection(raw, userView, anything);`, errors: any() },
    { code: `${WORLD} createSafeDb(anything, { users: userView });`, errors: any() },
    {
      code: `${WORLD} op(anything); trusted({ filter: anything }); userView.pick(anything); userView.selectFields(anything);`,
      errors: any(4),
    },
    { code: `${WORLD} defineView<User>()(anything);`, errors: any() },
    {
      code: `${WORLD} await users.findOne({ password_hash: 'x' } as any, { projection: ['username'] });`,
      errors: cast('any', `${WORLD} await users.findOne({ password_hash: 'x' }, { projection: ['username'] });`),
    },
    {
      code: `${WORLD} await users.findOne({ username: { $ne: '' } as never }, { projection: ['username'] });`,
      errors: cast('never', `${WORLD} await users.findOne({ username: { $ne: '' } }, { projection: ['username'] });`),
    },
    {
      code: `${WORLD} const f = {}; await users.findOne(f as any as SafeFilter<typeof userView>, { projection: ['username'] });`,
      errors: cast(
        'any',
        `${WORLD} const f = {}; await users.findOne((f) as SafeFilter<typeof userView>, { projection: ['username'] });`,
      ),
    },
    {
      code: `${WORLD} await users.findOne({}, <never>{ projection: { email: 0 } });`,
      errors: cast('never', `${WORLD} await users.findOne({}, { projection: { email: 0 } });`),
    },
  ],
});

testWithoutTypes('no-any-argument', noAnyArgument, {
  valid: [
    "users.findOne({ username: 'ada' }, { projection: ['username'] });",
    'users.updateOne({ username }, { $set: body as SignUp });',
    'log({} as any); list.push(item as never);',
    "import { trusted } from './own'; trusted({} as any);",
    'users.find({}, { projection }).forEach((user) => log(user as any));',
    'export function f(body: unknown) { return users.insertOne(body); }',
  ],
  invalid: [
    { code: 'users.findOne({} as any, options);', errors: cast('any', 'users.findOne({}, options);') },
    {
      code: 'this.users.updateOne(filter, { $set: body as never });',
      errors: cast('never', 'this.users.updateOne(filter, { $set: (body) });'),
    },
    {
      code: 'users.bulkWrite([{ updateOne: { filter: <any>filter } }]);',
      errors: cast('any', 'users.bulkWrite([{ updateOne: { filter: (filter) } }]);'),
    },
    { code: 'export function f(body: any) { return users.insertOne(body); }', errors: any() },
    { code: 'const filter: any = {}; users.deleteMany(filter);', errors: any() },
    { code: 'const filter = {} as any; users.deleteMany(filter);', errors: any() },
    { code: 'const filter = JSON.parse(text); users.deleteMany({ ...filter });', errors: any() },
    { code: 'users.deleteMany(JSON.parse(text));', errors: any() },
    {
      code: "import { op as tag } from 'safe-collection'; tag({} as any);",
      errors: cast('any', "import { op as tag } from 'safe-collection'; tag({});"),
    },
    {
      code: "import * as sc from 'safe-collection'; sc.trusted({} as any);",
      errors: cast('any', "import * as sc from 'safe-collection'; sc.trusted({});"),
    },
    {
      code: "import { SafeCollection } from 'safe-collection'; new SafeCollection(db as any, view);",
      errors: cast('any', "import { SafeCollection } from 'safe-collection'; new SafeCollection((db), view);"),
    },
    {
      code: "const { PrivilegedCollection } = require('safe-collection/privileged'); new PrivilegedCollection(raw, view, {} as any);",
      errors: cast(
        'any',
        "const { PrivilegedCollection } = require('safe-collection/privileged'); new PrivilegedCollection(raw, view, {});",
      ),
    },
  ],
});
