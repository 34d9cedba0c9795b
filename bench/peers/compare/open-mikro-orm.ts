import { EntityCaseNamingStrategy, EntitySchema } from '@mikro-orm/core';
import { MikroORM, type ObjectId } from '@mikro-orm/mongodb';

import type { OpenLibrary, StoredUser } from '../../compare/library.ts';

type Entity = Omit<StoredUser, '_id'> & { _id: ObjectId };

const Profile = new EntitySchema<StoredUser['profile']>({
  name: 'Profile',
  embeddable: true,
  properties: { bio: { type: 'string' }, ssn: { type: 'string' } },
});
const User = new EntitySchema<Entity>({
  name: 'User',
  collection: 'users',
  properties: {
    _id: { type: 'ObjectId', primary: true },
    username: { type: 'string' },
    age: { type: 'number' },
    password_hash: { type: 'string' },
    internal_role: { type: 'string' },
    profile: { kind: 'embedded', entity: 'Profile', object: true },
  },
});

export const openMikroOrm: OpenLibrary = async (clientUrl, dbName, { username, body }) => {
  const orm = await MikroORM.init({
    clientUrl,
    dbName,
    entities: [Profile, User],
    ensureIndexes: false,
    namingStrategy: EntityCaseNamingStrategy,
  });
  // A fork for each call, as a request handler has one.
  const em = () => orm.em.fork();
  return {
    name: 'MikroORM',
    calls: {
      byName: () => em().findOne(User, { username: 'ada' }),
      onlyName: () => em().findOne(User, { username: 'ada' }, { fields: ['username'] }),
      profile: () => em().findOne(User, { username: 'ada' }, { fields: ['profile'] }),
      withoutHash: () =>
        em().findOne<Entity, never, '*', 'password_hash'>(User, { username: 'ada' }, { exclude: ['password_hash'] }),
      operator: () => em().find(User, { username }, { fields: ['username'] }),
      guess: () => em().count(User, { password_hash: /^\$2b/ }),
      body: () => em().nativeUpdate(User, { username: 'ada' }, body),
    },
    close: () => orm.close(),
  };
};
