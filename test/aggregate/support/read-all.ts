import type { Document } from 'mongodb';

import { isPlainObject } from '../../../src/input/read.ts';

const HEAD = new Set(['$match', '$sort', '$limit', '$skip']);

const LEAVES: Readonly<Record<string, readonly string[]>> = {
  users: ['username', 'email', 'age', 'joined_at', 'profile.bio', 'profile.avatar', 'addresses.city'],
  orders: [
    'user_id',
    'product',
    'quantity',
    'price',
    'order_date',
    'note',
    'tags',
    'ship.city',
    'ship.zip',
    'items.sku',
    'items.n',
  ],
};

/**
 * The same pipeline with two stages more, in each of its joins too: they compute with every leaf of the view and leave the
 * documents as they were. So nothing of a view can be left out, and the results have to stay the same.
 */
export function readingAll(stages: readonly Document[], collection: string): readonly Document[] {
  const inside = stages.map((stage) => withJoins(stage) as Document);
  const first = inside.findIndex((stage) => !HEAD.has(nameOf(stage)));
  const afterFilters = first === -1 ? inside.length : first;
  const next = inside.slice(afterFilters).findIndex((stage) => nameOf(stage) !== '$lookup');
  const at = next === -1 ? inside.length : afterFilters + next;
  const reading = [{ $addFields: { zz: (LEAVES[collection] ?? []).map((path) => `$${path}`) } }, { $unset: 'zz' }];
  return [...inside.slice(0, at), ...reading, ...inside.slice(at)];
}

function nameOf(stage: Document): string {
  return Object.keys(stage)[0] ?? '';
}

function withJoins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withJoins);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) => [
      key,
      key === '$lookup' ? joinReadingAll(below as Document) : withJoins(below),
    ]),
  );
}

function joinReadingAll(lookup: Document): Document {
  return { ...lookup, pipeline: readingAll((lookup['pipeline'] ?? []) as Document[], lookup['from'] as string) };
}
