// A collation with a filter: an `_id` that is not public is matched exactly.
import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection, type SafeFilter } from 'safe-collection';

import { a, compiles } from './assert.ts';
import { users } from './fixtures.ts';

interface Invite {
  _id: string;
  email: string;
  uses: number;
}

const inviteView = defineView<Invite>()({ public: { email: 1, uses: 1 }, writable: { uses: 1 } });
const openView = defineView<Invite>()({ public: { _id: 1, email: 1 } });
const invites = new SafeCollection(a<Collection<Invite>>(), inviteView);
const open = new SafeCollection(a<Collection<Invite>>(), openView);
const { held } = createSafeDb(a<Db>(), { held: inviteView });

const LOOSE = { collation: { locale: 'en', strength: 1 } } as const;
const P = { projection: ['email'] } as const;

compiles(() => invites.findOne({ _id: 'x' }, P));
compiles(() => invites.findOne({ email: 'x' }, { ...P, ...LOOSE }));
compiles(() => invites.findOne({ _id: 'x' }, { ...P, collation: { locale: 'simple' } }));
compiles(() => open.findOne({ _id: 'x' }, { ...P, ...LOOSE }));
compiles(() => users.findOne({ _id: a<ObjectId>() }, { projection: ['username'], ...LOOSE }));
compiles(() => users.exists({ _id: op({ $in: [a<ObjectId>()] }) }, LOOSE));
compiles(() => invites.countDocuments(a<SafeFilter<typeof inviteView>>(), LOOSE));
compiles(() => invites.initializeOrderedBulkOp().find({ email: 'x' }).collation({ locale: 'en' }).deleteOne());
compiles(() => invites.initializeOrderedBulkOp().find({ _id: 'x' }).collation({ locale: 'simple' }).deleteOne());

// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.find({ _id: 'x' }, { ...P, collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.findOne({ _id: a<string>(), email: 'x' }, { ...P, collation: { locale: 'en', strength: 2 } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.exists({ _id: op({ $in: ['x'] }) }, { collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.countDocuments({ _id: op({ $eq: 'x' }) }, { collation: { locale: a<string>() } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.distinct('email', { _id: 'x' }, { collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.updateOne({ _id: 'x' }, { $set: { uses: 1 } }, { collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.updateMany({ _id: 'x' }, { $set: { uses: 1 } }, { collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.findOneAndUpdate({ _id: 'x' }, { $set: { uses: 1 } }, { ...P, collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.findOneAndDelete({ _id: 'x' }, { ...P, collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.deleteOne({ _id: 'x' }, { collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.deleteMany({ _id: 'x' }, { collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
held.findPopulated({ _id: 'x' }, { ...P, populate: {}, collation: { locale: 'en' } });
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.bulkWrite([{ updateOne: { filter: { _id: 'x' }, update: { $set: { uses: 1 } }, collation: { locale: 'en' } } }]);
// refused at collation: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.bulkWrite([{ deleteMany: { filter: { _id: 'x' }, collation: { locale: 'en' } } }]);
// refused at { locale: '_id' is not public, so it must match exactly: a collation would match other ids too
invites.initializeUnorderedBulkOp().find({ _id: 'x' }).collation({ locale: 'en' }).deleteOne();
