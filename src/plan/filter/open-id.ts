import { ObjectId } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, type InputCopy } from '../../input/copy-input.ts';

/** The opaque id that a value is for. */
export interface Openable {
  readonly tag: number;
}

/**
 * The stored id for a value that a caller wrote at an opaque id: a sealed text, or `null`. Throws for everything else. What does not open is
 * refused and not taken for an id that no document has: with `$ne` that would match every document.
 */
export function openId(
  value: InputCopy,
  { tag }: Openable,
  path: string,
  call: CallContext,
  code: 'filter_value' | 'write_value' = 'filter_value',
): ObjectId | null {
  if (value === null) return null;
  if (typeof value !== 'string')
    return call.refuse(
      code,
      `${quote(path)} is an opaque id: it takes the text that a result has there, and not a stored id.`,
      path,
    );
  // A collection whose view has opaque ids can't be made without keys. Without them, nothing opens.
  const opened = call.ids?.open(value, tag);
  if (opened !== undefined) return new ObjectId(opened);
  return call.refuse(
    'opaque_id_invalid',
    `${quote(path)} is not an id of this view: it was changed, it belongs to another view, or its key is no longer in sealKeys. Answer as for a document that does not exist.`,
    path,
  );
}

/** The same for a value that is stored, which may be an array of ids. */
export function openIds(value: InputCopy, id: Openable, path: string, call: CallContext): InputCopy {
  return isInputArray(value)
    ? (value.map((each) => openIds(each, id, path, call)) as unknown as InputCopy)
    : (openId(value, id, path, call, 'write_value') as InputCopy);
}
