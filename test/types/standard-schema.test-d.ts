// The Standard Schema of a view: its output is what the view returns.
import type { Exposed, PublicOf, Projected, StandardSchema } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { userView } from './fixtures.ts';

type OutputOf<S extends { readonly '~standard': { readonly types?: unknown } }> = NonNullable<S['~standard']['types']> extends {
  readonly output: infer Output;
}
  ? Output
  : never;

const whole = userView.toStandardSchema();
type(a<OutputOf<typeof whole>>()).is<Exposed<PublicOf<typeof userView>>>();
const card = userView.toStandardSchema({ username: 1, 'profile.bio': 1 });
type(a<OutputOf<typeof card>>()).is<Projected<typeof userView, { username: 1; 'profile.bio': 1 }>>();
compiles((): StandardSchema<Exposed<PublicOf<typeof userView>>> => whole);

// refused: 'password_hash' is not public in this view
userView.toStandardSchema({ password_hash: 1 });
// refused: 'password_hash' is not public in this view
userView.toStandardSchema(['password_hash']);
