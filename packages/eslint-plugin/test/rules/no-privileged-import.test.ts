import { noPrivilegedImport } from '../../src/rules/no-privileged-import.ts';
import { testWithoutTypes } from '../rule-testers.ts';

const IMPORT = "import { PrivilegedCollection } from 'safe-collection/privileged';";
const privileged = [{ messageId: 'privileged' as const }];
const unknown = [{ messageId: 'unknown' as const }];

testWithoutTypes('no-privileged-import', noPrivilegedImport, {
  valid: [
    "import { SafeCollection } from 'safe-collection';",
    "import { guardResponses } from 'safe-collection/express';",
    "import { privileged } from './privileged.ts';",
    "import x from 'not-safe-collection/privileged';",
    "import x from 'safe-collection/privileged-notes';",
    "export * from 'safe-collection';",
    'const name = process.env.MODULE; import(name);',
    'import(`./locale/${language}.js`);',
    'require(`./safe/${name}`);',
    "log('safe-collection is here');",
    "import fs = require('node:fs');",
    { code: IMPORT, filename: 'src/trusted/login.ts', options: [{ allow: ['src/trusted'] }] },
    { code: IMPORT, filename: 'src/trusted/deep/er/login.ts', options: [{ allow: ['./src/trusted/'] }] },
    { code: IMPORT, filename: 'src/login.trusted.ts', options: [{ allow: ['src/*.trusted.ts'] }] },
    { code: IMPORT, filename: 'apps/shop/trusted/login.ts', options: [{ allow: ['test', 'apps/*/trusted'] }] },
    {
      code: "await import('safe-collection/privileged');",
      filename: 'src/trusted/login.ts',
      options: [{ allow: ['src/trusted/**'] }],
    },
  ],
  invalid: [
    { code: IMPORT, errors: privileged },
    { code: IMPORT, filename: 'src/trusted-not/login.ts', options: [{ allow: ['src/trusted'] }], errors: privileged },
    { code: IMPORT, filename: 'lib/src/trusted/login.ts', options: [{ allow: ['src/trusted'] }], errors: privileged },
    { code: "import type { Sensitive } from 'safe-collection/privileged';", errors: privileged },
    { code: "import 'safe-collection/privileged';", errors: privileged },
    { code: "import * as p from 'safe-collection/privileged';", errors: privileged },
    { code: "export { Sensitive } from 'safe-collection/privileged';", errors: privileged },
    { code: "export type { Sensitive } from 'safe-collection/privileged';", errors: privileged },
    { code: "export * from 'safe-collection/privileged';", errors: privileged },
    { code: "export * as p from 'safe-collection/privileged';", errors: privileged },
    { code: "const p = await import('safe-collection/privileged');", errors: privileged },
    { code: 'import(`safe-collection/privileged`);', errors: privileged },
    { code: "import('safe-collection/' + 'privileged');", errors: privileged },
    { code: "const name = 'safe-collection/privileged'; import(name);", errors: privileged },
    { code: "const part = 'privileged'; import(`safe-collection/${part}`);", errors: privileged },
    { code: "const p = require('safe-collection/privileged');", errors: privileged },
    { code: "const { Sensitive } = require('safe-collection/privileged');", errors: privileged },
    { code: "module.require('safe-collection/privileged');", errors: privileged },
    { code: "require.resolve('safe-collection/privileged');", errors: privileged },
    { code: "import.meta.resolve('safe-collection/privileged');", errors: privileged },
    {
      code: "import { createRequire } from 'node:module'; createRequire(import.meta.url)('safe-collection/privileged');",
      errors: privileged,
    },
    { code: "const load = createRequire(import.meta.url); load('safe-collection/privileged');", errors: privileged },
    { code: "await vi.importActual('safe-collection/privileged');", errors: privileged },
    { code: "import p = require('safe-collection/privileged');", errors: privileged },
    { code: "type P = import('safe-collection/privileged').PrivilegedRead;", errors: privileged },
    { code: "let p: typeof import('safe-collection/privileged');", errors: privileged },
    { code: "import x from '../node_modules/safe-collection/dist/privileged.js';", errors: privileged },
    { code: "require('./node_modules/safe-collection/dist/privileged.cjs');", errors: privileged },
    { code: 'import(`safe-collection/${name}`);', errors: unknown },
    { code: "require('safe-collection/' + name);", errors: unknown },
    { code: "import('safe-collection/priv' + rest + '');", errors: unknown },
  ],
});
