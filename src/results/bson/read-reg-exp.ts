import { BSONRegExp } from 'mongodb';

import { malformed } from './decode-fault.ts';
import { endOfKey } from './value-end.ts';

/** The driver reads the server's `s` as JavaScript's `g`, and drops options that JavaScript does not have. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['i', 'i'],
  ['m', 'm'],
  ['s', 'g'],
]);

/** Reads a BSONRegExp. The driver's own error would print the options, which are stored. */
export function readBsonRegExp(bytes: Buffer, at: number, end: number): BSONRegExp {
  const [pattern, options] = partsOf(bytes, at, end);
  try {
    return new BSONRegExp(pattern, options);
  } catch {
    return malformed('a regular expression has options that BSON does not have');
  }
}

/** Reads a RegExp, or a BSONRegExp if JavaScript rejects the pattern. */
export function readRegExp(bytes: Buffer, at: number, end: number): RegExp | BSONRegExp {
  return toRegExp(readBsonRegExp(bytes, at, end));
}

export function toRegExp(stored: BSONRegExp): RegExp | BSONRegExp {
  const flags = Array.from(stored.options, (option) => FLAGS.get(option) ?? '').join('');
  try {
    return new RegExp(stored.pattern, flags);
  } catch {
    return stored;
  }
}

function partsOf(bytes: Buffer, at: number, end: number): readonly [pattern: string, options: string] {
  const middle = endOfKey(bytes, at, end);
  return [bytes.toString('utf8', at, middle), bytes.toString('utf8', middle + 1, end - 1)];
}
