import { expect, it } from 'vitest';

import { isInFolders } from '../../src/ast/folders.ts';

const cwd = '/home/shop';

it.each([
  ['/home/shop/src/database/open.ts', ['src/database']],
  ['/home/shop/src/database/open.ts', ['./src/database/']],
  ['/home/shop/src/database/deep/.hidden/open.ts', ['src/database']],
  ['/home/shop/src/database/open.ts', ['test', 'src/database/open.ts']],
  ['/home/shop/apps/web/database/open.ts', ['apps/*/database']],
  ['/home/shop/src/open.database.ts', ['**/*.database.ts']],
])('%s is in %j', (filename, folders) => {
  expect(isInFolders({ cwd, filename }, folders)).toBe(true);
});

it.each([
  ['/home/shop/src/database/open.ts', []],
  ['/home/shop/src/databases/open.ts', ['src/database']],
  ['/home/shop/lib/src/database/open.ts', ['src/database']],
  ['/home/other/src/database/open.ts', ['src/database', '**', '../other']],
  ['/home/shop-2/src/database/open.ts', ['**']],
])('%s is not in %j', (filename, folders) => {
  expect(isInFolders({ cwd, filename }, folders)).toBe(false);
});
