import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { collisionIn } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { CopiedEquality } from './upsert-equalities.ts';

/**
 * The server can't make a document if the filter of an upsert demands two values at one path, or one at a path and one below it (mongod
 * 6.0.5, code 54). It says so only if nothing matches, so such an upsert would work until the document is gone.
 */
export function assertCopiedOnce(copied: readonly CopiedEquality[], call: CallContext<ViewPolicy>): void {
  const sure = copied.filter(({ isSure, values }) => isSure && values.length > 0);
  const several = sure.find(({ values }) => values.length > 1);
  if (several !== undefined) refuse(several.path, several.path, call);
  const collision = collisionIn(sure.map(({ path }) => path));
  if (collision !== undefined) refuse(collision.path, collision.other, call);
}

function refuse(path: string, other: string, call: CallContext<ViewPolicy>): never {
  const [name, otherName] = [path, other].map((stored) => call.policy.opaque.nameOf(stored)) as [string, string];
  const where =
    name === otherName ? `two values at ${quote(name)}` : `values at ${quote(name)} and ${quote(otherName)}`;
  call.refuse(
    'write_conflict',
    `The filter of an upsert demands ${where}, so the server could not make the document. Demand one, or use $elemMatch for an array.`,
    name,
  );
}
