import { beforeAll, describe, expect, test } from 'vitest';

import { openEditor } from './editor.ts';

const MODULE = `import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection, op } from 'safe-collection';
interface User {
  _id: ObjectId; username: string; email: string; age: number; password_hash: string; api_key: string; deleted_at?: Date;
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; access_code: string }[];
}
const userView = defineView<User>()({
  public: { username: 1, email: 1, age: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  writable: { username: 1, 'profile.bio': 1 },
  filterable: { deleted_at: 1, 'addresses.city': 0 },
  sortable: { age: 1, 'addresses.city': 0 },
});
const users = new SafeCollection({} as Collection<User>, userView);
`;

const LEAVES = ['addresses.city', 'age', 'email', 'profile.avatar', 'profile.bio', 'username'];
const PROJECTABLE = ['addresses', ...LEAVES, 'profile'].toSorted();
const SORTABLE = LEAVES.filter((path) => path !== 'addresses.city');
const FILTERABLE = [...SORTABLE, 'deleted_at', 'profile', '_id', '$and', '$or', '$nor'].toSorted();

const editor = openEditor();
const at = (call: string): readonly string[] => editor.completions(MODULE + call);

// The first question makes the compiler read all files, which takes seconds.
beforeAll(() => void at('users.|'));

describe('completion offers what a view allows, and nothing else', () => {
  test.each([
    ['the key of a projection', `await users.findOne({}, { projection: { | } });`, ['_id', ...PROJECTABLE].toSorted()],
    ['a quoted key', `await users.findOne({}, { projection: { '|' } });`, ['_id', ...PROJECTABLE].toSorted()],
    ['the keys that are not named yet', `users.find({}, { projection: { username: 1, | } });`, ['_id', ...PROJECTABLE].filter((path) => path !== 'username').toSorted()],
    ['a path in an array', `await users.findOne({}, { projection: ['|'] });`, PROJECTABLE],
    ['a further path in an array', `users.find({}, { projection: ['username', '|'] });`, PROJECTABLE],
    ['a reusable selection', `userView.select({ | });`, ['_id', ...PROJECTABLE].toSorted()],
    ['a quoted key of a selection', `userView.select({ '|' });`, ['_id', ...PROJECTABLE].toSorted()],
    ['a path in the array of a selection', `userView.select(['|']);`, PROJECTABLE],
    ['a further path in the array of a selection', `userView.select(['username', '|']);`, PROJECTABLE],
    ['a path in the array of what is picked', `userView.pick({}, ['|']);`, PROJECTABLE],
    ['a path in the array of a JSON Schema', `userView.toJSONSchema(['|']);`, PROJECTABLE],
    ['what is picked', `userView.pick({}, { | });`, ['_id', ...PROJECTABLE].toSorted()],
    ['the projection of a write', `users.findOneAndDelete({ username: 'a' }, { projection: { | } });`, ['_id', ...PROJECTABLE].toSorted()],
    ['the key of a distinct', `users.distinct('|', {});`, LEAVES],
    ['the key of a distinct that is not closed yet', `users.distinct('|');`, LEAVES],
    ['a filter', `users.find({ | }, { projection: ['username'] });`, FILTERABLE],
    ['the filter of a count', `users.countDocuments({ | });`, FILTERABLE],
    ['the filter of a write', `users.deleteOne({ | });`, FILTERABLE],
    ['a sort', `users.find({}, { projection: ['username'], sort: { | } });`, SORTABLE],
    ["a cursor's sort", `users.find({}, { projection: ['username'] }).sort({ | });`, SORTABLE],
    ["the path of a cursor's sort", `users.find({}, { projection: ['username'] }).sort('|', 1);`, SORTABLE],
    ['what an update sets', `users.updateOne({ username: 'a' }, { $set: { | } });`, ['profile.bio', 'username']],
    ['what an insert holds', `users.insertOne({ | });`, ['profile', 'username']],
    ['what a result has', `(await users.findOne({}, { projection: ['username', 'profile.bio'] }))!.|`, ['profile', 'username']],
  ])('%s', (_place, call, expected) => {
    expect(at(call)).toEqual(expected);
  });

  test('a dotted path is completed by the level that is written: the paths below it, and no private one', () => {
    const written = 'profile.';
    for (const call of [`users.find({}, { projection: { '${written}|' } });`, `users.find({}, { projection: ['username', '${written}|'] });`]) {
      // The editor itself keeps what begins with the text that is there.
      expect(at(call).filter((path) => path.startsWith(written))).toEqual(['profile.avatar', 'profile.bio']);
    }
  });

  test('no call offers a private path anywhere', () => {
    const places = ['find({ | }, { projection: userView })', "find({}, { projection: { '|' } })", "find({}, { projection: ['|'] })", "distinct('|', {})"];
    const offered = places.flatMap((place) => at(`users.${place};`)).join(' ');
    expect(offered).not.toMatch(/password_hash|api_key|ssn|access_code/);
    expect(offered).toContain('username');
  });

  test('a collection offers its methods, and nothing that leads to the driver', () => {
    const members = at('users.|');
    expect(members).toContain('findOne');
    expect(members.filter((name) => /^(?:db|client|collection|raw|s|aggregateRaw|replaceOne|drop)/.test(name))).toEqual([]);
  });
});

describe('hovering over a refused key says why', () => {
  test.each([
    [`users.find({}, { projection: { password_hash|: 1 } });`, "'password_hash' is not public in this view"],
    [`users.find({}, { projection: { 'profile.ssn|': 1 } });`, "'profile.ssn' is not public in this view"],
    [`users.find({ api_key|: 'x' }, { projection: ['username'] });`, "'api_key' is not filterable in this view"],
    [`users.find({}, { projection: ['username'], sort: { password_hash|: 1 } });`, "'password_hash' is not sortable in this view"],
    [`users.find({}, { projection: { username|: 0 } });`, "'username' takes the literal 1 or true"],
  ])('%s', (call, sentence) => {
    expect(editor.hover(MODULE + call)).toContain(sentence);
  });
});
