import { beforeEach, expect } from 'vitest';
import { defineView, SafeCollection } from 'safe-collection';
import { loose, type Loose } from './loose.ts';
import { testServer, type TestServer } from './server.ts';

export interface Member {
  username: string;
  role?: string;
  tenant?: string;
  credits?: number;
  rev?: number;
  tags?: string[];
  addresses?: { city: string; street?: string; access_code?: string }[];
}

/** `role`, `tenant`, `addresses.street` and `addresses.access_code` are the program's alone. */
export const memberView = defineView<Member>()({
  name: 'members',
  public: { username: 1, credits: 1, tags: 1, 'addresses.city': 1 },
  writable: { username: 1, credits: 1, tags: 1, 'addresses.city': 1 },
  arrays: { tags: 1, addresses: 1 },
});

/** Three members of two tenants, new for each test. */
export function testMembers() {
  const server: TestServer = testServer();
  const raw = () => server.db.collection<Member>('members');
  beforeEach(async () => {
    await raw().deleteMany({});
    await raw().insertMany([
      { username: 'ada', role: 'admin', tenant: 'A' },
      { username: 'bob', role: 'user', tenant: 'A' },
      { username: 'eve', role: 'user', tenant: 'B' },
    ]);
    server.forget();
  });
  return {
    server,
    raw,
    stored: () =>
      raw()
        .find({}, { projection: { _id: 0 }, sort: { username: 1 } })
        .toArray(),
    members: (): Loose => loose(new SafeCollection(raw(), memberView)),
    /** The error of a call that is refused and sends nothing. */
    async refused(call: () => unknown): Promise<string> {
      const error: unknown = await (async () => await call())().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(server.sent).toEqual([]);
      return error instanceof Error ? error.message : 'it was not refused';
    },
  };
}
