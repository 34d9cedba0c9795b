import { quote } from '../errors/quote.ts';
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

/** Throws if a view has opaque ids, and the collection has no keys to seal them with. */
export function assertIdKeys(
  { opaque }: { readonly opaque: { readonly isEmpty: boolean } },
  sealer: Sealer | undefined,
  view: string,
  call: CallContext,
): void {
  if (opaque.isEmpty || sealer !== undefined) return;
  call.refuse(
    'seal_keys_missing',
    `The view ${quote(view)} has opaque ids, which are sealed: pass sealKeys to createSafeDb(), or to new SafeCollection().`,
    'sealKeys',
  );
}
