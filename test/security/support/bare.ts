import { types } from 'node:util';

/** The same data as objects that inherit nothing and can't change, as careful JavaScript makes them. Marks and scalars stay. */
export function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(bare));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, below] of Object.entries(value)) copy[key] = bare(below);
  return Object.freeze(copy);
}
