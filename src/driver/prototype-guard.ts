import { DatabaseError } from '../errors/database-error.ts';
import { RefusedCallError } from '../errors/refused-call-error.ts';

/** The operation to be sent, such as a plan. */
interface Work {
  readonly operation: string;
  readonly view?: string | undefined;
}

/** The built-in keys of `Object.prototype`, in the order in which V8 lists them. */
const BUILT_IN_KEYS: readonly unknown[] = [
  'constructor',
  '__defineGetter__',
  '__defineSetter__',
  'hasOwnProperty',
  '__lookupGetter__',
  '__lookupSetter__',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toString',
  'valueOf',
  '__proto__',
  'toLocaleString',
];

const BUILT_IN: ReadonlySet<unknown> = new Set(BUILT_IN_KEYS);

interface Pollution {
  readonly prototype: string;
  readonly key: string;
}

/**
 * Nothing is sent, and no answer is returned, while `Object.prototype` or `Array.prototype` has a key that is not built in and that
 * the driver or its BSON serializer could read. The driver reads its options, commands and answers through `Object.prototype`, so any
 * key there counts. Polyfills add methods to `Array.prototype`, which the driver does not read; so there only indexes, enumerable keys
 * and `toBSON` count.
 *
 * This is checked when a call begins, again when the driver is about to write the command (`SendSignal`), and when the answer arrives.
 */
export function assertPrototypeIsClean(work: Work): void {
  const pollution = findPollution();
  if (pollution === undefined) return;
  const what = `${pollution.prototype} has '${pollution.key}', which could change the command or its answer.`;
  throw new RefusedCallError(
    'prototype_polluted',
    `${what} Nothing was sent. Find the code that sets it, and remove it.`,
    { operation: work.operation, view: work.view, path: pollution.key },
  );
}

/** The same during a call, when a command may have been sent. */
export function assertPrototypeStayedClean(work: Work): void {
  const error = pollutionDuring(work);
  if (error !== undefined) throw error;
}

/** The error of a call if a prototype is polluted now. */
export function pollutionDuring(work: Work): DatabaseError | undefined {
  const pollution = findPollution();
  if (pollution === undefined) return undefined;
  const what = `${pollution.prototype} got '${pollution.key}' during ${work.operation}(), which could change the command or its answer.`;
  const message = `${what} Find the code that sets it, and remove it. Then read again; after a write, check what is stored.`;
  const context = { operation: work.operation, view: work.view, path: pollution.key };
  return new DatabaseError('prototype_polluted', message, context, { labels: [] });
}

function findPollution(): Pollution | undefined {
  const keys = Reflect.ownKeys(Object.prototype);
  for (let index = 0; index < keys.length; index += 1) {
    if (!isBuiltIn(keys[index], index)) return { prototype: 'Object.prototype', key: String(keys[index]) };
  }
  const element = keyOfArrays();
  if (element !== undefined) return { prototype: 'Array.prototype', key: element };
  return bsonWriterIsMisled() ? { prototype: 'A prototype', key: 'toBSON' } : undefined;
}

/** Comparing with the usual order is faster than a look-up. */
function isBuiltIn(key: unknown, index: number): boolean {
  return key === BUILT_IN_KEYS[index] || BUILT_IN.has(key);
}

function keyOfArrays(): string | undefined {
  const arrays: object = Array.prototype;
  for (const key in arrays) return key;
  if (Array.prototype.length > 0) {
    // Indexes are listed before 'length'. There may be none: deleting an element leaves the length as it is.
    const first = Reflect.ownKeys(Array.prototype)[0];
    if (first !== 'length') return String(first);
  }
  if ('toBSON' in Array.prototype) return 'toBSON';
  return '_bsontype' in Array.prototype ? '_bsontype' : undefined;
}

/** Whether a prototype has `toBSON`: the BSON serializer looks for it on every value, including primitives. Each prototype is written out because that is fastest in V8. */
function bsonWriterIsMisled(): boolean {
  return (
    'toBSON' in String.prototype ||
    'toBSON' in Number.prototype ||
    'toBSON' in Boolean.prototype ||
    'toBSON' in BigInt.prototype ||
    'toBSON' in Date.prototype ||
    'toBSON' in Uint8Array.prototype ||
    'toBSON' in RegExp.prototype ||
    'toBSON' in Map.prototype
  );
}
