import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isWithin } from '../../view/path.ts';
import { placeAt, WrongWay } from '../../view/stored-place.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { StoredTree } from '../../view/stored-tree.ts';
import type { CopiedEquality } from './upsert-equalities.ts';

/**
 * An upsert copies an equality of the filter literally: on an array it would store a single value, and through an array an object.
 * So this is refused unless `set` has the path: what the update and the defaults of the view set in a new document anyway.
 */
export function assertCopiedKinds(
  copied: readonly CopiedEquality[],
  set: readonly string[],
  call: CallContext<ViewPolicy>,
): void {
  const { stored, opaque } = call.policy;
  const wrong = copied.find((each) => !isKind(each, stored) && !set.some((path) => isWithin(each.path, path)));
  if (wrong === undefined) return;
  const name = opaque.nameOf(wrong.path);
  call.refuse(
    'write_value',
    `An upsert copies ${quote(name)} from the filter into the new document as a single value, but the view has an array there or above it, or a leaf above it. Set it in $setOnInsert, or filter with $elemMatch.`,
    name,
  );
}

/** How deep the arrays of a value are. An empty one may be of any greater depth. */
function depthOf(value: unknown): number {
  return Array.isArray(value) ? 1 + Math.max(0, ...value.map(depthOf)) : 0;
}

function isKind({ path, values }: CopiedEquality, stored: StoredTree): boolean {
  if (values.length === 0) return true;
  const place = placeAt(path, stored);
  if (place instanceof WrongWay) return false;
  const depths = place?.depths;
  return depths === undefined || values.every((value) => value === null || depths.includes(depthOf(value)));
}
