import { BSONRegExp } from 'mongodb';

import { malformed } from './decode-fault.ts';
import { endOfKey } from './value-end.ts';

/** The driver reads the server's `s` as JavaScript's `g`, and drops what JavaScript has no flag for. */
const FLAGS: ReadonlyMap<string, string> = new Map([['i', 'i'], ['m', 'm'], ['s', 'g']]);

export function readBsonRegExp(bytes: Buffer, at: number, end: number): BSONRegExp {
  const [pattern, options] = partsOf(bytes, at, end);
  return attempt(() => new BSONRegExp(pattern, options));
}

export function readRegExp(bytes: Buffer, at: number, end: number): RegExp {
  const [pattern, options] = partsOf(bytes, at, end);
  const flags = Array.from(options, (option) => FLAGS.get(option) ?? '').join('');
  return attempt(() => new RegExp(pattern, flags));
}

/** The engine's own error prints the pattern, which is a stored value. */
function attempt<T>(make: () => T): T {
  try {
    return make();
  } catch {
    return malformed('a regular expression is none in JavaScript (the option bsonRegExp reads it as it is)');
  }
}

function partsOf(bytes: Buffer, at: number, end: number): readonly [pattern: string, options: string] {
  const middle = endOfKey(bytes, at, end);
  return [bytes.toString('utf8', at, middle), bytes.toString('utf8', middle + 1, end - 1)];
}
