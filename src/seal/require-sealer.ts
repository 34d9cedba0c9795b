import type { CallContext } from '../errors/call-context.ts';
import type { Sealer } from './sealer.ts';

/** The sealer of a collection. Throws if it was made without keys. */
export function requireSealer(sealer: Sealer | undefined, call: CallContext): Sealer {
  return (
    sealer ??
    call.refuse(
      'seal_keys_missing',
      `${call.operation}() seals what it hands out, and needs a key: pass sealKeys to createSafeDb(), or to new SafeCollection().`,
      'sealKeys',
    )
  );
}
