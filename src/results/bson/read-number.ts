import { Long } from 'mongodb';

import { int32At } from './value-end.ts';

const TWO_TO_THE_32ND = 2 ** 32;
/** The upper half of 2 ** 53, the largest integer that the driver converts to a number. */
const LARGEST_HIGH = 2 ** 21;

/** A 64-bit integer as a number if that is exact, otherwise as the driver's `Long`. */
export function readPromotedLong(bytes: Uint8Array, at: number): number | Long {
  const low = int32At(bytes, at);
  const high = int32At(bytes, at + 4);
  const isExact = (high < LARGEST_HIGH && high >= -LARGEST_HIGH) || (high === LARGEST_HIGH && low === 0);
  return isExact ? high * TWO_TO_THE_32ND + (low >>> 0) : new Long(low, high);
}

export function readLong(bytes: Uint8Array, at: number): Long {
  return new Long(int32At(bytes, at), int32At(bytes, at + 4));
}

export function readDate(bytes: Uint8Array, at: number): Date {
  return new Date(int32At(bytes, at + 4) * TWO_TO_THE_32ND + (int32At(bytes, at) >>> 0));
}
