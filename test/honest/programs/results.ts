import { SafeCollection, sendable, type CollectionOf, type Projected, type PublicOf } from 'safe-collection';

import { openWorld, userView, type Card, type Programs, type World } from '../world.ts';

const pair = ['username', 'email'] as const;

/** What code does with results. */
export const results: Programs = {
  async 'a function returns the declared type of a projection'({ users }) {
    const byName = async (username: string): Promise<Card | null> =>
      users.findOne({ username }, { projection: { username: 1, email: 1 } });
    const byPaths = async (username: string): Promise<Card | null> => users.findOne({ username }, { projection: pair });
    const expected = { username: 'ada', email: 'ada@example.com' };
    return [
      [await byName('ada'), await byPaths('ada')],
      [expected, expected],
    ];
  },
  async 'a result goes to a function of a plain interface'({ users }) {
    interface Named {
      username: string;
      tags: string[];
      profile?: { bio?: string };
    }
    const describe = ({ username, tags, profile }: Named): string => `${username} ${tags.length} ${profile?.bio}`;
    const user = await users.findOne({ username: 'ada' }, { projection: ['username', 'tags', 'profile.bio'] });
    return [user && describe(user), 'ada 2 Notes.'];
  },
  async 'a result is changed in memory'({ users }) {
    const user = await users.findOne({ username: 'ada' }, { projection: ['username', 'tags'] });
    if (user === null) throw new Error('There is no user.');
    user.username = user.username.toUpperCase();
    user.tags.push('c');
    return [user, { username: 'ADA', tags: ['a', 'b', 'c'] }];
  },
  async 'results become transfer objects by a spread'({ users }) {
    const found = await users.find({ username: 'ada' }, { projection: ['username', 'joined_at'] }).toArray();
    const sent = found.map((user) => ({ ...user, joined_at: user.joined_at.toISOString() }));
    const first: string | undefined = sent[0]?.joined_at;
    return [first, '2024-01-01T00:00:00.000Z'];
  },
  async 'several reads run at once'({ users, orders }) {
    const [user, order] = await Promise.all([
      users.findOne({ username: 'bob' }, { projection: ['username'] }),
      orders.findOne({ product: 'desk' }, { projection: ['product', 'ship'] }),
    ]);
    return [
      [user?.username, order?.ship?.city],
      ['bob', 'Rome'],
    ];
  },
  async 'results are kept in a Map'({ users }) {
    const cards = new Map<string, Card>();
    for await (const user of users.find({}, { projection: { username: 1, email: 1 } })) cards.set(user.username, user);
    return [[...cards.keys()].sort(), ['ada', 'bob']];
  },
  async 'a type describes the JSON of a result'({ users }) {
    type Json<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
    const user = await users.findOne({ username: 'ada' }, { projection: ['joined_at'] });
    const json = JSON.parse(JSON.stringify(user)) as Json<NonNullable<typeof user>>;
    const text: string = json.joined_at;
    return [text, '2024-01-01T00:00:00.000Z'];
  },
  async 'a component takes the public type'({ users }) {
    const render = (props: { user: PublicOf<typeof userView> }): string => props.user.username;
    const user = await users.findOne({ username: 'ada' }, { projection: userView });
    return [user && render({ user }), 'ada'];
  },
  async 'a part of the public type holds a result'({ users }) {
    const user: Pick<PublicOf<typeof userView>, 'username' | 'email'> | null = await users.findOne(
      { username: 'bob' },
      { projection: pair },
    );
    return [user, { username: 'bob', email: 'bob@example.com' }];
  },
  async 'a class takes the collection, or one that is bound to a SafeDb'({ users, shop }) {
    class Names {
      readonly #users: CollectionOf<typeof userView>;
      constructor(from: CollectionOf<typeof userView>) {
        this.#users = from;
      }
      find(username: string) {
        return this.#users.findOne({ username }, { projection: ['username'] });
      }
    }
    const both = [await new Names(users).find('ada'), await new Names(shop.users).find('ada')];
    return [both, [{ username: 'ada' }, { username: 'ada' }]];
  },
  async 'a class implements an interface of public types'({ users }) {
    interface Repository {
      byName(username: string): Promise<PublicOf<typeof userView> | null>;
    }
    class UserRepository implements Repository {
      byName(username: string) {
        return users.findOne({ username }, { projection: userView });
      }
    }
    return [(await new UserRepository().byName('ada'))?.age, 36];
  },
  async 'a procedure infers its output'({ users }) {
    const list = async () => ({
      items: await users.find({}, { projection: ['username'] }).toArray(),
      next: null as string | null,
    });
    const page: Awaited<ReturnType<typeof list>> = await list();
    const names: string[] = page.items.map(({ username }) => username);
    return [names.sort(), ['ada', 'bob']];
  },
  async 'results are sorted, logged, and read by their keys'({ users }) {
    const cards: Card[] = await users.find({}, { projection: { username: 1, email: 1 } }).toArray();
    cards.sort((a, b) => b.username.localeCompare(a.username));
    const log = (fields: Record<string, unknown>): number => Object.keys(fields).length;
    const [card] = cards;
    if (card === undefined) throw new Error('There is no card.');
    const keys = Object.keys(card) as (keyof Projected<typeof userView, { username: 1; email: 1 }> & string)[];
    return [
      [log(card), keys.map((key) => card[key].length).length],
      [2, 2],
    ];
  },
  async 'a result goes into a stream and a response'({ users }) {
    const cursor = users.find({ username: 'ada' }, { projection: ['username'] });
    const body = new ReadableStream({
      async start(controller) {
        for await (const user of cursor) controller.enqueue(new TextEncoder().encode(JSON.stringify(user)));
        controller.close();
      },
    });
    const user = await users.findOne({ username: 'ada' }, { projection: ['username'] });
    return [
      [await new Response(body).json(), user && sendable(user)],
      [{ username: 'ada' }, { username: 'ada' }],
    ];
  },
  async 'a function makes the collection'({ rawUsers }) {
    const make = (raw: World['rawUsers']): CollectionOf<typeof userView> => new SafeCollection(raw, userView);
    return [await make(rawUsers).countDocuments(), 2];
  },
  async 'a part of a collection is replaced in a test'() {
    const fake: Pick<CollectionOf<typeof userView>, 'exists'> = { exists: async () => true };
    return [
      [await fake.exists({}), typeof openWorld],
      [true, 'function'],
    ];
  },
};
