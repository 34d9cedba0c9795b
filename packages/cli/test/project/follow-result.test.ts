import { expect, it } from 'vitest';

import { findDriverCalls, followResult, indexNames, openProject } from '../../src/project/index.ts';
import { folderOf } from '../support/folder.ts';

/** The paths of the first call's result that are read. */
function useIn(body: string, more: Readonly<Record<string, string>> = {}) {
  const opened = openProject(folderOf({ 'a.js': body, ...more }));
  const index = indexNames(opened.project);
  const { calls } = findDriverCalls(opened, index);
  const [call] = calls;
  if (call === undefined) throw new Error('no call was found');
  const { paths, exits, sent } = followResult(call, index);
  return {
    paths,
    exits: exits.map((exit) => [exit.how, exit.path, ...exit.without].join(' ').trim()),
    sent: sent.map(({ path }) => path),
  };
}

it('properties and destructuring', () => {
  expect(
    useIn(`async (db, log) => {
  const user = await db.collection('users').findOne({ a: 1 });
  if (!user || user.banned) return;
  const { username, profile: { bio }, ...rest } = user;
  log(username.toUpperCase(), bio, user.addresses[0].city, user['email'], user.tags.length);
}`),
  ).toEqual({ paths: ['addresses.city', 'banned', 'email', 'profile.bio', 'tags', 'username'], exits: [], sent: [] });
});

it('lists, callbacks and loops', () => {
  expect(
    useIn(`async (db) => {
  const users = await db.collection('users').find({}).sort({ a: 1 }).toArray();
  for (const { age } of users) if (age > 3) break;
  users.filter((user) => user.active).forEach((user) => user.addresses.map((address) => address.city.length));
  return users.map((user) => ({ id: user._id, name: user.username }));
}`).paths,
  ).toEqual(['_id', 'active', 'addresses.city', 'age', 'username']);
});

it('a whole document that is sent', () => {
  expect(
    useIn(
      `module.exports = (app, db) => app.get('/a', async (req, res) => { const user = await db.collection('users').findOne(); res.status(200).json({ user }); });`,
    ).exits,
  ).toEqual(['response']);
  expect(
    useIn(`module.exports = (app, db) => app.get('/a', async () => db.collection('users').find({}).toArray());`).exits,
  ).toEqual(['response']);
  expect(
    useIn(
      `module.exports = (router, db) => router.get('/a', async (ctx) => { ctx.body = await db.collection('users').findOne(); });`,
    ).exits,
  ).toEqual(['response']);
});

it('fields that are removed before', () => {
  expect(
    useIn(
      `async (db, res) => { const user = await db.collection('users').findOne(); delete user.password; res.json(user); }`,
    ).exits,
  ).toEqual(['response  password']);
  expect(
    useIn(
      `async (db, res) => { const { password, ...user } = await db.collection('users').findOne(); res.json(user); }`,
    ).exits,
  ).toEqual(['response  password']);
});

it('single fields that are sent', () => {
  expect(
    useIn(
      `async (db, res) => { const user = await db.collection('users').findOne(); res.json({ name: user.username, tags: user.tags }); }`,
    ),
  ).toEqual({
    paths: ['tags', 'username'],
    exits: [],
    sent: ['username', 'tags'],
  });
});

it('through functions of other files, and what they return packed', () => {
  const use = useIn(
    `exports.load = async (db) => { const user = await db.collection('users').findOne(); return { user, at: 1 }; };`,
    {
      'b.js': `const { load } = require('./a'); const show = (person) => person.nick;
exports.f = async (db, res) => { const { user } = await load(db); show(user); res.json(user); };`,
    },
  );
  expect(use).toEqual({ paths: ['nick'], exits: ['response'], sent: [] });
});

it('Promise.all', () => {
  expect(
    useIn(
      `async (db) => { const [user, other] = await Promise.all([db.collection('users').findOne(), fetch('x')]); return [user.name, other.status].length; }`,
    ).paths,
  ).toEqual(['name']);
});

it('a callback that hands the document on', () => {
  expect(
    useIn(
      `async (db, res) => { const list = await db.collection('users').find().toArray(); res.send(list.map((one) => ({ ...one, extra: 1 }))); }`,
    ).exits,
  ).toEqual(['response']);
});

it("the places where it can't be followed any further", () => {
  expect(
    useIn(`exports.f = async (db, cache) => { const user = await db.collection('users').findOne(); cache.put(user); };`)
      .exits,
  ).toEqual(['argument']);
  expect(useIn(`exports.f = (db) => db.collection('users').findOne();`).exits).toEqual(['returned']);
  expect(
    useIn(
      `exports.f = async (db, key) => { const user = await db.collection('users').findOne(); return user[key] + 1; };`,
    ).exits,
  ).toEqual(['dynamic']);
});

it('a property of a component, and any other place that is not known, passes the document on', () => {
  const found = `const user = await db.collection('users').findOne({ a: 1 });\n  if (!user.name) return;\n  `;
  const leaves = (code: string) => useIn('', { 'b.jsx': `async function page(db) {\n  ${found}${code}\n}` }).exits;
  expect(leaves('return <Page user={user} />;')).toEqual(['argument']);
  expect(leaves('return <Page {...user} />;')).toEqual(['argument']);
  expect(leaves('throw user;')).toEqual(['argument']);
  expect(leaves('for (const key in user) print(key);')).toEqual(['argument']);
  expect(leaves('return user ? 1 : 2;')).toEqual([]);
});

it('a function or a method of which nothing is known', () => {
  const found = `const user = await db.collection('users').findOne({ a: 1 });\n  `;
  const types = {
    'types.d.ts': 'declare function keep(one: object): void;\ndeclare class Store { put(one: object): void }',
  };
  const exits = (code: string) =>
    useIn('', { 'b.ts': `async function f(db: any) {\n  ${found}${code}\n}`, ...types }).exits;
  expect(exits('keep(user);')).toEqual(['argument']);
  expect(exits('const store: Store = db.store; store.put(user);')).toEqual(['argument']);
  expect(exits('user.print();')).toEqual(['argument']);
  expect(exits('[user].map(db.print);')).toEqual(['argument']);
  expect(exits('return new Promise((resolve) => { resolve(user); });')).toEqual(['argument']);
  expect(exits('const copy = {}; Object.assign(copy, user); return 1;')).toEqual(['stored']);
});

it('events of a stream', () => {
  const code = `async (db) => { db.collection('users').find().stream().on('data', (user) => print(user.name)); }`;
  expect(useIn(code).exits).toEqual(['argument']);
});

it('the function behind an overload', () => {
  const b = `function show(one: { a: 1 }): void;\nfunction show(one: any) { print(one.name); }
export async function f(db: any) { show(await db.collection('users').findOne()); }`;
  expect(useIn('', { 'b.ts': b })).toEqual({ paths: ['name'], exits: [], sent: [] });
});

it('expectations of tests', () => {
  const use = (after: string) =>
    useIn(`async (db) => { const user = await db.collection('users').findOne(); expect(user)${after}; }`).exits;
  for (const after of ['.toBeNull()', '.not.toBeNull()', '.toBeDefined()', '.to.be.null', '.to.exist'])
    expect(use(after)).toEqual([]);
  for (const after of ['.toEqual({})', '.not.toMatchObject({})', '.to.deep.equal({})', '.toMatchSnapshot()'])
    expect(use(after)).toEqual(['argument']);
});

it('Array.from with a function', () => {
  expect(
    useIn(
      `async (db) => { print(Array.from(await db.collection('users').find().toArray(), (one) => one.name).length); }`,
    ).paths,
  ).toEqual(['name']);
});
