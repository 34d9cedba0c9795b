import { RefusedCallError } from '../errors/refused-call-error.ts';
import { swallows, swallowedIndex } from '../inert/swallows.ts';
import { emit } from '../plan/emit.ts';
import type { Plan } from '../plan/plan.ts';
import { carriesDriverName } from './carries-driver-name.ts';

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
  // A write of a version that matches nothing looks for the document of another one.
  const read = work.model?.unversioned === undefined ? READ[work.operation] : [...READ[work.operation], ...READ.findOne];
  const names = Object.getOwnPropertyNames(Object.prototype);
  const key = names.find((name) => (read.includes(name) || swallows(Object.prototype, name)) && carriesDriverName(emit(name, true)));
  if (key !== undefined) refuse(work, key);
}

function refuse({ operation, view }: Work, key: string, prototype = 'Object.prototype'): never {
  throw new RefusedCallError(
    'prototype_polluted',
    `${prototype} has '${key}', which would change the command or its answer. Find what set it; nothing was sent.`,
    { operation, ...(view === undefined ? {} : { view }), path: key },
  );
}
