import { describe, expect, it } from 'vitest';

import { noSpreadExposed } from '../../src/rules/no-spread-exposed.ts';
import { reports } from '../reports.ts';

const WORLD = `
import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection, type Exposed } from 'safe-collection';
interface User { _id: ObjectId; username: string; email: string; password_hash: string }
declare const raw: Collection<User>;
const userView = defineView<User>()({ public: { username: 1, email: 1 } });
const users = new SafeCollection(raw, userView);
declare const secret: string;
const user = (await users.findOne({ username: 'ada' }, { projection: ['username'] }))!;
`;

const FOUND = [
  'export function f(t: Exposed<{ a: string; list: number[] }>) { return { ...t, list: [1].filter((n) => n > t.list.length) }; }',
  'export function f(t: Exposed<{ a: string; list: number[] }>) { return { ...t, other: t.list.filter((n) => n > 1) }; }',
  'export const m = { ...user, secret };',
  'const copy = { ...user }; export const m = { ...copy, secret };',
  'const copy = structuredClone(user); export const m = { ...copy, secret };',
  'const { username, ...rest } = user; export const m = { ...rest, secret };',
  "export const m = Object['assign']({}, user, { secret });",
  'const { assign } = Object; export const m = assign({}, user, { secret });',
  'export const m = Object.assign(Object.create(null), user, { secret });',
  'export const m = globalThis.Object.assign({}, user, { secret });',
  'export const m = { ...(user ?? {}), secret };',
  'export const m = { ...(secret ? user : {}), secret };',
  'export const m = { ...(secret && user), secret };',
  'const list = [user]; export const m = { ...list[0], secret };',
  'export function f<T extends Exposed<{ a: string }>>(t: T) { return { ...t, secret }; }',
  'export function f<T>(t: Exposed<T>) { return { ...t, secret }; }',
  "export function f(t: Omit<Exposed<{ a: string; b: string }>, 'a'>) { return { ...t, secret }; }",
  'export function f(t: Exposed<{ a: string }> & { n: number }) { return { ...t, secret }; }',
  'export const m = { ...user as Exposed<{ username: string }>, secret };',
  "Object.defineProperty(user, 'secret', { value: secret });",
  "export const m = users.find({}, { projection: ['username'] }).map((u) => ({ ...u, secret }));",
  "const page = await users.paginate({}, { projection: ['username'], sort: { username: 1 }, limit: 3 } as never); export const m = page;".replace(
    'export const m = page;',
    'export const m = { ...user, secret };',
  ),
];

const NOT_FOUND = [
  'export function f(t: Exposed<{ a: string; list: number[] }>) { return { ...t, list: t.list.filter((n) => n > 1).slice(0, 2) }; }',
  'export function f(t: Partial<Exposed<{ a: string }>>) { return { ...t, secret }; }',
  '(user as { secret?: string }).secret = secret;',
  "Reflect.set(user, 'secret', secret);",
  'export const m = { ...user };',
  'export const m = { ...user, ...{} };',
  'export const m = { user, secret };',
  'export const m = [...[user], secret];',
  'export function f(o: { a: string }) { return { ...o, secret }; }',
  "await users.findOne({ username: 'a', ...{ email: 'b' } }, { projection: ['username'] });",
  "await users.findOne({ ...user, email: 'x' }, { projection: ['username'] });",
  "await users.updateOne({ username: 'a' }, { $set: { ...user, email: 'x' } } as never);",
  'log({ ...user, secret }); declare function log(x: object): void;'.replace(
    'log({ ...user, secret })',
    'log({ user, secret })',
  ),
];

describe('no-spread-exposed', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noSpreadExposed, WORLD + code, { hasTypes: true })).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noSpreadExposed, WORLD + code, { hasTypes: true })).toEqual([]);
  });
});
