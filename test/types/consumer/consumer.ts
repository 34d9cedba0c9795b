// Code of a user of the package. Compiled against the built declarations, as ESM and as CommonJS.
import type { Collection, ObjectId } from 'mongodb';
import {
  defineView,
  op,
  SafeCollection,
  SafeCollectionError,
  subtree,
  trusted,
  type CollectionOf,
  type Exposed,
  type Projected,
  type PublicOf,
  type SafeFilter,
  type SafeSort,
} from 'safe-collection';

interface User {
  _id: ObjectId;
  username: string;
  age: number;
  password_hash: string;
  profile?: { bio?: string; ssn: string };
  addresses: { city: string; access_code: string }[];
  settings: Record<string, string>;
}

const userView = defineView<User>()({
  public: { username: 1, age: 1, 'profile.bio': 1, 'addresses.city': 1, settings: subtree },
  filterable: { password_hash: 0 },
  arrays: { addresses: 1 },
});

export type PublicUser = PublicOf<typeof userView>;
export type Card = Projected<typeof userView, { username: 1 }>;

export async function read(raw: Collection<User>): Promise<Exposed<{ readonly username: string }>[]> {
  const users = new SafeCollection(raw, userView);
  const held: CollectionOf<typeof userView> = users;
  const filter: SafeFilter<typeof userView> = { age: op({ $gte: 18 }) };
  const sort: SafeSort<typeof userView> = { age: -1 };
  const card = userView.select({ username: 1 });
  const one = await held.findOne({ username: 'ada' }, { projection: { username: 1, 'profile.bio': 1, _id: 0 } });
  const bio: string | undefined = one?.profile?.bio;
  const cities: string[] = await users.distinct('addresses.city', {});
  const count: number = await users.countDocuments({ age: cities.length }, { trusted: trusted({ filter: { password_hash: 'x' } }) });
  // @ts-expect-error a private field is not public
  await users.findOne({}, { projection: { password_hash: 1 } });
  // @ts-expect-error a projection is required
  await users.findOne({}, {});
  // @ts-expect-error a private field is not filterable
  await users.exists({ password_hash: 'x' });
  if (bio === undefined && count > 3) throw new SafeCollectionError('argument_invalid', 'unlikely');
  const found: Card[] = await users.find(filter, { projection: card, sort, limit: 3 }).toArray();
  return found;
}
