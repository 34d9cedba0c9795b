// Code that is generic over views. The view is a type parameter there, so the compiler asks less of a filter, and the guard decides.
import type { Collection, ObjectId, WithId } from 'mongodb';
import {
  defineView,
  everything,
  op,
  SafeCollection,
  trusted,
  type Capabilities,
  type CollectionOf,
  type Exposed,
  type PublicOf,
  type SafeFilter,
  type SafeInsert,
  type SafeSort,
  type SafeUpdate,
  type Selection,
  type View,
} from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { orders, rawUsers, type User, users, userView } from './fixtures.ts';
import { members, memberView } from './write-fixtures.ts';

class Repository<V extends View<any, any, any>> {
  readonly #documents: CollectionOf<V>;
  readonly #view: V;

  constructor(documents: CollectionOf<V>, view: V) {
    this.#documents = documents;
    this.#view = view;
  }

  async findById(_id: ObjectId) {
    return await this.#documents.findOne({ _id }, { projection: this.#view });
  }

  async find(filter: SafeFilter<V>, sort: SafeSort<V>) {
    return await this.#documents.find(filter, { projection: this.#view, sort, limit: 20 }).toArray();
  }

  async card<P extends string>(filter: SafeFilter<V>, projection: Selection<PublicOf<V>, P>) {
    return await this.#documents.findOne(filter, { projection });
  }

  async exists(_id: ObjectId) {
    return await this.#documents.exists({ _id });
  }

  async insert(input: SafeInsert<V>, others: SafeInsert<V>[]) {
    await this.#documents.insertMany(others);
    return (await this.#documents.insertOne(input)).insertedId;
  }

  async update(_id: ObjectId, update: SafeUpdate<V>) {
    return await this.#documents.findOneAndUpdate({ _id }, update, { projection: this.#view });
  }

  async change(filter: SafeFilter<V>, update: SafeUpdate<V>) {
    await this.#documents.updateMany(filter, update);
    await this.#documents.bulkWrite([{ updateMany: { filter, update } }, { deleteMany: { filter } }]);
    return (await this.#documents.updateOne(filter, update)).matchedCount;
  }

  async remove(_id: ObjectId, filter: SafeFilter<V>) {
    await this.#documents.updateOne({ _id }, trusted({ $set: { deleted_at: new Date() } }));
    await this.#documents.deleteMany(filter);
    await this.#documents.deleteMany(everything);
    return (await this.#documents.deleteOne({ _id }, { trusted: trusted({ filter: { tenant: 'A' } }) })).deletedCount;
  }

  refused() {
    // refused at {}: an empty filter matches every document: pass everything if you mean that
    void this.#documents.deleteMany({});
    // refused at {}: an empty filter matches every document: pass everything if you mean that
    void this.#documents.updateMany({}, trusted({ $set: { reviewed: true } }));
    // refused at projection: the view is not known here: pass the view itself, or a selection of it
    void this.#documents.find({}, { projection: ['username'] });
    // refused at projection: the view is not known here: pass the view itself, or a selection of it
    void this.#documents.findOne({}, { projection: { username: 1 } });
    // refused at {}): Property 'projection' is missing
    void this.#documents.find({}, {});
    // refused: 'hint' is not an option of find()
    void this.#documents.find({}, { projection: this.#view, hint: 'x' });
  }
}

// The results have the types of the view.
const people = new Repository(users, userView);
type(people.findById(a<ObjectId>())).is<Promise<Exposed<PublicOf<typeof userView>> | null>>();
type(people.find({ username: 'ada' }, { age: 1 })).is<Promise<Exposed<PublicOf<typeof userView>>[]>>();
type(people.card({}, userView.select(['username', 'profile.bio']))).is<
  Promise<Exposed<{ username: string; profile?: { bio?: string } }> | null>
>();
const staff = new Repository(members, memberView);
type(staff.update(a<ObjectId>(), { $set: { email: 'e' } })).is<Promise<Exposed<PublicOf<typeof memberView>> | null>>();
// refused at password_hash: 'password_hash' does not exist in type
people.find({ password_hash: 'x' }, { age: 1 });
// refused at age: '2' is not assignable
people.find({}, { age: 2 });
// refused at internal_role: does not exist in type
staff.update(a<ObjectId>(), { $set: { internal_role: 'admin' } });
// refused at memberView.select(['email']): not assignable to parameter of type 'Selection<
people.card({}, memberView.select(['email']));

// The same, generic over the three types of a collection.
async function byId<T extends object, P extends object, C extends Capabilities>(
  documents: SafeCollection<T, P, C>,
  view: View<T, P, C>,
  _id: ObjectId,
) {
  await documents.updateOne({ _id }, trusted({ $unset: {} as { readonly [path in never]: 1 } }));
  await documents.deleteOne({ _id: op({ $in: [_id] }) });
  await documents.find({ _id }, { projection: view }).toArray();
  // refused at { username: is not assignable to parameter of type
  await documents.countDocuments({ username: 'ada' });
  return await documents.findOne({ _id }, { projection: view });
}
type(byId(users, userView, a<ObjectId>())).is<Promise<Exposed<PublicOf<typeof userView>> | null>>();

async function isStored<T extends { _id: ObjectId }, P extends object>(documents: SafeCollection<T, P>, _id: ObjectId) {
  return (await documents.exists({ _id })) && (await documents.countDocuments({})) > 0;
}
compiles(() => isStored(orders, a<ObjectId>()));

// Where the view is known, nothing is let through that was not before.
const hidden = new SafeCollection(rawUsers, defineView<User>()({ public: { username: 1 }, filterable: { _id: 0 } }));
// refused: '_id' is not filterable in this view
hidden.exists({ _id: a<ObjectId>() });
// refused: '_id' is compared with a value of another type
users.exists({ _id: 'x' });
// refused: '_id' is not public: it is matched exactly, by a value, $eq or $in
users.exists({ _id: op({ $gt: a<ObjectId>() }) });

// A view of documents without an `_id`, on a collection that has it.
compiles(() => new SafeCollection(a<Collection<WithId<{ text: string }>>>(), defineView<{ text: string }>()({ public: { text: 1 } })));
// refused at a<: not assignable
new SafeCollection(a<Collection<{ other: string }>>(), defineView<{ text: string }>()({ public: { text: 1 } }));
