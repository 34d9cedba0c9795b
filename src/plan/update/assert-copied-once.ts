import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { collisionIn } from '../../view/path-tree.ts';
import type { CopiedEquality } from './upsert-equalities.ts';

/**
 * The server can't make a document if the filter of an upsert demands two values at one path, or one at a path and one below it (mongod
 * 6.0.5, code 54). It says so only if nothing matches, so such an upsert would work until the document is gone.
 */
export function assertCopiedOnce(copied: readonly CopiedEquality[], call: CallContext): void {
  const sure = copied.filter(({ isSure, values }) => isSure && values.length > 0);
  const several = sure.find(({ values }) => values.length > 1);
  if (several !== undefined) refuse(several.path, several.path, call);
  const collision = collisionIn(sure.map(({ path }) => path));
  if (collision !== undefined) refuse(collision.path, collision.other, call);
}

function refuse(path: string, other: string, call: CallContext): never {
  const where = path === other ? `two values at ${quote(path)}` : `values at ${quote(path)} and ${quote(other)}`;
  call.refuse(
    'write_conflict',
    `The filter of an upsert demands ${where}, so the server could not make the document. Demand one, or use $elemMatch for an array.`,
    path,
  );
}
