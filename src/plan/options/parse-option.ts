import { types } from 'node:util';

import { ClientSession, ReadConcern, ReadPreference } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isAbortSignal } from '../../input/abort-signal.ts';
import { isInputObject, copyInput } from '../../input/copy-input.ts';
import { COLLATION_FIELDS, COLLATION_VALUES } from '../../grammar/collation-fields.ts';
import type { PassedOption } from '../../grammar/method-options.ts';
import { READ_CONCERN_LEVELS, READ_PREFERENCE_MODES } from '../../grammar/read-settings.ts';
import { refuseLooseScope } from '../scope/collation.ts';
import type { WriteConcernField } from '../../grammar/write-concern-fields.ts';

type ParseOption = (value: unknown, name: string, call: CallContext) => unknown;

const READ_CONCERNS: ReadonlySet<unknown> = new Set(READ_CONCERN_LEVELS);
const READ_PREFERENCES: ReadonlySet<unknown> = new Set(READ_PREFERENCE_MODES);

/** The fields of a collation, each with the type that the server takes. */
const COLLATION_TYPES: ReadonlyMap<string, string> = new Map(Object.entries(COLLATION_FIELDS));
const COLLATION_CHOICES: ReadonlyMap<string, readonly unknown[]> = new Map(Object.entries(COLLATION_VALUES));

interface ConcernCheck {
  readonly takes: string;
  readonly isValid: (setting: unknown) => boolean;
}

const LONGEST_TIME = 2 ** 31 - 1;

const CONCERN_CHECKS = {
  w: { takes: "a positive integer or 'majority'", isValid: (w: unknown) => w === 'majority' || isPositive(w) },
  journal: { takes: 'true or false', isValid: (journal: unknown) => typeof journal === 'boolean' },
  wtimeoutMS: {
    takes: 'an integer of 0 or more',
    isValid: (time: unknown) => isCount(time),
  },
} satisfies Record<WriteConcernField, ConcernCheck>;

/** The fields of a write concern, each with its check and what the check allows. */
const WRITE_CONCERN_CHECKS: ReadonlyMap<string, ConcernCheck> = new Map<string, ConcernCheck>(
  Object.entries(CONCERN_CHECKS),
);

/** The options that are passed to the driver, each with its parser. */
const PARSERS = {
  limit: positive,
  batchSize: positive,
  skip: count,
  maxTimeMS: milliseconds,
  allowDiskUse: flag,
  noCursorTimeout: flag,
  comment: text,
  ordered: flag,
  upsert: flag,
  returnDocument: returnDocument,
  writeConcern: writeConcern,
  collation: collation,
  readConcern: readConcern,
  readPreference: readPreference,
  session: session,
  signal: signal,
} satisfies Record<PassedOption, ParseOption>;

/** Checks one option that a method has by a name of its own. */
export function parseOption(name: PassedOption, value: unknown, call: CallContext): unknown {
  return PARSERS[name](value, name, call);
}

export const PASSED_OPTIONS: ReadonlyMap<string, ParseOption> = new Map(Object.entries(PARSERS));

function refuse(call: CallContext, name: string, takes: string): never {
  return call.refuse('option_value', `The option ${quote(name)} must be ${takes}.`, name);
}

/** A positive integer. `0` means "no limit" to the driver, so `?limit=0` would return every row. */
function positive(value: unknown, name: string, call: CallContext): unknown {
  return isPositive(value) ? value : refuse(call, name, 'a positive integer; leave it out for no limit');
}

function isPositive(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function count(value: unknown, name: string, call: CallContext): unknown {
  return isCount(value) ? value : refuse(call, name, 'an integer of 0 or more');
}

/** Milliseconds, in 32 bits as on the server. */
function milliseconds(value: unknown, name: string, call: CallContext): unknown {
  return isCount(value) && value <= LONGEST_TIME ? value : refuse(call, name, `an integer from 0 to ${LONGEST_TIME}`);
}

function flag(value: unknown, name: string, call: CallContext): unknown {
  return typeof value === 'boolean' ? value : refuse(call, name, 'true or false');
}

function text(value: unknown, name: string, call: CallContext): unknown {
  return typeof value === 'string' ? value : refuse(call, name, 'a string');
}

function returnDocument(value: unknown, name: string, call: CallContext): unknown {
  return value === 'before' || value === 'after' ? value : refuse(call, name, "'before' or 'after'");
}

/**
 * A write concern. `w: 0` is refused, because an unacknowledged write may have failed. An empty one is refused, because the driver
 * would use the collection's instead.
 */
function writeConcern(value: unknown, name: string, call: CallContext): unknown {
  const fields = copyInput(value, 'the write concern', call);
  if (!isInputObject(fields) || Object.keys(fields).length === 0)
    return refuse(call, name, 'an object with w, journal or wtimeoutMS');
  for (const field of Object.keys(fields)) {
    const rule = WRITE_CONCERN_CHECKS.get(field);
    if (rule?.isValid(fields[field]) !== true)
      refuse(call, `writeConcern.${field}`, rule?.takes ?? 'left out; a write concern has w, journal and wtimeoutMS');
  }
  return fields;
}

function collation(value: unknown, name: string, call: CallContext): unknown {
  const fields = copyInput(value, 'the collation', call);
  if (!isInputObject(fields) || typeof fields['locale'] !== 'string' || fields['locale'] === '')
    return refuse(call, name, 'an object with `locale`');
  for (const field of Object.keys(fields)) {
    const type = COLLATION_TYPES.get(field);
    if (typeof fields[field] !== type)
      refuse(call, `collation.${field}`, type === undefined ? 'left out; a collation has no such field' : `a ${type}`);
    const values = COLLATION_CHOICES.get(field);
    if (values?.includes(fields[field]) === false) refuse(call, `collation.${field}`, `one of ${values.join(', ')}`);
  }
  refuseLooseScope(fields, call);
  return fields;
}

function readConcern(value: unknown, name: string, call: CallContext): unknown {
  const level = isInstance(value, ReadConcern) ? ownField(value, 'level') : levelOf(value, call);
  return READ_CONCERNS.has(level)
    ? new ReadConcern(level as never)
    : refuse(call, name, 'a read concern level, or { level }');
}

function levelOf(value: unknown, call: CallContext): unknown {
  const copied = copyInput(value, 'the read concern', call);
  return isInputObject(copied) && Object.keys(copied).length === 1 ? copied['level'] : copied;
}

function readPreference(value: unknown, name: string, call: CallContext): unknown {
  if (READ_PREFERENCES.has(value)) return new ReadPreference(value as never);
  if (!isInstance(value, ReadPreference)) return refuse(call, name, 'a read preference mode or a ReadPreference');
  const [mode, tags] = [ownField(value, 'mode'), ownField(value, 'tags')];
  const maxStalenessSeconds = ownField(value, 'maxStalenessSeconds') as number | undefined;
  if (!READ_PREFERENCES.has(mode)) return refuse(call, `${name}.mode`, 'a read preference mode');
  if (maxStalenessSeconds !== undefined && !isPositive(maxStalenessSeconds))
    return refuse(call, `${name}.maxStalenessSeconds`, 'a positive integer');
  const copied = tags === undefined ? [] : copyInput(tags, 'the tags', call);
  if (!Array.isArray(copied)) return refuse(call, `${name}.tags`, 'an array of tag sets');
  return new ReadPreference(mode as never, copied, maxStalenessSeconds === undefined ? {} : { maxStalenessSeconds });
}

/** Whether a value is an instance of a class of the driver. `instanceof` would run the code of a proxy, also of one among the prototypes. */
function isInstance<T>(value: unknown, type: { readonly prototype: T }): value is T & object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  return Object.getPrototypeOf(value) === type.prototype;
}

/** What the driver's constructor stored. An accessor in its place is the caller's code, and is not run. */
function ownField(holder: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, name)?.value;
}

/** A session. It is not copied, because the driver recognises sessions by identity. It is checked again before it is used (`isOwnSession`). */
function session(value: unknown, name: string, call: CallContext): unknown {
  return isInstance(value, ClientSession) ? value : refuse(call, name, 'a ClientSession of the driver');
}

/** An abort signal. The driver never gets it, but a signal of the library that follows it. */
function signal(value: unknown, name: string, call: CallContext): unknown {
  return isAbortSignal(value) ? value : refuse(call, name, 'an AbortSignal');
}
