// Tools for language models: which collections and methods they are made of, and what is said of the fields.
import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, SafeCollection } from 'safe-collection';
import { agentTools, type AgentTools, type ToolAnswer } from 'safe-collection/agent';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';
import { rawUsers, userView } from './fixtures.ts';

interface Order {
  _id: ObjectId;
  tenant_id: string;
  product: string;
  quantity: number;
  ordered_at: Date;
  user_id: ObjectId;
  tags: string[];
  mixed: string | number;
  cost: number;
}

const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1, ordered_at: 1, user_id: 1, tags: 1, mixed: 1 },
  arrays: { tags: 1 },
  scope: { tenant_id: 1 },
});
declare const db: Db;
const orders = new SafeCollection(a<Collection<Order>>(), orderView);
const shop = createSafeDb(db, { orders: orderView });
const own = shop.scoped({ tenant_id: 'acme' });

const tools = agentTools(own, { orders: ['find', 'count'] });
type(tools).is<AgentTools<'orders_find' | 'orders_count'>>();
type(tools.descriptors[0]!.name).is<'orders_find' | 'orders_count'>();
type(a<Awaited<ReturnType<typeof tools.call>>>()).is<ToolAnswer>();
type(agentTools(own, { orders: ['paginate'] })).is<AgentTools<'orders_paginate'>>();
compiles(() => tools.call('orders_find', '{}'));
compiles(() => tools.call(a<string>(), a<unknown>(), { signal: a<AbortSignal>() }));
compiles(() => agentTools({ orders: orders.scoped({ tenant_id: 'acme' }) }, { orders: ['aggregate'] }));
compiles(() => agentTools({ people: new SafeCollection(rawUsers, userView) }, { people: ['find'] }));

// A scoped view without its scope.
// refused at orders: this collection has a scope: bind it first, shop.scoped({ … })
agentTools(shop, { orders: ['find'] });
// refused at orders: this collection has a scope: bind it first, shop.scoped({ … })
agentTools({ orders }, { orders: ['find'] });

// What is not there.
// refused at users: 'users' is not one of these collections
agentTools(own, { users: ['find'] });
// refused at scoped: this is not a SafeCollection
agentTools(shop, { scoped: ['find'] });
// refused at orders: this is not a SafeCollection
agentTools({ orders: a<Collection<Order>>() }, { orders: ['find'] });
// refused at users: this is not a SafeCollection
agentTools({ users: new PrivilegedCollection(rawUsers, userView, { reason: 'x' }) }, { users: ['find'] });
// refused: 'deleteMany' is not a tool: use find, count, aggregate or paginate
agentTools(own, { orders: ['deleteMany'] });
// refused at orders: name at least one method
agentTools(own, { orders: [] });
// refused at {}: name at least one collection
agentTools(own, {});
// refused at a<any>(): not assignable to parameter of type 'never'
agentTools(own, a<any>());

// What is said of the fields.
compiles(() =>
  agentTools(own, { orders: ['find'] }, {
    describe: {
      orders: {
        description: 'Orders of the shop.',
        fields: {
          product: { kind: 'string', description: 'what was ordered' },
          quantity: { kind: 'number' },
          ordered_at: { kind: 'date' },
          user_id: { kind: 'id' },
          tags: { kind: 'string' },
          mixed: { description: 'a string or a number' },
        },
      },
    },
  }),
);
// refused at kind: not assignable to type '"date"'
agentTools(own, { orders: ['find'] }, { describe: { orders: { fields: { ordered_at: { kind: 'string' } } } } });
// refused at kind: not assignable to type 'undefined'
agentTools(own, { orders: ['find'] }, { describe: { orders: { fields: { mixed: { kind: 'string' } } } } });
// refused at cost: 'cost' does not exist
agentTools(own, { orders: ['find'] }, { describe: { orders: { fields: { cost: {} } } } });
// refused at maxDocuments: 'maxDocuments' does not exist
agentTools(own, { orders: ['find'] }, { maxDocuments: 10 });
