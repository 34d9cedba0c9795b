import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import {
  emptyFields,
  inputObject,
  isInputObject,
  type InputCopy,
  type InputFields,
  type InputObject,
} from '../../input/copy-input.ts';

/**
 * Merges a caller's fields and the program's into a new document. A path in both is an error. An array comes entirely from one of
 * them: if elements were merged, a caller could choose which private value is next to its own.
 */
export function mergeTrusted(input: InputObject, set: InputObject, call: CallContext, prefix = ''): InputFields {
  const merged = Object.assign(emptyFields(), input);
  for (const key of Object.keys(set)) {
    merged[key] = Object.hasOwn(input, key) ? mergeField(input[key], set[key], `${prefix}${key}`, call) : set[key];
  }
  return merged;
}

function mergeField(input: InputCopy, set: InputCopy, path: string, call: CallContext): InputObject {
  if (isInputObject(input) && isInputObject(set)) return inputObject(mergeTrusted(input, set, call, `${path}.`));
  return call.refuse(
    'write_conflict',
    `${quote(path)} is in the input and in \`trusted\`: only one of them may set it.`,
    path,
  );
}
