import type { CallContext } from '../../errors/call-context.ts';
import { MOST_PATHS } from '../../grammar/size-limits.ts';
import { isInputObject, type InputObject } from '../../input/copy-input.ts';

/** Throws for more fields than a server writes in a second. It looks at the input, before anything is made of it. */
export function assertFewFields(update: InputObject, call: CallContext): void {
  let count = 0;
  for (const name of Object.keys(update)) {
    const fields = update[name];
    if (isInputObject(fields)) count += Object.keys(fields).length;
  }
  if (count > MOST_PATHS) refuseMany(call);
}

/** The paths of the filter count too if it is an upsert: the server copies them. */
export function refuseMany(call: CallContext): never {
  return call.refuse(
    'write_size',
    `An update writes at most ${MOST_PATHS.toLocaleString('en')} paths, with those that an upsert copies from its filter. Set the subtree around them, or use several updates.`,
  );
}
