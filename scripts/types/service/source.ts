import { SERVICE_CALLS } from './calls.ts';
import type { Dialect } from './dialects.ts';

/** The number of collections of the service, and of calls on each. */
export const SERVICE = { collections: 60, calls: 10 };

/** A module of a service: collections of 30 fields each, which no other collection has, and calls on them. */
export function serviceSource(dialect: Dialect, { collections, calls }: typeof SERVICE): string {
  const ids = Array.from({ length: collections }, (_, index) => `c${index}`);
  return `${dialect.imports}
declare const own_id: ObjectId;
const now = new Date();
${ids.map((id) => `${documentOf(id)}\n${declared(id, dialect)}`).join('\n')}
${ids.flatMap((id, index) => callsOn(id, index, calls, dialect)).join('\n')}
`;
}

function callsOn(id: string, index: number, count: number, dialect: Dialect): readonly string[] {
  return Array.from({ length: count }, (_, call) => {
    const write = SERVICE_CALLS[(index * count + call) % SERVICE_CALLS.length];
    return `export const ${id}_${call} = await ${write?.(id, dialect)};`;
  });
}

/** Counted with the fields of the branches: 30. */
function documentOf(id: string): string {
  return `interface Stored_${id} {
  _id: ObjectId; owner_id: ObjectId; created_at: Date; updated_at: Date; deleted_at: Date | null; status: 'draft' | 'open' | 'closed';
  ${id}_name: string; ${id}_slug: string; ${id}_text?: string; ${id}_kind: string; ${id}_rank: number; ${id}_total: number;
  ${id}_price: number; ${id}_active: boolean; ${id}_due?: Date; ${id}_tags: string[];
  ${id}_address: { street: string; city: string; zip?: string; door_code?: string };
  ${id}_items: { sku: string; count: number; price: number; cost: number }[];
  ${id}_token: string; ${id}_margin: number; ${id}_notes?: string; ${id}_reviewed_by: ObjectId | null; ${id}_flags: string[];
}`;
}

const SHARED = ['_id', 'owner_id', 'created_at', 'updated_at', 'status'];
const WRITABLE = ['name', 'text', 'kind', 'rank', 'total', 'price', 'active', 'due', 'tags'];
const ADDRESS = ['address.street', 'address.city', 'address.zip'];
const ITEMS = ['items.sku', 'items.count', 'items.price'];

function declared(id: string, dialect: Dialect): string {
  const own = (names: readonly string[]): readonly string[] => names.map((name) => `${id}_${name}`);
  return dialect.declare(id, {
    public: [...SHARED, ...own(['slug', ...WRITABLE, ...ADDRESS, ...ITEMS])],
    writable: ['status', ...own([...WRITABLE, ...ADDRESS])],
    arrays: own(['tags', 'items']),
  });
}
