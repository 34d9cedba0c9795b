import type { CallContext } from '../../errors/call-context.ts';
import { isInputObject, NO_FIELDS, type InputObject } from '../../input/copy-input.ts';
import type { TrustedPayload } from '../../values/trusted.ts';
import type { TrustedFields } from '../options/trusted-parts.ts';
import { assertFreeFields } from './stored-value.ts';

/** A document that is the program's own as a whole: nothing can be added to it. */
export function freeDocument(
  { value, isPlain }: TrustedPayload,
  { set }: TrustedFields,
  call: CallContext,
): InputObject {
  if (set !== undefined)
    return call.refuse(
      'write_conflict',
      'The whole document was made by trusted(), so it must hold the fields of `trusted.set` too.',
      'trusted',
    );
  if (!isInputObject(value)) return call.refuse('argument_invalid', 'A trusted document must be an object of fields.');
  if (!isPlain) assertFreeFields(value, '', call);
  return value;
}

/** The fields that the program sets. What was found to be plain when it was copied is not looked through again. */
export function freeFields({ set, isPlain }: TrustedFields, call: CallContext): InputObject {
  if (set === undefined) return NO_FIELDS;
  if (!isInputObject(set)) return call.refuse('argument_invalid', 'trusted.set must be an object of fields.');
  if (!isPlain) assertFreeFields(set, '', call);
  return set;
}
