import { describe, expect, it } from 'vitest';

import { noPrivilegedImport } from '../../src/rules/no-privileged-import.ts';
import { reports } from '../reports.ts';

const FOUND = [
  "import { PrivilegedCollection as P } from 'safe-collection/privileged';",
  "import p from 'safe-collection/privileged';",
  "export { default } from 'safe-collection/privileged';",
  "const p = await import('safe-collection/privileged').then(({ PrivilegedCollection }) => PrivilegedCollection);",
  "import.meta.resolve('safe-collection/privileged');",
  "const m = 'safe-collection/' + `privileged`; import(m);",
  "const base = 'safe-collection'; import(`${base}/privileged`);",
  "const base = 'safe-collection'; import([base, 'privileged'].join('/'));",
  "import('safe-collection'.concat('/privileged'));",
  "let m = 'safe-collection/privileged'; import(m);",
  "const names = { p: 'safe-collection/privileged' }; import(names.p);",
  "const names = ['safe-collection/privileged']; import(names[0]);",
  "for (const n of ['safe-collection/privileged']) await import(n);",
  "import(ok ? 'safe-collection/privileged' : 'x');",
  "import(name ?? 'safe-collection/privileged');",
  "const m = ok ? 'safe-collection/privileged' : 'x'; require(m);",
  "import('safe-collection/privileged', { with: {} });",
  "module.createRequire(import.meta.url)('safe-collection/privileged');",
  "new Worker(new URL('../node_modules/safe-collection/dist/privileged.js', import.meta.url));",
  "vi.mock('safe-collection/privileged');",
  "import { Reader } from '../trusted/index.ts';",
  "import { Reader } from '../trusted';",
  "import * as t from '../trusted/index.ts'; new t.Reader();",
  "export * from '../trusted/index.ts';",
  "export { Reader } from '../trusted/index.ts';",
  "const { Reader } = await import('../trusted/index.ts');",
  "const { Reader } = require('../trusted/index.ts');",
  "import x from '../../node_modules/safe-collection/dist/privileged.mjs';",
  "import x from 'safe-collection/dist/privileged.js';",
  "import x from 'safe-collection/dist/./privileged.js';",
  "import x from 'safe-collection//privileged';",
  "import x from 'safe-collection/privileged?x=1';",
];

const NOT_FOUND = [
  "var m = 'safe-collection'; m += '/privileged'; import(m);",
  "declare module 'safe-collection/privileged' { }",
  "import { isPassword } from '../trusted/index.ts';",
  "import { isPassword } from '../trusted/login.ts';",
  "import type { User } from '../trusted/login.ts';",
  "log('safe-collection');",
  "import('./' + name);",
  "const docs = 'safe-collection/privileged';",
];

describe('no-privileged-import', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noPrivilegedImport, code)).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noPrivilegedImport, code)).toEqual([]);
  });
});
