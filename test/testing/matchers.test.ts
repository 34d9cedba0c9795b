import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// What docs/testing.md says for vitest.
import { expect } from 'vitest';
import { worldMatchers, type WorldMatchers } from 'safe-collection/testing';

declare module 'vitest' {
  interface Matchers<T> extends WorldMatchers<T> {}
}
expect.extend(worldMatchers);
// The end of it.

import { it } from 'vitest';

const SAME = { differences: [], unstable: [], privatePaths: ['users.credit'] };
const DIFFERENT = {
  ...SAME,
  differences: [{ request: 'GET /first', index: 0, place: 'header x-credit', causes: ['users.credit'] }],
};

it('passes without a difference', () => {
  expect(SAME).toBeTheSameInBothWorlds();
  expect(DIFFERENT).not.toBeTheSameInBothWorlds();
});

it('lists what differs, and why', () => {
  expect(() => expect(DIFFERENT).toBeTheSameInBothWorlds()).toThrow(
    'GET /first: header x-credit differs, because of users.credit',
  );
});

it('is used as the docs say', () => {
  const own = readFileSync(import.meta.filename, 'utf8').split(/^\/\/ .*\n/m)[1];
  expect(readFileSync(join(import.meta.dirname, '../../docs/testing.md'), 'utf8')).toContain(own);
});
