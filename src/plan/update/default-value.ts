import type { CallContext } from '../../errors/call-context.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import { makeDefault } from '../../view/parse-conventions.ts';
import type { DefaultValue } from '../../view/conventions.ts';
import { assertKind } from '../../view/assert-kind.ts';
import type { StoredTree } from '../../view/stored-tree.ts';
import { assertFree } from './stored-value.ts';

/** The value that a view's default gives a new document. */
export function defaultValue(value: DefaultValue, path: string, stored: StoredTree, call: CallContext): InputCopy {
  const made = makeDefault(value, path, call);
  assertFree(made, path, call);
  const node = stored.at(path);
  if (node !== undefined) assertKind(made, node, call);
  return made;
}
