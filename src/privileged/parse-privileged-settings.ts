import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { isPlainObject } from '../inert/read.ts';
import type { PrivilegedRead } from './privileged-read.ts';

/** What a privileged collection is made for, and who is told of its reads. */
export interface PrivilegedSettings {
  /** Why this code may read private data: `'login'`, `'support report'`. It goes into every record. */
  readonly reason: string;
  /** Told of each read before it is sent. Where it throws, or its promise rejects, the read is not sent. */
  readonly onPrivilegedRead?: (read: PrivilegedRead) => void | Promise<void>;
}

const SETTINGS: ReadonlySet<string | symbol> = new Set(['reason', 'onPrivilegedRead']);

/** Settings as they were read: each an own property, so that none is looked up on `Object.prototype`. */
export interface ParsedSettings {
  readonly reason: string;
  readonly onPrivilegedRead: PrivilegedSettings['onPrivilegedRead'];
}

/** Reads the settings once: a function is allowed here, so the reader of plain data is of no use. */
export function parsePrivilegedSettings(settings: unknown, site: Site): ParsedSettings {
  if (!isPlainObject(settings)) return site.refuse('argument', 'A privileged collection takes { reason, onPrivilegedRead }.');
  const surplus = Reflect.ownKeys(settings).find((name) => !SETTINGS.has(name));
  if (surplus !== undefined) site.refuse('option_unknown', `${quote(String(surplus))} is not a setting of a privileged collection; those are reason and onPrivilegedRead.`);
  const reason = settingIn(settings, 'reason', site);
  if (typeof reason !== 'string' || reason.trim() === '') return site.refuse('option_value', 'A privileged collection takes a `reason`: a word or two that say why it reads private data.', 'reason');
  const hook = settingIn(settings, 'onPrivilegedRead', site);
  if (hook !== undefined && typeof hook !== 'function') return site.refuse('option_value', '`onPrivilegedRead` is a function.', 'onPrivilegedRead');
  return Object.freeze({ reason, onPrivilegedRead: hook as PrivilegedSettings['onPrivilegedRead'] });
}

function settingIn(settings: object, name: string, site: Site): unknown {
  const property = Object.getOwnPropertyDescriptor(settings, name);
  if (property === undefined || Object.hasOwn(property, 'value')) return property?.value;
  return site.refuse('input', `The settings have an accessor at ${quote(name)}. Pass plain data.`, name);
}
