import { randomBytes, randomUUID } from 'node:crypto';

import { MongoClient, ObjectId, type CommandStartedEvent, type Db } from 'mongodb';
import { createSafeDb, defineView, subtree } from 'safe-collection';
import { agentTools, type AgentOptions, type ToolCallEntry } from 'safe-collection/agent';
import { afterAll, beforeAll, inject } from 'vitest';

export interface Order {
  _id: ObjectId;
  tenant_id: string;
  user_id: ObjectId;
  product: string;
  quantity: number;
  is_gift: boolean;
  order_date: Date;
  note?: string | null;
  tags: string[];
  place: { city: string; door_code?: string };
  extra: Record<string, unknown>;
  cost_center?: string;
  margin?: number;
}

export const orderView = defineView<Order>()({
  public: {
    user_id: 1,
    product: 1,
    quantity: 1,
    is_gift: 1,
    order_date: 1,
    note: 1,
    tags: 1,
    'place.city': 1,
    extra: subtree,
  },
  arrays: { tags: 1 },
  scope: { tenant_id: 1 },
});

const PRODUCTS = ['lamp', 'tea', 'desk', 'a.b*c'];

export const USER_IDS = [1, 2, 3].map((digit) => new ObjectId(String(digit).repeat(24)));

/** The orders of two tenants. What is private differs between the worlds, and so do the rows of the other tenant. */
function documents(world: 0 | 1): Order[] {
  const own = Array.from({ length: 24 }, (_, index): Order => {
    const rank = world === 0 ? index : 23 - index;
    return {
      _id: new ObjectId(String(index).padStart(24, 'a')),
      tenant_id: 'acme',
      user_id: USER_IDS[index % 3] as ObjectId,
      product: PRODUCTS[index % 4] as string,
      quantity: (index * 7) % 10,
      is_gift: index % 5 === 0,
      order_date: new Date(Date.UTC(2026, index % 6, 1 + index)),
      ...(index % 3 === 0 ? {} : { note: index % 3 === 1 ? null : `note ${index}` }),
      tags: index % 2 === 0 ? ['new', `t${index}`] : [],
      place: { city: index % 2 === 0 ? 'London' : 'Paris', ...(rank % 2 === 0 ? { door_code: '9'.repeat(rank) } : {}) },
      extra: { index },
      ...(rank % 3 === 0 ? {} : { cost_center: `SECRET-${rank}`, margin: rank * 1.5 }),
    };
  });
  const others = Array.from({ length: world === 0 ? 5 : 40 }, (_, index): Order => ({
    ...(own[index % own.length] as Order),
    _id: new ObjectId(),
    tenant_id: world === 0 ? 'globex' : 'initech',
    product: 'SECRET-PRODUCT',
    quantity: 1_000 + index,
  }));
  return [...others, ...own];
}

export const KINDS = {
  orders: {
    description: 'Orders of the shop.',
    fields: {
      user_id: { kind: 'id', description: 'who ordered' },
      product: { kind: 'string' },
      quantity: { kind: 'number' },
      is_gift: { kind: 'boolean' },
      order_date: { kind: 'date' },
      tags: { kind: 'string' },
    },
  },
} as const;

/** Tools on the same orders in two databases, and what is sent and logged meanwhile. */
export function twoShops(settings: Omit<AgentOptions, 'describe' | 'onCall'> = {}) {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true });
  const dbs = [0, 1].map(() => client.db(`safe-collection-${randomUUID()}`));
  const commands: CommandStartedEvent[] = [];
  const log: ToolCallEntry[] = [];
  client.on('commandStarted', (event) => commands.push(event));
  const sealKeys = [randomBytes(32)];
  const [one, other] = dbs.map((db) =>
    createSafeDb(db, { orders: orderView }, { sealKeys }).scoped({ tenant_id: 'acme' }),
  );
  if (one === undefined || other === undefined) throw new Error('There are two shops.');
  const globex = createSafeDb(dbs[0] as Db, { orders: orderView }, { sealKeys }).scoped({ tenant_id: 'globex' });
  const onCall = (entry: ToolCallEntry): void => void log.push(entry);
  const toolsOf = (shop: typeof one, describe: typeof KINDS | {} = KINDS) =>
    agentTools(shop, { orders: ['find', 'count', 'aggregate', 'paginate'] }, { ...settings, describe, onCall });

  beforeAll(async () => {
    for (const world of [0, 1] as const) await dbs[world]?.collection<Order>('orders').insertMany(documents(world));
  });
  afterAll(async () => {
    for (const db of dbs) await db.dropDatabase();
    await client.close();
  });
  return {
    dbs,
    commands,
    log,
    tools: toolsOf(one),
    /** The same orders, for the other tenant of the first database. */
    globexTools: toolsOf(globex),
    /** Without any kind of a field. */
    plainTools: toolsOf(one, {}),
    otherTools: toolsOf(other),
  };
}
