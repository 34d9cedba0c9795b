import { DatabaseError } from '../errors/database-error.ts';
import { RefusedCallError } from '../errors/refused-call-error.ts';
import { swallows, swallowedIndex } from '../inert/swallows.ts';
import { emit } from '../plan/emit.ts';
import type { Plan } from '../plan/plan.ts';
import { carriesDriverName } from './carries-driver-name.ts';
import { pinnedFor } from './pinned-options.ts';

/** What is about to be sent. A plan is one. */
interface Work {
  readonly operation: Plan['operation'] | 'withTransaction';
  readonly view?: string;
  readonly models?: readonly unknown[];
  readonly model?: { readonly unversioned?: unknown };
}

/**
 * What the driver reads from objects of its own (driver 7.9), where no option can be pinned: from the options of its sessions
 * and of the commands by which it closes a cursor or ends a transaction; from commands, write concerns and statements; from
 * answers.
 */
const READ_ALWAYS = [
  '__nodejs_mock_server__', 'abortTransaction', 'clusterTime', 'commitTransaction', 'compressor', 'exhaustAllowed', 'initialClusterTime',
  'moreToCome', 'pinnedConnection', 'readConcern', 'readPreference', 'rejection', 'snapshot', 'socketTimeoutMS',
  'writeConcern',
];
const READ_BY_READS = [...READ_ALWAYS, 'encryptedResponse', 'timeoutMS', 'transform'];
const READ_BY_CURSORS = [...READ_BY_READS, 'comment', 'maxAwaitTimeMS', 'signal', 'willRetryWrite'];
const READ_BY_WRITES = [...READ_ALWAYS, 'code', 'fsync', 'j', 'journal', 'w', 'writeErrors', 'wtimeout', 'wtimeoutMS'];
const READ_BY_UPDATES = [...READ_BY_WRITES, 'multi'];
const READ_BY_BULKS = [
  ...READ_BY_UPDATES, 'arrayFilters', 'bypassDocumentValidation', 'causalConsistency', 'collation', 'hint', 'result', 'sort', 'upserted',
];

const READ: Readonly<Record<Work['operation'], readonly string[]>> = {
  find: READ_BY_CURSORS,
  aggregate: READ_BY_CURSORS,
  findOne: READ_BY_READS,
  exists: READ_BY_READS,
  countDocuments: READ_BY_READS,
  distinct: READ_ALWAYS,
  estimatedDocumentCount: READ_ALWAYS,
  insertOne: READ_BY_WRITES,
  updateOne: READ_BY_UPDATES,
  updateMany: READ_BY_UPDATES,
  deleteOne: READ_BY_WRITES,
  deleteMany: READ_BY_WRITES,
  findOneAndUpdate: READ_BY_WRITES,
  findOneAndDelete: READ_BY_WRITES,
  insertMany: READ_BY_BULKS,
  bulkWrite: READ_BY_BULKS,
  withTransaction: [...READ_BY_WRITES, ...READ_BY_CURSORS, 'aspects', 'maxTimeMS'],
};

/**
 * Ends the call where Object.prototype carries a key that would reach the command. `toBSON` and `_bsontype` are obeyed by the
 * BSON writer on every object that it meets.
 */
export function assertPrototypeIsClean(work: Work): void {
  if ('toBSON' in Object.prototype) refuse(work, 'toBSON');
  if ('_bsontype' in Object.prototype) refuse(work, '_bsontype');
  if (carriesDriverName(Object.prototype)) assertUnread(work);
  const index = swallowedIndex(work.models?.length);
  if (index !== undefined) refuse(work, String(index), 'Array.prototype');
}

function assertUnread(work: Work): void {
  const key = keyOnPrototype(work, {});
  if (key !== undefined) refuse(work, key);
}

/**
 * Ends a read whose options were not pinned where a key has come onto Object.prototype while it was under way. A command was sent,
 * so this is no refusal.
 */
export function assertPrototypeStayedClean(plan: Plan): void {
  if (!carriesDriverName(Object.prototype)) return;
  const key = keyOnPrototype(plan, pinnedFor(plan.operation));
  if (key === undefined) return;
  const { operation, view } = plan;
  const message = `Object.prototype got '${key}' during ${operation}(), which may have changed the command or its answer. Find what set it, and read again.`;
  throw new DatabaseError('prototype_polluted', message, { operation, view, path: key }, { labels: [] });
}

/** A key of Object.prototype that would reach the driver: one of the options, or what it reads from, or sets on, objects of its own. */
function keyOnPrototype(work: Work, options: object): string | undefined {
  // A write of a version that matches nothing looks for the document of another one.
  const read = work.model?.unversioned === undefined ? READ[work.operation] : [...READ[work.operation], ...READ.findOne];
  const isObeyed = (name: string): boolean =>
    Object.hasOwn(options, name) || ((read.includes(name) || swallows(Object.prototype, name)) && carriesDriverName(emit(name, true)));
  return Object.getOwnPropertyNames(Object.prototype).find(isObeyed);
}

function refuse({ operation, view }: Work, key: string, prototype = 'Object.prototype'): never {
  throw new RefusedCallError(
    'prototype_polluted',
    `${prototype} has '${key}', which would change the command or its answer. Find what set it; nothing was sent.`,
    { operation, ...(view === undefined ? {} : { view }), path: key },
  );
}
