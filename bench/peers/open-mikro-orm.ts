import { EntitySchema } from '@mikro-orm/core';
import { MikroORM, type MongoEntityManager, type ObjectId } from '@mikro-orm/mongodb';

import type { Calls, Contender, Place } from '../contenders/contender.ts';
import { LANES } from '../contenders/lanes.ts';
import type { BenchUser } from '../data/bench-user.ts';
import { joined } from '../data/new-user.ts';
import { RAW_NARROW } from '../data/projections.ts';

type Entity = Omit<BenchUser, '_id'> & { _id: ObjectId };

const Profile = new EntitySchema<NonNullable<BenchUser['profile']>>({
  name: 'Profile',
  embeddable: true,
  properties: { bio: { type: 'string', nullable: true }, avatar: { type: 'string' }, ssn: { type: 'string' } },
});
const Address = new EntitySchema<BenchUser['addresses'][number]>({
  name: 'Address',
  embeddable: true,
  properties: {
    city: { type: 'string' },
    street: { type: 'string' },
    geo: { type: 'any' },
    access_code: { type: 'string' },
  },
});
const Session = new EntitySchema<BenchUser['sessions'][number]>({
  name: 'Session',
  embeddable: true,
  properties: { token: { type: 'string' }, expires_at: { type: 'Date' } },
});

function userEntity(name: string, collection: string): EntitySchema<Entity> {
  return new EntitySchema<Entity>({
    name,
    collection,
    properties: {
      _id: { type: 'ObjectId', primary: true },
      username: { type: 'string' },
      email: { type: 'string' },
      joined_at: { type: 'Date' },
      age: { type: 'number' },
      tags: { type: 'any' },
      password_hash: { type: 'string' },
      api_key: { type: 'string' },
      internal_role: { type: 'string' },
      profile: { kind: 'embedded', entity: 'Profile', object: true, nullable: true },
      addresses: { kind: 'embedded', entity: 'Address', array: true },
      sessions: { kind: 'embedded', entity: 'Session', array: true },
    },
  });
}

/** MikroORM, with a forked entity manager for each call, as in a request handler. It has no cursor. */
export async function openMikroOrm(place: Place): Promise<readonly Contender[]> {
  const User = userEntity('User', 'users');
  const Scratch = userEntity('Scratch', place.scratch);
  const orm = await MikroORM.init({
    clientUrl: place.uri,
    dbName: place.database,
    entities: [Profile, Address, Session, User, Scratch],
    ensureIndexes: false,
    // Property names are the stored names.
    namingStrategy: (await import('@mikro-orm/core')).EntityCaseNamingStrategy,
  });
  const em = (): MongoEntityManager => orm.em.fork();
  const calls: Partial<Calls> = {
    findOne: (username) => em().findOne(User, { username }, { fields: ['username', 'email', 'joined_at'] }),
    narrow: (limit) => em().find(User, {}, { fields: ['username', 'email', 'joined_at'], limit }),
    wide: (limit) =>
      em().find(
        User,
        {},
        {
          fields: [
            'username',
            'email',
            'joined_at',
            'age',
            'tags',
            'profile.bio',
            'profile.avatar',
            'addresses.city',
          ] as never,
          limit,
        },
      ),
    insertOne: (user) => em().insert(Scratch, joined(user)),
    insertMany: (list) => em().insertMany(Scratch, list.map(joined)),
    updateOne: (username, age) => em().nativeUpdate(User, { username }, { age }),
    aggregate: (limit) =>
      em().aggregate(User, [{ $sort: { joined_at: -1 } }, { $limit: limit }, { $project: RAW_NARROW }]),
    countDocuments: (age) => em().count(User, { age }),
  };
  return [{ name: LANES.mikro, calls, close: () => orm.close() }];
}
