import { MongoClient } from 'mongodb';
import { createSafeDb, defineView } from 'safe-collection';
import { agentTools } from 'safe-collection/agent';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { afterAll, expect, it } from 'vitest';

import { orderView } from './support/shop.ts';

const client = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 100 });
afterAll(() => client.close());

interface User {
  username: string;
  tenant: string;
}

const userView = defineView<User>()({ public: { username: 1 }, scope: 'shared' });
const privateView = defineView<{ tenant_id: string; hash: string }>()({
  public: { tenant_id: 1 },
  scope: { tenant_id: 1 },
});
const shop = createSafeDb(client.db('shop'), { orders: orderView, users: userView, bare: privateView });
const own = shop.scoped({ tenant_id: 'acme' });

const REFUSED: readonly (readonly [
  what: string,
  collections: object,
  choice: object,
  options: object,
  code: string,
])[] = [
  ['a collection that is not bound to its scope', shop, { orders: ['find'] }, {}, 'scope_missing'],
  ['a name without a collection', own, { zebra: ['find'] }, {}, 'argument_invalid'],
  ['an inherited name', own, { constructor: ['find'] }, {}, 'argument_invalid'],
  ['the method scoped()', shop, { scoped: ['find'] }, {}, 'argument_invalid'],
  ['a raw collection', { orders: client.db('x').collection('orders') }, { orders: ['find'] }, {}, 'argument_invalid'],
  [
    'a privileged collection',
    { users: new PrivilegedCollection(client.db('x').collection<User>('users'), userView, { reason: 'x' }) },
    { users: ['find'] },
    {},
    'argument_invalid',
  ],
  ['no tool', own, {}, {}, 'argument_invalid'],
  ['no method', own, { orders: [] }, {}, 'argument_invalid'],
  ['a method twice', own, { orders: ['find', 'find'] }, {}, 'argument_invalid'],
  ['pages without keys for their cursors', own, { orders: ['paginate'] }, {}, 'seal_keys_missing'],
  ['a write', own, { orders: ['deleteMany'] }, {}, 'argument_invalid'],
  ['a view that shows only its scope', own, { bare: ['find'] }, {}, 'view_empty'],
  ['a name that is no name of a tool', { 'a b': own.orders }, { 'a b': ['find'] }, {}, 'argument_invalid'],
  ['an unknown option', own, { orders: ['find'] }, { maxDocuments: 1 }, 'option_unknown'],
  ['a cap of 0', own, { orders: ['find'] }, { maxRows: 0 }, 'option_value'],
  ['a cap without an end', own, { orders: ['find'] }, { maxRows: Infinity }, 'option_value'],
  ['a hook that is no function', own, { orders: ['find'] }, { onCall: 1 }, 'option_value'],
  ['a description of another collection', own, { orders: ['find'] }, { describe: { users: {} } }, 'option_value'],
  ['a private field', own, { orders: ['find'] }, { describe: { orders: { fields: { margin: {} } } } }, 'option_value'],
  [
    'the field of the scope',
    own,
    { orders: ['find'] },
    { describe: { orders: { fields: { tenant_id: {} } } } },
    'option_value',
  ],
  [
    'an unknown kind',
    own,
    { orders: ['find'] },
    { describe: { orders: { fields: { product: { kind: 'text' } } } } },
    'option_value',
  ],
];

it.each(REFUSED)('refuses %s', (_what, collections, choice, options, code) => {
  expect(() => agentTools(collections, choice as never, options)).toThrow(expect.objectContaining({ code }));
});

it('a hook that fails does not change the answer', async () => {
  const tools = agentTools(own, { users: ['count'] }, { onCall: () => Promise.reject(new Error('the log is full')) });
  expect(await tools.call('users_count', { zebra: 1 })).toMatchObject({
    ok: false,
    refusal: { code: 'option_unknown' },
  });
});

it('a database that is down is an answer, without its address', async () => {
  const tools = agentTools(own, { users: ['count'] });
  const answer = await tools.call('users_count', {});
  expect(answer).toMatchObject({ ok: false, refusal: { code: expect.stringMatching(/network_error|timeout/) } });
  expect(answer.text).not.toContain('127.0.0.1');
});

it('the tools and their schemas are frozen', () => {
  const { descriptors } = agentTools(own, { users: ['find'] });
  const [find] = descriptors;
  expect(Object.isFrozen(descriptors)).toBe(true);
  expect(Object.isFrozen(find?.inputSchema['properties'])).toBe(true);
});
