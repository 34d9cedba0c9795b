import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { runLock } from '../../src/lock/run-lock.ts';
import { capturePrinted } from '../support/capture-printed.ts';
import { folderOf } from '../support/folder.ts';

const printed = capturePrinted();

const BASE = `import { defineView, SafeCollection, subtree } from 'safe-collection';
import { COMMON } from './common';
export const userView = defineView<User>()({
  public: { ...COMMON, 'profile.bio': 1, tags: 1, 'settings.theme': 1 },
  writable: { username: 1 },
  filterable: { age: 1, 'profile.bio': 0 },
  sortable: { tags: 0 },
  joinable: { username: 0 },
  arrays: { tags: 1 },
  defaults: { role: 'user' },
  validate: { username: (name) => name.length > 2 },
});
export const users = new SafeCollection(db.collection('users'), userView);
`;
const COMMON = `export const COMMON = { username: 1 } as const;\n`;

/** Locks the base, changes it and checks. */
async function afterChange(from: string, to: string, common = COMMON) {
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const text = BASE.replace(from, to);
  if (text === BASE && common === COMMON) throw new Error('nothing was changed');
  writeFileSync(join(folder, 'views.ts'), text);
  writeFileSync(join(folder, 'common.ts'), common);
  printed.length = 0;
  const code = await runLock({ folder, options: { check: true } });
  return { code, said: printed.filter((line) => /^[+!-]/.test(line)) };
}

it('the file lists opaque ids, and a change of one is shown', async () => {
  const views = `import { defineView, opaqueId } from 'safe-collection';
export const userView = defineView<User>()({ name: 'user', public: { id: opaqueId('_id'), username: 1 } });
export const orderView = defineView<Order>()({ name: 'order', public: { user: opaqueId('user_id', userView), product: 1 } });
`;
  const folder = folderOf({ 'views.ts': views });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const lock = JSON.parse(readFileSync(join(folder, 'views.lock.json'), 'utf8')) as { views: Record<string, object> };
  expect(lock.views['userView']).toMatchObject({ opaque: { id: '_id' }, sorts: { username: 'value' } });
  expect(lock.views['userView']).not.toHaveProperty('sorts.id');
  expect(lock.views['orderView']).toMatchObject({ opaque: { user: 'user_id of userView' } });
  const check = async (from: string, to: string) => {
    writeFileSync(join(folder, 'views.ts'), views.replace(from, to));
    printed.length = 0;
    const code = await runLock({ folder, options: { check: true } });
    return { code, said: printed.filter((line) => /^[+!-]/.test(line)).join(' ') };
  };
  const opened = await check("user: opaqueId('user_id', userView)", 'user: 1');
  expect(opened).toMatchObject({ code: 1, said: expect.stringContaining('as it is stored') as string });
  const moved = await check("opaqueId('user_id', userView)", "opaqueId('owner_id', userView)");
  expect(moved).toMatchObject({ code: 1, said: expect.stringContaining('owner_id of userView') as string });
  const sealed = await check('product: 1', "product: opaqueId('product_id', userView)");
  expect(sealed.said).toContain('shows `order.product` as an opaque id');
});

it('the file lists what a view allows, with defaults written out', async () => {
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const { views } = JSON.parse(readFileSync(join(folder, 'views.lock.json'), 'utf8')) as {
    views: Record<string, Record<string, object>>;
  };
  const lists = Object.fromEntries(
    ['returns', 'filters', 'sorts', 'joins', 'writes'].map((set) => [
      set,
      Object.keys(views['userView']?.[set] ?? {}).join(' '),
    ]),
  );
  expect(lists).toEqual({
    returns: 'profile.bio settings.theme tags username',
    filters: '_id age settings.theme tags username',
    sorts: 'profile.bio settings.theme username',
    joins: '_id age settings.theme tags',
    writes: 'username',
  });
  expect(views['userView']).toMatchObject({
    label: 'users',
    document: 'User',
    operators: 'tagged',
    arrays: { tags: [1] },
    parts: { defaults: "{ role: 'user' }" },
  });
});

it.each<[change: string, from: string, to: string, said: readonly string[]]>([
  [
    'a public path',
    'tags: 1, ',
    'tags: 1, email: 1, ',
    [
      'makes `users.email` public',
      'makes `users.email` filterable',
      'makes `users.email` sortable',
      'makes `users.email` joinable',
    ],
  ],
  [
    'a filterable path',
    'age: 1',
    'age: 1, email: 1',
    ['makes `users.email` filterable', 'makes `users.email` joinable'],
  ],
  [
    'a filterable path, no longer taken away',
    ", 'profile.bio': 0",
    '',
    ['makes `users.profile.bio` filterable', 'makes `users.profile.bio` joinable'],
  ],
  ['a sortable path', 'tags: 0', 'tags: 1', ['makes `users.tags` sortable']],
  ['a joinable path', 'joinable: { username: 0 }', 'joinable: {}', ['makes `users.username` joinable']],
  [
    'a joinable private path',
    'joinable: { username: 0 }',
    "joinable: { username: 0, 'secret': 1 }",
    ['makes `users.secret` joinable'],
  ],
  [
    'a writable path',
    'writable: { username: 1 }',
    'writable: { username: 1, role: 1 }',
    ['makes `users.role` writable'],
  ],
  [
    'a writable subtree',
    'writable: { username: 1 }',
    'writable: { username: 1, settings: subtree }',
    ['makes everything below `users.settings` writable'],
  ],
  [
    'plain operators',
    'sortable:',
    "operators: 'plain', sortable:",
    ['lets plain operators into the filters of `users`'],
  ],
  [
    'deeper arrays',
    'arrays: { tags: 1 }',
    'arrays: { tags: [0, 1] }',
    ['lets `users.tags` hold arrays of depth 0 or 1 (it was 1)'],
  ],
  ['another default', "role: 'user'", "role: 'admin'", ['changes `defaults` of `users`']],
  [
    'no checks any more',
    '  validate: { username: (name) => name.length > 2 },\n',
    '',
    ['removes `validate` from `users`'],
  ],
  ['other checks', 'name.length > 2', 'true', ['changes `validate` of `users`']],
  ['another document', 'defineView<User>', 'defineView<Admin>', ['makes `users` a view of Admin (it was of User)']],
])('a widening is named and fails: %s', async (_change, from, to, said) => {
  expect(await afterChange(from, to)).toEqual({ code: 1, said: said.map((line) => `+ this change ${line}`) });
});

it('a shard key restricts writes: adding one allows less, and removing or changing it may allow more', async () => {
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON });
  const keyed = (key: string) => BASE.replace('  arrays:', `  shardKey: ${key},\n  arrays:`);
  const check = async (text: string) => {
    writeFileSync(join(folder, 'views.ts'), text);
    printed.length = 0;
    const code = await runLock({ folder, options: { check: true } });
    return [code, printed[0]];
  };
  await runLock({ folder, options: {} });
  expect(await check(keyed('{ username: 1 }'))).toEqual([0, '- this change adds `shardKey` to `users`']);
  await runLock({ folder, options: {} });
  expect(await check(keyed('{ age: 1 }'))).toEqual([1, '+ this change changes `shardKey` of `users`']);
  expect(await check(BASE)).toEqual([1, '+ this change removes `shardKey` from `users`']);
});

it('a widening in a constant of another file', async () => {
  const { code, said } = await afterChange(
    '',
    '',
    'export const COMMON = { username: 1, password_hash: 1 } as const;\n',
  );
  expect(code).toBe(1);
  expect(said).toContain('+ this change makes `users.password_hash` public');
});

it('a subtree instead of a leaf below it', async () => {
  const { code, said } = await afterChange("'settings.theme': 1", 'settings: subtree');
  expect(code).toBe(1);
  expect(said).toContain('+ this change makes everything below `users.settings` public');
});

it('a new view', async () => {
  expect(
    await afterChange(
      'export const users',
      'export const all = defineView<User>()({ public: { email: 1 } });\nexport const users',
    ),
  ).toEqual({
    code: 1,
    said: ['+ this change adds the view `all` (all), which returns email'],
  });
});

it.each<[change: string, from: string, to: string, said: readonly string[]]>([
  ['a public path less', "'profile.bio': 1, tags: 1", "'profile.bio': 1", ['makes `users.tags` no longer public']],
  ['a filterable path less', 'age: 1, ', '', ['makes `users.age` no longer filterable']],
  ['a writable path less', 'writable: { username: 1 }', 'writable: {}', ['makes `users.username` no longer writable']],
  ['a view less', BASE.slice(BASE.indexOf('export const userView')), '', ['removes the view `users` (userView)']],
])('a narrowing is named and passes: %s', async (_change, from, to, said) => {
  const result = await afterChange(from, to);
  expect(result.code).toBe(0);
  expect(result.said).toEqual(expect.arrayContaining(said.map((line) => `- this change ${line}`)));
});

it.each([
  [
    'order and spelling',
    "{ ...COMMON, 'profile.bio': 1, tags: 1, 'settings.theme': 1 }",
    "{ 'settings.theme': 1, tags: 1, ['profile.bio']: 1, username: 1 }",
  ],
  ['a comment', 'writable:', '// what a client may set\n  writable:'],
  ['a default written out', 'sortable: { tags: 0 }', 'sortable: { tags: 0, username: 1 }'],
])('a change without effect is not reported: %s', async (_change, from, to) => {
  expect(await afterChange(from, to)).toEqual({ code: 0, said: [] });
});

it.each([
  ['a function', '{ ...COMMON, ', '{ ...paths(), '],
  ['a condition', '{ ...COMMON, ', '{ ...(flag ? COMMON : {}), '],
  ['a variable', 'tags: 1, ', 'tags: flag, '],
  ['a computed key', 'tags: 1, ', '[name]: 1, '],
  ['a constant that is changed', 'export const userView', 'COMMON.email = 1;\nexport const userView'],
  [
    'an array of paths made into an object',
    "{ ...COMMON, 'profile.bio': 1, tags: 1, 'settings.theme': 1 }",
    'Object.fromEntries(list)',
  ],
  ['defineView under another name', 'export const users', 'const define = defineView;\nexport const users'],
  [
    'defineView inside a function',
    'export const users',
    'const make = (spec) => defineView<User>()(spec);\nexport const users',
  ],
])('what can’t be read fails: %s', async (_change, from, to) => {
  const { code, said } = await afterChange(from, to);
  expect(code).toBe(1);
  expect(said.some((line) => line.startsWith('! views.ts:') || line.startsWith('! common.ts:'))).toBe(true);
});

it('two views of one name do not hide each other', async () => {
  const folder = folderOf({
    'a.ts': `const f = () => { const v = defineView<A>()({ public: { a: 1 } }); };\nconst g = () => { const v = defineView<A>()({ public: { b: 1 } }); };\nconst h = () => { const v = defineView<A>()({ public: { c: 1 } }); };`,
  });
  await runLock({ folder, options: {} });
  expect(printed.at(-1)).toContain('3 views');
});

it('an alias of the import, a namespace, and a name for the first call', async () => {
  const folder = folderOf({
    'a.ts': `import { defineView as view, subtree as all } from 'safe-collection'; import * as sc from 'safe-collection';
export const a = view<A>()({ public: { a: all } });
export const b = sc.defineView<B>()({ public: { b: 1 } });
const make = sc.defineView<C>();
export const c = make({ public: { c: 1 } });`,
  });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const { views } = JSON.parse(readFileSync(join(folder, 'views.lock.json'), 'utf8')) as {
    views: Record<string, { returns: object }>;
  };
  expect(Object.entries(views).map(([name, view]) => [name, view.returns])).toEqual([
    ['a', { a: 'subtree' }],
    ['b', { b: 'value' }],
    ['c', { c: 'value' }],
  ]);
});

it('a view that extends another one, and one that extends that: every change is shown', async () => {
  const extended = `import { userView as base } from './views';
export const staffView = base.extend({ name: 'staff', public: { age: 1, tags: 0 }, writable: { age: 1 } });
export const bossView = staffView.extend({ name: 'boss', public: { salary: 1 } });
export const other = schema.extend({ public: { x: 1 } });
`;
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON, 'staff.ts': extended });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const { views } = JSON.parse(readFileSync(join(folder, 'views.lock.json'), 'utf8')) as {
    views: Record<string, { returns: object; writes: object }>;
  };
  expect(Object.keys(views)).toEqual(['bossView', 'staffView', 'userView']);
  expect(Object.keys(views['staffView']?.returns ?? {})).toEqual(['age', 'profile.bio', 'settings.theme', 'username']);
  expect(Object.keys(views['bossView']?.writes ?? {})).toEqual(['age', 'username']);
  const change = async (from: string, to: string) => {
    writeFileSync(join(folder, 'staff.ts'), extended.replace(from, to));
    printed.length = 0;
    expect(await runLock({ folder, options: { check: true } })).toBe(1);
    return printed.filter((line) => /^[+!]/.test(line)).join('\n');
  };
  const widened = await change('public: { age: 1,', 'public: { age: 1, password_hash: 1,');
  expect(widened).toContain('makes `staff.password_hash` public');
  expect(widened).toContain('makes `boss.password_hash` public');
  expect(await change("name: 'boss', public", "name: 'boss', whole: { tags: 1 }, public")).toContain(
    'makes `boss.tags` writable as a whole array',
  );
});

it('audiences: every change of one is shown', async () => {
  const audiences = `import { defineAudiences } from 'safe-collection';
import { userView as base } from './views';
const OWN = { public: { age: 1 } };
export const userAudiences = defineAudiences(base, {
  public: { public: { tags: 0 } },
  self: OWN,
  admin: base.extend({ name: 'admin', public: { salary: 1 } }),
});
`;
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON, 'audiences.ts': audiences });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const { views } = JSON.parse(readFileSync(join(folder, 'views.lock.json'), 'utf8')) as {
    views: Record<string, { returns: object; label: string }>;
  };
  expect(Object.keys(views)).toEqual(['admin', 'userAudiences.public', 'userAudiences.self', 'userView']);
  expect(Object.keys(views['userAudiences.public']?.returns ?? {})).toEqual([
    'profile.bio',
    'settings.theme',
    'username',
  ]);
  const change = async (from: string, to: string) => {
    writeFileSync(join(folder, 'audiences.ts'), audiences.replace(from, to));
    printed.length = 0;
    const code = await runLock({ folder, options: { check: true } });
    return { code, said: printed.filter((line) => /^[+!-]/.test(line)).join('\n') };
  };
  const widened = await change('public: { age: 1 }', 'public: { age: 1, password_hash: 1 }');
  expect(widened).toEqual({
    code: 1,
    said: expect.stringContaining('makes `userAudiences.self.password_hash` public'),
  });
  expect((await change('public: { salary: 1 }', 'public: { salary: 1, pin: 1 }')).said).toContain('`admin.pin` public');
  expect((await change('(base, {', '(base, { ...more,')).code).toBe(1);
  expect((await change('(base, {', '(chosen(), {')).said).toContain('the view of its audiences can’t be read');
});

it('a part that this version does not know is shown as a widening', async () => {
  const { code, said } = await afterChange(
    "defaults: { role: 'user' }",
    "defaults: { role: 'user' }, unheard: { tags: 1 }",
  );
  expect(code).toBe(1);
  expect(said).toEqual(['+ this change changes `unheard` of `users`']);
});

it('no lock file, and a broken one', async () => {
  expect(await runLock({ folder: folderOf({ 'views.ts': BASE, 'common.ts': COMMON }), options: { check: true } })).toBe(
    1,
  );
  expect(printed.at(-1)).toContain('Write it with safe-collection lock, and commit it.');
  await expect(
    runLock({ folder: folderOf({ 'views.lock.json': '{"version":1}' }), options: { check: true } }),
  ).rejects.toThrow('is not a lock file of this version');
});

it('two hundred mutated views are checked in less than two seconds', async () => {
  const view = (at: number, more: string) =>
    `export const v${at} = defineView<D>()({ public: { a: 1, b: 1${more} } });`;
  const file = (more: (at: number) => string) =>
    `import { defineView } from 'safe-collection';\n${Array.from({ length: 200 }, (_, at) => view(at, more(at))).join('\n')}`;
  const folder = folderOf({ 'views.ts': file(() => '') });
  await runLock({ folder, options: {} });
  writeFileSync(
    join(folder, 'views.ts'),
    file((at) => `, c${at}: 1`),
  );
  printed.length = 0;
  const started = process.cpuUsage();
  expect(await runLock({ folder, options: { check: true } })).toBe(1);
  expect(printed.filter((line) => line.endsWith(' public')).length).toBe(200);
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
});

const EXTENDED = `import { userView } from './views';
const MORE = { age: 1, tags: 0 } as const;
export const staffView = userView.extend({ name: 'staff', public: MORE, filterable: { 'profile.bio': 1 }, defaults: { plan: 'free' } });
export const adminView = staffView.extend({ name: 'admin', public: { password_hash: 1 }, writable: { username: 0 } });
export const inputSchema = schema.extend({ name: string(), age: number() });
`;

it('a view that extends another is listed as if all had been written at once', async () => {
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON, 'staff.ts': EXTENDED });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const { views } = JSON.parse(readFileSync(join(folder, 'views.lock.json'), 'utf8')) as {
    views: Record<string, Record<string, object>>;
  };
  expect(Object.keys(views)).toEqual(['adminView', 'staffView', 'userView']);
  expect(views['staffView']).toEqual({
    label: 'staff',
    document: 'User',
    returns: { age: 'value', 'profile.bio': 'value', 'settings.theme': 'value', username: 'value' },
    filters: { _id: 'value', age: 'value', 'profile.bio': 'value', 'settings.theme': 'value', username: 'value' },
    sorts: { age: 'value', 'profile.bio': 'value', 'settings.theme': 'value', username: 'value' },
    joins: { _id: 'value', age: 'value', 'profile.bio': 'value', 'settings.theme': 'value' },
    locates: {},
    writes: { username: 'value' },
    wholes: {},
    operators: 'tagged',
    arrays: {},
    parts: {
      defaults: "{ role: 'user', plan: 'free' }",
      validate: '{ username: (name) => name.length > 2 }',
    },
  });
  expect(views['adminView']).toMatchObject({ label: 'admin', returns: { password_hash: 'value' }, writes: {} });
});

it('a wider view makes the views that extend it wider, and each is named', async () => {
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON, 'staff.ts': EXTENDED });
  expect(await runLock({ folder, options: {} })).toBe(0);
  writeFileSync(
    join(folder, 'views.ts'),
    BASE.replace('writable: { username: 1 }', 'writable: { username: 1, role: 1 }'),
  );
  printed.length = 0;
  expect(await runLock({ folder, options: { check: true } })).toBe(1);
  expect(printed.filter((line) => line.startsWith('+'))).toEqual(
    ['admin', 'staff', 'users'].map((label) => `+ this change makes \`${label}.role\` writable`),
  );
});

it('an extension whose view can’t be read fails the check, and one of another library does not', async () => {
  const folder = folderOf({ 'views.ts': BASE, 'common.ts': COMMON });
  expect(await runLock({ folder, options: {} })).toBe(0);
  const [schema, made] = ['schema.extend({ name: string() })', "view.extend({ name: 'made', public: { age: 1 } })"];
  writeFileSync(join(folder, 'made.ts'), `export const made = (view: View) => ${schema};\n`);
  expect(await runLock({ folder, options: { check: true } })).toBe(0);
  printed.length = 0;
  writeFileSync(join(folder, 'made.ts'), `export const made = (view: View) => ${made};\n`);
  expect(await runLock({ folder, options: { check: true } })).toBe(1);
  expect(printed.join('\n')).toContain('the view that it extends can’t be read');
});
