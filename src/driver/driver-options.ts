import type { Plan } from '../plan/plan.ts';
import type { CallTarget } from './target.ts';

const NO_FIELDS = Object.freeze(Object.create(null) as object);

/**
 * The options object for a method of the driver. It overrides the settings that the collection must not decide; the others are
 * the collection's.
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
 * `raw`, `fieldsAsRaw`, `ignoreUndefined` and `serializeFunctions` of a collection would change what is sent or returned.
 *
 * The driver promotes the numbers of counts and error codes by the collection's options, and compares them itself: with wrapped
 * numbers it would miss a version conflict, a duplicate key and a modified document. Stored values are decoded by the library, except
 * the values of `distinct` and the ids of an upsert, whose 64-bit integers follow the collection.
 *
 * The driver throws for a regular expression that JavaScript rejects, even in the key of a duplicate and in monitoring events. So it
 * decodes them as `BSONRegExp`.
 *
 * Each object is a literal, because the driver copies a literal faster than an object that was assembled.
 */
export function settledFor(operation: Plan['operation']): Record<string, unknown> {
  switch (operation) {
    case 'distinct':
    case 'watch':
    case 'consume':
      return {
        fieldsAsRaw: NO_FIELDS,
        ignoreUndefined: false,
        raw: false,
        serializeFunctions: false,
        bsonRegExp: true,
      };
    case 'find':
    case 'findOne':
    case 'findJson':
    case 'findOneJson':
    case 'paginate':
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
