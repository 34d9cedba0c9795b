import { expect, it } from 'vitest';
import { defineView, sendable, type Exposed } from 'safe-collection';

interface User {
  username: string;
  password_hash: string;
}

const view = defineView<User>()({ public: { username: 1 } });
const raw: User = { username: 'ada', password_hash: 'x' };

function picked(): Exposed<{ readonly username: string }> {
  return view.pick(raw);
}

/** All of these are an `Exposed` for the compiler, so the check at the edge has to tell them apart. */
it.for<readonly [name: string, value: Exposed<object>]>([
  ['a spread', { ...picked(), ...raw }],
  ['a copy of a spread', structuredClone({ ...picked(), ...raw })],
  ['fields that were added to a result', Object.assign(picked(), raw)],
  ['a new object with the fields of both', Object.assign({}, picked(), raw)],
])('%s is not sendable', ([, value]) => {
  expect(() => sendable(value)).toThrow(expect.objectContaining({ name: 'RefusedCallError' }));
});
