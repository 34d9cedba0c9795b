import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { OnBroadcast, OnDriverError } from '../driver/target.ts';
import { readObject } from '../input/read.ts';
import { whyRefused } from '../plan/options/parse-options.ts';
import { parseSealKeys, type SealKey } from '../seal/parse-seal-keys.ts';
import { Sealer } from '../seal/sealer.ts';
import type { PrivilegedRead } from './privileged-read.ts';

/** Settings of a privileged collection. */
export interface PrivilegedSettings {
  /** Why this code may read private data: `'login'`, `'support report'`. It is part of every record. */
  readonly reason: string;
  /** Called before each read is sent. If it throws, or its promise rejects, the read is not sent. */
  readonly onPrivilegedRead?: (read: PrivilegedRead) => void | Promise<void>;
  /** Called with the driver's own errors, which may contain values: only for the log. Errors that it throws are ignored. */
  readonly onDriverError?: OnDriverError;
  /** Called when a read goes to all shards, because its filter does not name the `shardKey` of the view. */
  readonly onBroadcast?: OnBroadcast;
  /** The keys of the view's opaque ids, as in `createSafeDb()`. */
  readonly sealKeys?: readonly SealKey[];
}

const HOOKS: ReadonlySet<string> = new Set(['onPrivilegedRead', 'onDriverError', 'onBroadcast']);

/** The parsed settings, all as own properties, so that none is read from `Object.prototype`. */
export interface ParsedSettings {
  readonly reason: string;
  readonly onPrivilegedRead: PrivilegedSettings['onPrivilegedRead'];
  readonly onDriverError: OnDriverError | undefined;
  readonly onBroadcast: OnBroadcast | undefined;
  readonly sealer: Sealer | undefined;
}

/** Reads the settings once. */
export function parsePrivilegedSettings(settings: unknown, call: CallContext): ParsedSettings {
  const entries = new Map(readObject(settings, 'the settings object', call, (value) => typeof value !== 'symbol'));
  for (const [name, value] of entries) {
    if (name === 'reason' || name === 'sealKeys') continue;
    if (!HOOKS.has(name))
      call.refuse(
        'option_unknown',
        `${quote(name)} is not a setting of a privileged collection${whyRefused(name)}. The settings are reason, sealKeys, ${[...HOOKS].join(', ')}.`,
        name,
      );
    if (typeof value !== 'function')
      call.refuse('option_value', `The setting ${quote(name)} must be a function.`, name);
  }
  const reason = entries.get('reason');
  if (typeof reason !== 'string' || reason.trim() === '') {
    return call.refuse(
      'option_value',
      'A privileged collection needs a `reason`: a few words that say why it reads private data.',
      'reason',
    );
  }
  const keys = entries.get('sealKeys');
  return {
    reason,
    sealer: keys === undefined ? undefined : new Sealer(parseSealKeys(keys, call)),
    onPrivilegedRead: entries.get('onPrivilegedRead') as PrivilegedSettings['onPrivilegedRead'],
    onDriverError: entries.get('onDriverError') as OnDriverError | undefined,
    onBroadcast: entries.get('onBroadcast') as OnBroadcast | undefined,
  };
}
