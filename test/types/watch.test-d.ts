// watch(): events relative to a filter, of exactly the projected shape.
import { defineView, op, trusted, type ChangeEvent, type Exposed, type SafeChangeStream } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { type User, users, userView } from './fixtures.ts';

const PROJECTION = { projection: ['username', 'age'] } as const;
type Shown = Exposed<{ username: string; age: number }>;

type(users.watch({ role: 'admin' }, PROJECTION)).is<Promise<SafeChangeStream<Shown>>>();
type(a<SafeChangeStream<Shown>>().next()).is<Promise<ChangeEvent<Shown> | null>>();
compiles(async () => {
  for await (const event of await users.watch({ age: op({ $gte: 18 }) }, PROJECTION)) {
    if (event.type !== 'resync') event.document.age satisfies number;
    event.token satisfies string | undefined;
  }
});
compiles(async () => {
  await using stream = await users.watch({}, { ...PROJECTION, resumeAfter: a<string | undefined>(), signal: AbortSignal.timeout(1) });
  await stream.close();
});
compiles(() => users.watch({}, { ...PROJECTION, trusted: trusted({ filter: { internal_role: 'x' } }) }));
compiles(() => users.watch(trusted({ internal_role: 'x' }), { projection: userView }));
compiles(() => users.watch({}, { projection: userView.select({ 'profile.bio': 1 }) }));
// refused at document: Property 'document' does not exist on type
compiles(async () => (await users.watch({}, PROJECTION)).next().then((event) => event?.document));

// refused at {}: Property 'projection' is missing
users.watch({}, {});
// refused at {}: watch() needs a projection
users.watch({});
// refused: 'password_hash' is not public in this view
users.watch({}, { projection: ['password_hash'] });
// refused: 'password_hash' is not filterable in this view
users.watch({ password_hash: 'x' }, PROJECTION);
// refused at fullDocument: 'fullDocument' is not an option of watch()
users.watch({}, { ...PROJECTION, fullDocument: 'updateLookup' });
// refused at session: 'session' is not an option of watch()
users.watch({}, { ...PROJECTION, session: a<import('mongodb').ClientSession>() });
// refused at resumeAfter: Type 'number' is not assignable to type 'string'
users.watch({}, { ...PROJECTION, resumeAfter: 5 });
// refused at addresses: the projection takes no $slice or $elemMatch here
users.watch({}, { projection: { addresses: op({ $slice: 1 }) } });
// refused at users: the argument 'filter' is any
users.watch(a<any>(), PROJECTION);

// consume() takes what watch() takes, a group and a handler.
const GROUP = { ...PROJECTION, group: 'mails' } as const;
type(users.consume({}, GROUP, () => undefined)).is<Promise<void>>();
compiles(() => users.consume({ role: 'admin' }, { ...GROUP, lease: 5_000, signal: AbortSignal.timeout(1) }, async (event, { signal }) => {
  if (event.type === 'enter') event.document.age satisfies number;
  signal satisfies AbortSignal;
}));
// refused at PROJECTION: Property 'group' is missing
users.consume({}, PROJECTION, () => undefined);
// refused at {: Property 'projection' is missing
users.consume({}, { group: 'mails' }, () => undefined);
// refused at consume: Expected 3 arguments, but got 2
users.consume({}, GROUP);
// refused at resumeAfter: 'resumeAfter' is not an option of consume()
users.consume({}, { ...GROUP, resumeAfter: 'x' }, () => undefined);
// refused: 'password_hash' is not filterable in this view
users.consume({ password_hash: 'x' }, GROUP, () => undefined);
// refused at ssn: Property 'ssn' does not exist
users.consume({}, GROUP, (event) => void (event.type === 'enter' && event.document.ssn));

// A scoped collection is bound first.
const scoped = defineView<User>()({ public: { username: 1 }, scope: { email: 1 } });
// refused at watch: Property 'watch' does not exist
a<import('safe-collection').UnscopedCollection<User, { username: string }, import('safe-collection').CapabilitiesOf<{ public: { username: 1 }; scope: { email: 1 } }>>>().watch({}, PROJECTION);
compiles(() => scoped);
