import type { CallContext } from '../../errors/call-context.ts';
import { isDocument, type Emitted } from '../emit.ts';
import { hasNearOperator } from './parse-geo.ts';

/** Throws for `$near` in a filter that is sent as a stage of a pipeline, as by `countDocuments()`: the server takes it only in a find or a write. */
export function assertNoNear(filter: Emitted, call: CallContext): void {
  if (!holdsNear(filter)) return;
  call.refuse(
    'filter_operator',
    `$near and $nearSphere are not allowed in ${call.operation}(), because the server takes no order by distance there. Use $geoWithin with $centerSphere.`,
  );
}

function holdsNear(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(holdsNear);
  return isDocument(part) && (hasNearOperator(part) || Object.values(part).some(holdsNear));
}
