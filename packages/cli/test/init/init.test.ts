import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Decimal128, MongoClient, ObjectId } from 'mongodb';
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';

import { runInit } from '../../src/init/run-init.ts';
import { compile } from '../support/compile.ts';
import { folderOf } from '../support/folder.ts';
import { SHOP } from '../support/shop.ts';

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  const keep = (text: unknown) => void printed.push(String(text));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

async function viewsOf(
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, string | boolean>> = {},
) {
  const folder = folderOf(files);
  expect(await runInit({ folder, options: { yes: true, ...options } })).toBe(0);
  return { folder, text: readFileSync(join(folder, 'views.ts'), 'utf8') };
}

const DB = `import { MongoClient } from 'mongodb';
import type { User } from './model.js';
export const users = new MongoClient('mongodb://127.0.0.1').db().collection<User>('users');
`;

it('an interface of the project, with branches that may be null, maps and left-out fields', async () => {
  const { folder, text } = await viewsOf({
    'db.ts': DB,
    'model.ts': `import type { DBRef, ObjectId } from 'mongodb';
export interface User { _id: ObjectId; username: string; 'nick-name'?: string; password: string; passwordChangedAt: Date; profile: { bio?: string; avatar: string | null; ssn: string } | null;
  settings: Record<string, unknown>; anything: unknown; ref: DBRef; mixed: string | { a: string }; parent?: User }`,
    'use.ts': `import { users } from './db.js';\nexport const all = () => users.find().toArray();`,
  });
  expect(text).toContain(`import type { User } from './model.js';`);
  expect(text.slice(text.indexOf('  public'))).toBe(`  public: {
    username: 1,
    'nick-name': 1,
    passwordChangedAt: 1,
    'profile.bio': 1,
    'profile.avatar': 1,
    settings: subtree, // returns everything below it
    anything: subtree, // returns everything below it
    // password: left out (secret: password)
    // 'profile.ssn': left out (personal: social security number)
    // ref: left out (a DBRef or Code contains a document)
    // mixed: left out (it holds values and documents: migrate one of them first)
    // parent: left out (it contains itself: name the levels that are needed)
  },
});
`);
  expect(compile(folder)).toBe('');
});

it('an interface inside Readonly is the project’s own too', async () => {
  const { folder, text } = await viewsOf({
    'db.ts': DB.replace('<User>', '<Readonly<User>>'),
    'model.ts': `export interface User { role: 'admin' | 'user'; age: number }`,
    'use.ts': `import { users } from './db.js';\nexport const all = () => users.find().toArray();`,
  });
  expect(text).toContain(`import type { User } from './model.js';`);
  expect(text).toContain('defineView<User>()');
  expect(compile(folder)).toBe('');
});

it('an interface with keys of an enum is written out, with the keys by their text', async () => {
  const { folder, text } = await viewsOf({
    'db.ts': DB,
    'model.ts': `export declare enum Role { Admin = 'ADMIN', Guest = 'GUEST' }\nexport interface User { name: string; seen: Record<Role, number> }`,
    'use.ts': `import { users } from './db.js';\nexport const all = () => users.find().toArray();`,
  });
  expect(text).toContain(
    'export interface UserDocument {\n  name: string;\n  seen: {\n    ADMIN: number;\n    GUEST: number;',
  );
  expect(text).toContain("'seen.ADMIN': 1,");
  expect(compile(folder)).toBe('');
});

it('arrays with their depths, at and above the paths of the view', async () => {
  const { folder, text } = await viewsOf({
    'db.ts': DB,
    'model.ts': `export interface User { tags: string[]; matrix: number[][]; names: string | string[]; addresses: { city: string; lines: string[]; access_code: string }[]; hidden_tokens: string[]; bag: unknown[]; maybe?: readonly Date[] | null }`,
    'use.ts': `import { users } from './db.js';\nexport const all = () => users.find().toArray();`,
  });
  expect(text.slice(text.indexOf('  arrays'))).toBe(`  arrays: {
    tags: 1,
    matrix: 2,
    names: [0, 1],
    addresses: 1,
    'addresses.lines': 1,
    maybe: 1,
  },
});
`);
  expect(compile(folder)).toBe('');
});

it('if every read is followed to its end, only the fields that are read are public', async () => {
  const { text } = await viewsOf({
    'db.ts': DB,
    'model.ts': `export interface User { username: string; age: number; bio: string }`,
    'use.ts': `import { users } from './db.js';\nexport const name = async () => { const user = await users.findOne({ age: 3 }); console.log(user?.username); };`,
  });
  expect(text).toContain(
    '    username: 1,\n    // age: left out (no code reads it)\n    // bio: left out (no code reads it)',
  );
});

it('_id is public if the code reads it, and a field is writable if the code stores what a client sends', async () => {
  const { folder, text } = await viewsOf({
    'db.ts': DB,
    'model.ts': `import type { ObjectId } from 'mongodb';\nexport interface User { _id: ObjectId; username: string; age: number; password: string; visits: number }`,
    'use.ts': `import { users } from './db.js';
interface Request { body: { username: string; password: string } }
export const id = async () => { const user = await users.findOne({ age: 3 }); console.log(user?._id, user?.username); };
export const set = (req: Request) => users.updateOne({ age: 3 }, { $set: { username: req.body.username, password: req.body.password, visits: 1 } });`,
  });
  expect(text).toContain('    _id: 1,\n    username: 1,');
  expect(text).toContain('  writable: {\n    username: 1,\n  },');
  expect(compile(folder)).toBe('');
});

it('a type that is not exported is written out, also behind WithId', async () => {
  const { folder, text } = await viewsOf({
    'use.ts': `import { MongoClient, type WithId } from 'mongodb';
interface User { username: string; age?: number | null; tags: string[] }
const users = new MongoClient('mongodb://127.0.0.1').db().collection<WithId<User>>('users');
export const all = () => users.find().toArray();`,
  });
  expect(text).toContain(
    'export interface UserDocument {\n  username: string;\n  age?: number | null;\n  tags: string[];\n}',
  );
  expect(text).toContain('    username: 1,\n    age: 1,\n    tags: 1,\n');
  expect(compile(folder)).toBe('');
});

it('without types, the names that code uses', async () => {
  const { folder, text } = await viewsOf(SHOP);
  expect(text).toContain('// password_hash: left out (secret: password)');
  expect(text).toContain('username: subtree, // its type is not known: give it one above, and write 1 here');
  expect(compile(folder)).toBe('');
});

it('sampled documents: types, what may be missing, and sensitive values under plain names', async () => {
  const name = `safe-collection-${randomUUID()}`;
  const client = new MongoClient(inject('mongodbUri'));
  await client
    .db(name)
    .collection<object>('order_items')
    .insertMany(
      Array.from({ length: 50 }, (_, at) => ({
        sku: `A-${at}`,
        price: Decimal128.fromString('1.5'),
        seller: new ObjectId(),
        when: at % 2 === 0 ? new Date() : null,
        blob: `$2b$10$${'a'.repeat(53)}`,
        extra: { [`${at}`]: at },
        ...(at === 0 ? { rare: { deep: true } } : {}),
      })),
    );
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/${name}`;
  const { folder, text } = await viewsOf({}, { uri: uri.href });
  await client.db(name).dropDatabase();
  await client.close();
  expect(text).toContain(`export interface OrderItemDocument {
  _id: ObjectId;
  blob: string;
  extra: Record<string, unknown>;
  price: Decimal128;
  rare?: {
    deep?: boolean;
  };
  seller: ObjectId;
  sku: string;
  when: Date | null;
}`);
  expect(text).toContain('// blob: left out (secret: password hash)');
  expect(text).toContain("export const orderItemView = defineView<OrderItemDocument>()({\n  name: 'order_items',");
  expect(compile(folder)).toBe('');
});

it('an existing file is not overwritten, and an empty result is reported', async () => {
  const folder = folderOf({ ...SHOP, 'views.ts': '// mine' });
  await expect(runInit({ folder, options: { yes: true } })).rejects.toThrow(
    'already exists. Name another file with --out, or overwrite it with --force.',
  );
  expect(readFileSync(join(folder, 'views.ts'), 'utf8')).toBe('// mine');
  expect(await runInit({ folder: folderOf({}), options: { yes: true } })).toBe(1);
  expect(printed.at(-1)).toContain('There is no collection to write a view of.');
});

it('--dry-run prints, --collection chooses, and a second run writes the same', async () => {
  const folder = folderOf(SHOP);
  expect(await runInit({ folder, options: { 'dry-run': true, collection: ['users'] } })).toBe(0);
  expect(printed.at(-1)).toContain('userView');
  expect(printed.at(-1)).not.toContain('orderView');
  await runInit({ folder, options: { yes: true } });
  const first = readFileSync(join(folder, 'views.ts'), 'utf8');
  writeFileSync(join(folder, 'views.ts'), '');
  await runInit({ folder, options: { yes: true, force: true } });
  expect(readFileSync(join(folder, 'views.ts'), 'utf8')).toBe(first);
});

it('a record by a long union of names is one line, and not hundreds', async () => {
  const { folder, text } = await viewsOf({
    'db.ts': DB,
    'model.ts':
      `import type { ObjectId } from 'mongodb';
type Digit = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h';
export interface User { _id: ObjectId; name: string; ratings: Record<` +
      '`${Digit}${Digit}`' +
      `, { sum: number; votes: Record<string, number> }>; few: Record<Digit, number> }`,
    'use.ts': `import { users } from './db.js';\nexport const all = () => users.find().toArray();`,
  });
  expect(text).toContain(
    '    // ratings: left out (it has many keys that hold the same: name those that a client needs)\n',
  );
  expect(text.match(/ratings/g)).toHaveLength(1);
  expect(text).toContain("    'few.h': 1,\n");
  expect(compile(folder)).toBe('');
});
