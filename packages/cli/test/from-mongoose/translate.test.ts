import { expect, it } from 'vitest';

import { readMongoose } from '../../src/from-mongoose/read-mongoose.ts';
import { indexNames, openProject } from '../../src/project/index.ts';
import { interfaceOf } from '../../src/sources/document-field.ts';
import { folderOf } from '../support/folder.ts';
import { expectTranslations } from '../support/translate.ts';
import type { TranslationRule } from '../support/translate.ts';

const SCHEMA = `import mongoose, { Schema } from 'mongoose';
const line = new Schema({ sku: { type: String, uppercase: true }, count: { type: Number, default: 1 } });
const schema = new Schema(
  {
    email: { type: String, lowercase: true, trim: true, required: true },
    age: Number,
    owner: { type: Schema.Types.ObjectId, ref: 'User' },
    friends: [{ type: mongoose.Types.ObjectId }],
    pals: [{ type: mongoose.Types.ObjectId, ref: 'User' }],
    kind: { type: String, enum: { values: ['a', 'b'] }, default: 'a' },
    born: Date,
    token: { type: String, select: false },
    code: { type: String, default: () => Math.random().toString() },
    nick: { type: String, match: /x/ },
    settings: { dark: { type: Boolean, default: false }, note: String },
    lines: [line],
    extra: Schema.Types.Mixed,
    labels: { type: Map, of: String },
    at: { type: Date, default: () => new Date() },
  },
  { timestamps: { createdAt: 'made', updatedAt: true }, versionKey: false },
);
const User = mongoose.model('User', schema);
`;

const RULES: readonly TranslationRule[] = [
  [`await User.findById(id);`, `users.findOne({ _id: new ObjectId(id) })`],
  [`await User.find({ email: id });`, `users.find({ email: id.trim().toLowerCase() }).toArray()`],
  [`await User.find({ email: ' A@B ' });`, `users.find({ email: "a@b" }).toArray()`],
  [`await User.find({ email: /x/ });`, `users.find({ email: /x/ }).toArray()`],
  [
    `await User.find({ $or: [{ owner: id }, { friends: { $in: [id] } }] });`,
    `users.find({ $or: [{ owner: new ObjectId(id) }, { friends: { $in: [new ObjectId(id)] } }] }).toArray()`,
  ],
  [`await User.find({ born: { $gt: id } });`, `users.find({ born: { $gt: new Date(id) } }).toArray()`],
  [
    `await User.find({}, 'email -_id', { limit: 2, sort: { age: 'desc' } });`,
    `users.find({}, { projection: { email: 1, _id: 0 }, sort: { age: -1 }, limit: 2 }).toArray()`,
  ],
  [
    `console.log((await User.find({ age: n }).populate('owner', 'nick').sort('age').limit(2))[0]?.owner.nick);`,
    `users.find({ age: n }, { sort: { age: 1 }, limit: 2, populate: { owner: { from: 'users', localField: 'owner', foreignField: '_id', projection: { nick: 1 }, justOne: true } } }).toArray()`,
  ],
  [
    `const found = await User.findOne({ age: n }).populate({ path: 'pals' }); console.log(found?.pals.map(({ nick }) => nick));`,
    `users.find({ age: n }, { limit: 1, populate: { pals: { from: 'users', localField: 'pals', foreignField: '_id', projection: { nick: 1 } } } }).toArray().then((list) => list[0] ?? null)`,
  ],
  [
    `return await User.find({ age: n }).populate('owner');`,
    `the document of populate('owner') is passed on as a whole: name its fields in populate()`,
  ],
  [
    `await User.find({}).populate('friends', 'nick');`,
    `populate('friends') has no model in the schema: it may be a virtual`,
  ],
  [
    `await User.find({}).populate({ path: 'owner', match: { age: 1 } });`,
    `populate() has the option 'match': write it with findPopulated()`,
  ],
  [
    `const filter: Record<string, unknown> = { age: n }; filter.kind = 'a'; await User.find(filter);`,
    `users.find(filter).toArray()`,
  ],
  [
    `const filter: Record<string, unknown> = { age: n }; filter.email = id; await User.find(filter);`,
    `the filter is in a variable, and Mongoose changes its values: write it here`,
  ],
  [`await User.findOne({}).sort('age -born').lean();`, `users.findOne({}, { sort: { age: 1, born: -1 } })`],
  [
    `await User.updateOne({ age: n }, { nick: maybe, $inc: { age: 1 } });`,
    `users.updateOne({ age: n }, { $set: { ...(maybe === undefined ? {} : { nick: maybe }), updatedAt: new Date() }, $inc: { age: 1 } })`,
  ],
  [
    `await User.updateOne({ age: n }, { $push: { lines: { $each: [{ sku: id }] } } });`,
    `users.updateOne({ age: n }, { $set: { updatedAt: new Date() }, $push: { lines: { $each: [{ sku: id.toUpperCase(), count: 1, _id: new ObjectId() }] } } })`,
  ],
  [
    `await User.create({ email: id, code: 'c', lines: [{ sku: 'x' }], settings: { note: 'n' }, kind: 'b' });`,
    `users.insertOne({ email: id.trim().toLowerCase(), code: 'c', lines: [{ sku: "X", count: 1, _id: new ObjectId() }], settings: { note: 'n', dark: false }, kind: 'b', friends: [], pals: [], at: new Date(), made: new Date(), updatedAt: new Date() })`,
  ],
  [`await User.updateOne({ email: id }, { age: n }, { upsert: true });`, `the schema computes the default of 'code'`],
  [`await User.create({ email: id });`, `the schema computes the default of 'code'`],
  [
    `await User.create({ email: id, code: 'c', nick: 'x' });`,
    `the schema checks 'nick' (match), and the library does not`,
  ],
  [
    `const body = { email: id }; await User.create(body);`,
    `the document is in a variable, and Mongoose adds defaults to it and removes fields that its schema does not have: write its fields here`,
  ],
  [`await User.find({ age: maybe });`, `the value for 'age' may be undefined`],
  [`await User.find({ age: id });`, `Mongoose converts the value of 'age' to a number: pass a number`],
  [
    `await User.updateOne({}, { nick: 'y' }, { runValidators: true });`,
    `the schema checks 'nick' (match), and the library does not`,
  ],
  [`await User.find({}).session(null);`, `the session is Mongoose’s: the driver’s client has its own sessions`],
  [
    `const one = await User.findOne({ age: n }).select('+token'); console.log(one?.token);`,
    `users.findOne({ age: n })`,
  ],
  [
    `return User.findOne({ age: n }).select('+token');`,
    `users.findOne({ age: n }, { projection: { email: 1, age: 1, owner: 1, friends: 1, pals: 1, kind: 1, born: 1, code: 1, nick: 1, settings: 1, lines: 1, extra: 1, labels: 1, at: 1, made: 1, updatedAt: 1, token: 1 } })`,
  ],
  [
    `return User.findOne({ age: n }).select('email +token').lean();`,
    `users.findOne({ age: n }, { projection: { email: 1, token: 1 } })`,
  ],
  [
    `await User.find({}).select('-email +token');`,
    `select() adds the hidden field 'token' to a selection: name all fields that are needed`,
  ],
  [
    `const one = await User.exists({ age: n }); if (one) return;`,
    `users.countDocuments({ age: n }, { limit: 1 }).then((count) => count > 0)`,
  ],
  [`return User.exists({ age: n });`, `the code uses what exists() returns: it is only true or false in the library`],
];

it('each rule of the translation', () => {
  expectTranslations(readMongoose, RULES, SCHEMA);
});

it('a model and a collection that are named by constants', () => {
  const named = (text: string) =>
    SCHEMA.replace("mongoose.model('User', schema)", text).replace(
      'const line',
      "const NAME = 'User';\nconst COLLECTION = 'people';\nconst line",
    );
  const collectionsIn = (text: string) => {
    const opened = openProject(folderOf({ 'a.ts': named(text) }));
    return readMongoose(opened, indexNames(opened.project)).collections.map(({ name }) => name);
  };
  expect(collectionsIn('mongoose.model(NAME, schema, COLLECTION)')).toEqual(['people']);
  expect(collectionsIn('mongoose.model(NAME, schema)')).toEqual(['users']);
  expect(collectionsIn('mongoose.model(NAME, schema, process.env.NAME)')).toEqual([]);
});

it('hooks, plugins and options of a schema keep its calls', () => {
  const update = 'await User.updateMany({ age: n }, { $inc: { age: 1 } });';
  const of = (more: string, text: string) =>
    expectTranslations(readMongoose, [[update, text]], SCHEMA.replace('const User', `${more}\nconst User`));
  of(
    `schema.pre('save', () => undefined);`,
    'users.updateMany({ age: n }, { $set: { updatedAt: new Date() }, $inc: { age: 1 } })',
  );
  of(`schema.pre(/^update/, () => undefined);`, "its schema has a hook at '/^update/', which only Mongoose runs");
  of(
    `schema.post(['find', 'updateMany'], () => undefined);`,
    "its schema has a hook at 'updateMany', which only Mongoose runs",
  );
  of('schema.plugin(paginate);', 'its schema has a plugin, which may change any call');
  of('schema.add({ more: String });', 'its schema is changed by add()');
});

it('the stored document of a schema', () => {
  const opened = openProject(folderOf({ 'a.ts': SCHEMA }));
  const [users] = readMongoose(opened, indexNames(opened.project)).collections;
  expect(users?.name).toBe('users');
  expect(interfaceOf('UserDocument', users?.fields ?? [])).toBe(`export interface UserDocument {
  _id: ObjectId;
  email: string;
  age?: number | null;
  owner?: ObjectId | null;
  friends: ObjectId[];
  pals: ObjectId[];
  kind: 'a' | 'b';
  born?: Date | null;
  token?: string | null;
  code: string;
  nick?: string | null;
  settings: {
    dark: boolean;
    note?: string | null;
  };
  lines: {
    _id: ObjectId;
    sku?: string | null;
    count: number;
  }[];
  extra?: unknown;
  labels?: Record<string, string>;
  at: Date;
  made: Date;
  updatedAt: Date;
}`);
});
