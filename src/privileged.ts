export { Sensitive } from './values/sensitive.ts';
export type { PrivilegedSettings } from './privileged/parse-privileged-settings.ts';
export { PrivilegedCollection, type PrivilegedCollectionClass } from './privileged/privileged-collection.ts';
export { createMongoView, type MongoView, type MongoViewOptions } from './privileged/create-mongo-view.ts';
export type { UnscopedPrivilegedCollection } from './types/scope.ts';
export type { PrivilegedRead } from './privileged/privileged-read.ts';
export type { NotExposed, NotExposedMark } from './types/exposed.ts';
