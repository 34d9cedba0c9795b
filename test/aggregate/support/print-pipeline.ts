import { ObjectId } from 'mongodb';

import { isPlainObject } from '../../../src/input/read.ts';
import { operatorsIn } from '../../../src/values/op.ts';

/** A value as the source that makes it. */
export function printPipeline(value: unknown): string {
  const operators = operatorsIn(value);
  if (operators !== undefined) return `op(${printPipeline(operators)})`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `new ObjectId('${value.toHexString()}')`;
  if (Array.isArray(value)) return `[${value.map(printPipeline).join(', ')}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, below]) => `${JSON.stringify(key)}: ${printPipeline(below)}`);
  return `{ ${entries.join(', ')} }`;
}
