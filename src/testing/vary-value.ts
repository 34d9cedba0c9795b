import { Binary, Decimal128, Double, Int32, Long, ObjectId, type Document } from 'mongodb';

/** Draws numbers: the same ones for the same key. */
export interface Draw {
  /** A whole number below this one. */
  (below: number): number;
  /** 1 or -1: mostly the direction of the world, so that counts and ranges differ too. */
  readonly direction: 1 | -1;
}

/** One value in so many moves against the direction of its world. */
const AGAINST = 8;

/** The numbers for a value of a world. Worlds with odd numbers mostly have higher values, the others lower ones. */
export function drawFor(world: number, key: string): Draw {
  let state = 2_166_136_261 ^ world;
  for (let index = 0; index < key.length; index += 1) state = Math.imul(state ^ key.charCodeAt(index), 16_777_619);
  const draw = (below: number): number => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519);
    state = Math.imul(state ^ (state >>> 13), 3_266_489_917);
    return ((state ^ (state >>> 16)) >>> 0) % below;
  };
  const isUp = (world % 2 === 1) === draw(AGAINST) > 0;
  return Object.assign(draw, { direction: isUp ? 1 : -1 } as const);
}

/**
 * Another value of the same type, with another length and another place in the order. `null` and types without a rule stay as they
 * are.
 */
export function varyValue(value: unknown, draw: Draw): unknown {
  switch (typeof value) {
    case 'string':
      return otherText(value, draw);
    case 'number':
      return otherNumber(value, draw);
    case 'boolean':
      return draw.direction > 0 ? !value : draw(2) === 0;
    case 'bigint':
      return value + BigInt(1 + draw(1_000));
    case 'object':
      return value === null ? null : varyObject(value, draw);
    default:
      return value;
  }
}

function varyObject(value: object, draw: Draw): unknown {
  if (Array.isArray(value)) return otherArray(value, draw);
  if (value instanceof Date) return new Date(value.getTime() + draw.direction * (1 + draw(1e9)));
  if (value instanceof ObjectId) return new ObjectId(Uint8Array.from({ length: 12 }, () => draw(256)));
  if (value instanceof Binary) return new Binary(bytesLike(value.length(), draw), value.sub_type);
  if (value instanceof Uint8Array) return bytesLike(value.length, draw);
  if (value instanceof Int32) return new Int32(otherNumber(value.value, draw));
  if (value instanceof Double) return new Double(otherNumber(value.value, draw));
  if (value instanceof Long) return value.add(1 + draw(1_000));
  if (value instanceof Decimal128) return Decimal128.fromString(String(1 + draw(1_000)));
  return isPlainDocument(value)
    ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, varyValue(below, draw)]))
    : value;
}

/** Whether a value is a plain object, and not a value of a BSON class. */
export function isPlainDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Unique, so that a unique index holds in both worlds. */
function otherText(value: string, draw: Draw): string {
  const text = `${draw(36).toString(36)}${draw(2 ** 31).toString(36)}${'x'.repeat(draw(24))}`;
  return text.length === value.length ? `${text}y` : text;
}

function otherNumber(value: number, draw: Draw): number {
  const moved = value + draw.direction * (1 + draw(1_000));
  return Number.isFinite(moved) ? moved : draw(1_000);
}

/** One element less or one more. An empty array stays empty, because the type of its elements is not known. */
function otherArray(value: readonly unknown[], draw: Draw): readonly unknown[] {
  const varied = value.map((each) => varyValue(each, draw));
  if (varied.length === 0) return varied;
  return draw(2) === 0 ? varied.slice(1) : [...varied, varyValue(varied[0], draw)];
}

function bytesLike(length: number, draw: Draw): Uint8Array {
  return Uint8Array.from({ length: length + 1 + draw(8) }, () => draw(256));
}
