// Filters, sorts, updates and documents that code builds up. They can be assigned to, and are right as they are.
import type { SafeFilter, SafeInsert, SafeSort, SafeUpdate } from 'safe-collection';
import { op } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { users, userView } from './fixtures.ts';
import { members, memberView, notes, noteView } from './write-fixtures.ts';

const filter: SafeFilter<typeof userView> = {};
compiles(() => {
  filter.username = 'ada';
  filter.age = op({ $gte: 18 });
  filter.$or = [{ role: 'admin' }];
  filter.$or.push({ role: 'member' });
  return users.countDocuments(filter);
});
// refused at filter.role: not assignable to type
filter.role = 'root';
// refused at password_hash: Property 'password_hash' does not exist
filter.password_hash = 'x';

const sort: SafeSort<typeof userView> = [];
compiles(() => {
  sort.push(['age', -1]);
  return users.find({}, { projection: ['age'], sort });
});

const update: SafeUpdate<typeof memberView> = {};
compiles(() => {
  update.$set = { email: 'e' };
  update.$set['profile.bio'] = 'b';
  update.$inc = { age: 1, credits: 2 };
  update.$unset = { age: 1 };
  update.$push = { tags: 'x', scores: op({ $each: [1] }) };
  update.$currentDate = { seen_at: true };
  return members.updateOne({ username: 'a' }, update);
});
compiles(() => members.updateMany({ username: 'a' }, update));
compiles(() => members.findOneAndUpdate({ username: 'a' }, update, { projection: ['email'], upsert: true }));
compiles(() => members.bulkWrite([{ updateOne: { filter: { username: 'a' }, update } }]));
compiles(() => members.initializeOrderedBulkOp().find({ username: 'a' }).updateOne(update));
compiles(() => members.updateOne({ username: 'a' }, { ...update, $set: { email: 'f' } }));
type(members.updateOne({ username: 'a' }, update).then((result) => result.matchedCount)).is<Promise<number>>();
// refused at internal_role: does not exist in type
update.$set = { internal_role: 'admin' };
// refused at email: does not exist in type
update.$inc = { email: 1 };
// refused at email: does not exist in type
update.$unset = { email: 1 };
// refused at code: does not exist in type
update.$push = { code: 1 };
// refused: 'internal_role' is not writable in this view
members.updateOne({ username: 'a' }, { ...update, $set: { ...update.$set, internal_role: 'admin' } });
// refused: '$rename' is not a supported update operator
members.updateOne({ username: 'a' }, { ...update, $rename: { email: 'code' } });

const input: SafeInsert<typeof noteView> = { text: 't' };
compiles(() => {
  input.pinned = true;
  return notes.insertOne(input);
});
type(input).is<{ text: string; pinned?: boolean }>();
type(a<SafeInsert<typeof memberView>['home']>()).is<{ city: string }>();
type(a<SafeInsert<typeof memberView>['notes']>()).is<{ text: string; at?: Date }[] | undefined>();
type(a<SafeInsert<typeof memberView>['plan']>()).is<'free' | 'paid' | undefined>();
// refused at rev: does not exist in type
a<(note: SafeInsert<typeof noteView>) => void>()({ text: 't', rev: 1 });
// refused at { pinned: 'text' is missing
a<(note: SafeInsert<typeof noteView>) => void>()({ pinned: true });
