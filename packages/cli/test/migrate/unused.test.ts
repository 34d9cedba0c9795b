import { expect, it } from 'vitest';

import { withoutUnused } from '../../src/migrate/unused.ts';

it('names that a change made unused are removed from their imports, and a default import stays', () => {
  const text = `import a, { b } from './a.js';\nimport { c, d } from './c.js';\nimport { e } from './e.js';\nconsole.log(a, c);\n`;
  expect(withoutUnused(text, '/x.ts', new Set(['a', 'b', 'c', 'd', 'e']))).toBe(
    `import a from './a.js';\nimport { c } from './c.js';\nconsole.log(a, c);\n`,
  );
});
