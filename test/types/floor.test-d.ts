// createMongoView(): a definition as a MongoDB view.
import type { Db } from 'mongodb';
import { createMongoView, type MongoView } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';
import { userView } from './fixtures.ts';

declare const db: Db;

type(createMongoView(db, 'public_users', userView, { viewOn: 'users' })).is<Promise<MongoView>>();
compiles(() => createMongoView(db, 'public_users', userView, { viewOn: 'users', role: 'reader', dryRun: true }));
// refused at createMongoView: Expected 4 arguments, but got 3
createMongoView(db, 'public_users', userView);
// refused at {}: Property 'viewOn' is missing
createMongoView(db, 'public_users', userView, {});
// refused at pipeline: 'pipeline' does not exist in type
createMongoView(db, 'public_users', userView, { viewOn: 'users', pipeline: [] });
// refused: 'public' does not exist in type
createMongoView(db, 'public_users', { public: { username: 1 } }, { viewOn: 'users' });
// refused at a: is not assignable to parameter of type 'string'
createMongoView(db, a<string | undefined>(), userView, { viewOn: 'users' });
