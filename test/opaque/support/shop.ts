import { randomBytes } from 'node:crypto';

import { ObjectId, type Db } from 'mongodb';
import { createSafeDb, defineView, opaqueId } from 'safe-collection';

export interface Buyer {
  _id: ObjectId;
  name: string;
  password_hash: string;
}

export interface Purchase {
  _id: ObjectId;
  tenant_id: string;
  buyer_id: ObjectId;
  gift_for?: ObjectId | null;
  watcher_ids: ObjectId[];
  product: string;
  total: number;
  lines: { note: string; part_id: ObjectId; cost: number }[];
}

export const buyerView = defineView<Buyer>()({ name: 'buyer', public: { id: opaqueId('_id'), name: 1 } });

export const purchaseView = defineView<Purchase>()({
  name: 'purchase',
  public: {
    id: opaqueId('_id'),
    buyer: opaqueId('buyer_id', buyerView),
    gift_for: opaqueId('gift_for', buyerView),
    watchers: opaqueId('watcher_ids', buyerView),
    product: 1,
    total: 1,
    'lines.part': opaqueId('lines.part_id'),
    'lines.note': 1,
  },
  writable: { buyer: 1, gift_for: 1, watchers: 1, product: 1, total: 1 },
  arrays: { watchers: 1, lines: 1 },
});

export const KEY = randomBytes(32);

export const shopOf = (db: Db, sealKeys: readonly Buffer[] = [KEY]) =>
  createSafeDb(db, { buyers: buyerView, purchases: purchaseView }, { sealKeys });

export const [ada, lin] = [
  { _id: new ObjectId(), name: 'ada', password_hash: 'secret-a' },
  { _id: new ObjectId(), name: 'lin', password_hash: 'secret-l' },
] as const;

export const rows: readonly Purchase[] = ['lamp', 'desk', 'tea'].map((product, index) => ({
  _id: new ObjectId(),
  tenant_id: 'acme',
  buyer_id: index < 2 ? ada._id : lin._id,
  ...(index === 0 ? {} : { gift_for: index === 1 ? null : lin._id }),
  watcher_ids: [ada._id, lin._id].slice(0, index),
  product,
  total: (index + 1) * 10,
  lines: [{ note: 'n', part_id: new ObjectId(), cost: 1 }],
}));

/** Stores the documents anew. */
export async function fill(db: Db): Promise<void> {
  await db.collection('buyers').deleteMany({});
  await db.collection('purchases').deleteMany({});
  await db.collection<Buyer>('buyers').insertMany([{ ...ada }, { ...lin }]);
  await db.collection<Purchase>('purchases').insertMany(rows.map((row) => ({ ...row })));
}

/** Whether a stored id is in a value, as an object or as text. */
export function holdsStoredId(value: unknown): boolean {
  const text = JSON.stringify(value);
  const ids = [ada._id, lin._id, ...rows.flatMap(({ _id, lines }) => [_id, ...lines.map(({ part_id }) => part_id)])];
  return ids.some((id) => text.includes(id.toHexString()));
}
