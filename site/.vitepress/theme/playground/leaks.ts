/** Something to try: a call that would leak, and one that does what was meant. */
export interface Leak {
  readonly title: string;
  readonly about: string;
  readonly leaks: string;
  readonly fixed: string;
}

/** What all of them begin with: the documents and the view. */
export const START = `import { type ObjectId, MongoClient } from 'mongodb';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';

interface User {
  _id: ObjectId;
  username: string;
  age: number;
  password_hash: string;
  internal_role: 'user' | 'admin';
  profile?: { bio: string; ssn: string };
}

const userView = defineView<User>()({
  public: { username: 1, age: 1, 'profile.bio': 1 },
  writable: { age: 1, 'profile.bio': 1 },
});

const db = new MongoClient('mongodb://127.0.0.1').db();
const users = new SafeCollection(db.collection<User>('users'), userView);

`;

export const LEAKS: readonly Leak[] = [
  {
    title: 'The whole document',
    about:
      'The call that most leaks begin with: no projection, so MongoDB returns everything. The second call asks for a private field.',
    leaks: `export const user = await users.findOne({ username: 'ada' });
export const hash = await users.findOne({ username: 'ada' }, { projection: { password_hash: 1 } });
`,
    fixed: `export const user = await users.findOne({ username: 'ada' }, { projection: { username: 1, profile: 1 } });
export const bio = user?.profile?.bio;
`,
  },
  {
    title: 'A query string that is an operator',
    about:
      'A client sends ?age[$gte]=0, and the look-up of one user becomes a list of all. Operators have to be made by op(), which JSON can not do.',
    leaks: `const query = { age: { $gte: 0 } };
export const found = await users.find(query, { projection: ['username'] }).toArray();
`,
    fixed: `const youngest = 18; // your program decides on the operator
export const found = await users.find({ age: op({ $gte: youngest }) }, { projection: ['username'] }).toArray();
`,
  },
  {
    title: 'A guess, one character at a time',
    about:
      'The result has only public fields. But whether there is one tells if the hash begins with "a": a filter or a sort on a private field gives its value away.',
    leaks: `export const starts = await users.countDocuments({ password_hash: /^a/ });
export const order = await users.find({}, { projection: ['username'], sort: { password_hash: 1 } }).toArray();
`,
    fixed: `export const starts = await users.countDocuments({ username: /^a/ });
export const order = await users.find({}, { projection: ['username'], sort: { username: 1 } }).toArray();
`,
  },
  {
    title: 'A body that makes you an admin',
    about:
      'A client sends {"age":30,"internal_role":"admin"} to change their own profile. What the program itself sets is passed separately, in trusted().',
    leaks: `await users.updateOne({ username: 'ada' }, { $set: { age: 30, internal_role: 'admin' } });
`,
    fixed: `await users.updateOne({ username: 'ada' }, { $set: { age: 30 } });
await users.updateOne({ username: 'ada' }, trusted({ $set: { internal_role: 'admin' } }));
`,
  },
  {
    title: 'A pipeline that renames a secret',
    about:
      'The last stage names public fields only, but an earlier one has copied the hash to a public name. Here every pipeline begins with the view, so there is no hash to copy.',
    leaks: `export const copied = await users.aggregate([
  { $addFields: { username: '$password_hash' } },
  { $project: { username: 1 } },
]).toArray();
`,
    fixed: `export const counted = await users.aggregate([
  { $group: { _id: '$age', people: { $count: {} } } },
  { $project: { age: '$_id', people: 1 } },
]).toArray();
`,
  },
];
