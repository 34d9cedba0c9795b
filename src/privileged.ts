export { Sensitive } from './values/sensitive.ts';
export type { PrivilegedSettings } from './privileged/parse-privileged-settings.ts';
export { PrivilegedCollection } from './privileged/privileged-collection.ts';
export type { PrivilegedRead } from './privileged/privileged-read.ts';
export type { NotExposed, NotExposedMark } from './types/exposed.ts';
