import type { Plan } from '../plan/plan.ts';
import type { CallTarget } from './target.ts';

const NO_FIELDS = Object.freeze(Object.create(null) as object);

/**
 * The options object for a method of the driver. It begins with what the collection's own settings must not decide; the rest is
 * left to the collection.
 */
export function driverOptions(
  { session, signal }: CallTarget,
  plan: Plan,
  planned: object = {},
  operation: Plan['operation'] = plan.operation,
): Record<string, unknown> {
  const options = Object.assign(settledFor(operation), plan.options, planned, { signal });
  if (session !== undefined) Object.assign(options, { session });
  return options;
}

/**
 * `raw`, `fieldsAsRaw`, `ignoreUndefined` and `serializeFunctions` of a collection would change what is sent or what comes back.
 *
 * The driver reads counts and the codes of errors by the promotion of numbers, and compares them itself: a collection that has its
 * numbers wrapped would miss a version conflict, a duplicate key and a modified document. What is stored is decoded here, apart from
 * the values of `distinct` and the ids of an upsert, which are 64-bit integers as the collection says.
 *
 * The driver fails at a regular expression that JavaScript rejects, in the key of a duplicate and in the events of its monitoring too:
 * so it reads them as BSON's own.
 *
 * Each object is written out, because the driver copies the object of a literal faster than one that was put together.
 */
function settledFor(operation: Plan['operation']): Record<string, unknown> {
  switch (operation) {
    case 'distinct':
      return {
        fieldsAsRaw: NO_FIELDS,
        ignoreUndefined: false,
        raw: false,
        serializeFunctions: false,
        bsonRegExp: true,
      };
    case 'find':
    case 'findOne':
    case 'exists':
    case 'aggregate':
    case 'countDocuments':
    case 'estimatedDocumentCount':
      return {
        fieldsAsRaw: NO_FIELDS,
        ignoreUndefined: false,
        raw: false,
        serializeFunctions: false,
        bsonRegExp: true,
        promoteLongs: true,
        promoteValues: true,
        useBigInt64: false,
      };
    default:
      return {
        fieldsAsRaw: NO_FIELDS,
        ignoreUndefined: false,
        raw: false,
        serializeFunctions: false,
        bsonRegExp: true,
        promoteLongs: true,
        promoteValues: true,
      };
  }
}
