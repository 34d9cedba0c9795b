import { expect, it } from 'vitest';

import { withoutUnused } from '../../src/migrate/unused.ts';

it('names that a change made unused are removed from their imports, and a default import stays', () => {
  const text = `import a, { b } from './a.js';\nimport { c, d } from './c.js';\nimport { e } from './e.js';\nconsole.log(a, c);\n`;
  expect(withoutUnused(text, '/x.ts', new Set(['a', 'b', 'c', 'd', 'e']))).toBe(
    `import a from './a.js';\nimport { c } from './c.js';\nconsole.log(a, c);\n`,
  );
});

it('types of the file that a change made unused are removed, and those that are exported or were never used stay', () => {
  const text = `interface Used {\n  a: number;\n}\n\ntype Loaded = Used | null;\n\nexport interface Shown {\n  b: number;\n}\n\ninterface Idle {}\nexport const c = (used: Used) => used;\n`;
  expect(withoutUnused(text, '/x.ts', new Set(['Used', 'Loaded', 'Shown']))).toBe(
    text.replace('type Loaded = Used | null;\n\n', ''),
  );
});
