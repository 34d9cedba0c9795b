import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { isLeafValue } from '../../view/leaf-kind.ts';
import { pathFault } from '../../view/path.ts';

/** Throws unless a caller's value for a leaf consists of scalars. The depth of its arrays is checked elsewhere (`assertKind`). */
export function assertLeaf(value: InputCopy, path: string, call: CallContext): void {
  if (isLeafValue(value)) return;
  call.refuse('write_value', `${quote(path)} is a leaf: it takes scalars, not an object.`, path);
}

/**
 * Throws unless a value is plain data whose keys the server would store unchanged. Used for the program's own values, and for a
 * caller's below a subtree.
 */
export function assertFree(value: InputCopy, path: string, call: CallContext): void {
  if (isInputObject(value)) return assertFreeFields(value, `${path}.`, call);
  if (!isInputArray(value)) return assertLeaf(value, path, call);
  for (const element of value) assertFree(element, path, call);
}

/** The same for fields whose paths begin with a prefix. */
export function assertFreeFields(fields: InputObject, prefix: string, call: CallContext): void {
  for (const key of Object.keys(fields)) {
    const path = `${prefix}${key}`;
    checkKey(key, path, call);
    assertFree(fields[key], path, call);
  }
}

/** The driver recognises BSON classes by this key. */
export const RESERVED_KEY = '_bsontype';

/** Refuses a key that looks like a path or an operator, which the server would store literally, and the driver's own key. */
export function checkKey(key: string, path: string, call: CallContext): void {
  if (key.includes('.'))
    call.refuse(
      'write_path',
      `${quote(key)} has a dot and would be stored literally: write nested objects instead.`,
      path,
    );
  const fault = key === RESERVED_KEY ? `${quote(key)} is reserved by the driver` : pathFault(key);
  if (fault !== undefined) call.refuse('write_path', `${fault}.`, path);
}
