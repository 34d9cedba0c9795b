import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { FIELD_KINDS, type FieldKind } from '../grammar/agent-operators.ts';
import { readObject, readOptionEntries } from '../input/read.ts';
import type { AgentOptions, ToolCallEntry } from '../types/agent.ts';
import type { Described } from './tool-fields.ts';

/** The parsed options of `agentTools()`. */
export interface AgentSettings {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly maxTimeMS: number;
  readonly describe: ReadonlyMap<string, DescribedCollection>;
  readonly onCall: ((entry: ToolCallEntry) => unknown) | undefined;
}

/** What the program said of a collection. */
export interface DescribedCollection {
  readonly description: string | undefined;
  readonly fields: Described;
}

const CAPS = {
  maxRows: { byDefault: 50, highest: 1_000 },
  maxBytes: { byDefault: 64_000, highest: 10_000_000 },
  maxTimeMS: { byDefault: 5_000, highest: 300_000 },
} as const;

const OPTIONS: ReadonlySet<string> = new Set([
  'maxRows',
  'maxBytes',
  'maxTimeMS',
  'describe',
  'onCall',
] satisfies (keyof AgentOptions)[]);

/** Reads the options once, and refuses all others. */
export function readAgentSettings(options: unknown, call: CallContext): AgentSettings {
  const entries = new Map(readOptionEntries(options ?? {}, 'the options', call, (value) => typeof value !== 'symbol'));
  for (const name of entries.keys()) if (!OPTIONS.has(name)) refuseUnknown(name, [...OPTIONS], call);
  const capOf = (name: keyof typeof CAPS): number => readCap(entries.get(name), name, call);
  const onCall = entries.get('onCall');
  if (onCall !== undefined && typeof onCall !== 'function')
    return call.refuse('option_value', "The option 'onCall' must be a function.", 'onCall');
  return {
    maxRows: capOf('maxRows'),
    maxBytes: capOf('maxBytes'),
    maxTimeMS: capOf('maxTimeMS'),
    describe: readDescriptions(entries.get('describe'), call),
    onCall: onCall as AgentSettings['onCall'],
  };
}

function readCap(value: unknown, name: keyof typeof CAPS, call: CallContext): number {
  const { byDefault, highest } = CAPS[name];
  if (value === undefined) return byDefault;
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= highest) return value as number;
  return call.refuse('option_value', `The option ${quote(name)} must be a whole number from 1 to ${highest}.`, name);
}

function readDescriptions(value: unknown, call: CallContext): AgentSettings['describe'] {
  const entries = value === undefined ? [] : readOptionEntries(value, '`describe`', call);
  return new Map(
    entries
      .filter(([, described]) => described !== undefined)
      .map(([name, described]) => [name, readDescription(described, name, call)] as const),
  );
}

function readDescription(value: unknown, name: string, call: CallContext): DescribedCollection {
  const parts = partsOf(value, `the description of ${quote(name)}`, ['description', 'fields'], call);
  const fields = parts.has('fields') ? readObject(parts.get('fields'), `the fields of ${quote(name)}`, call) : [];
  return {
    description: readText(parts.get('description'), call),
    fields: new Map(fields.map(([path, field]) => [path, readField(field, path, call)] as const)),
  };
}

function readField(value: unknown, path: string, call: CallContext) {
  const parts = partsOf(value, `the description of ${quote(path)}`, ['description', 'kind'], call);
  const kind = parts.get('kind');
  if (kind !== undefined && !FIELD_KINDS.includes(kind as FieldKind))
    return call.refuse('option_value', `The kind of ${quote(path)} must be one of ${FIELD_KINDS.join(', ')}.`, path);
  return { description: readText(parts.get('description'), call), kind: kind as FieldKind | undefined };
}

function partsOf(
  value: unknown,
  what: string,
  names: readonly string[],
  call: CallContext,
): ReadonlyMap<string, unknown> {
  const parts = new Map(readObject(value, what, call));
  for (const name of parts.keys()) if (!names.includes(name)) refuseUnknown(name, names, call);
  return parts;
}

function readText(value: unknown, call: CallContext): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return call.refuse('option_value', 'A description must be a string.', 'description');
}

function refuseUnknown(name: string, names: readonly string[], call: CallContext): never {
  return call.refuse(
    'option_unknown',
    `${quote(name)} is not an option of agentTools(). It takes ${names.join(', ')}.`,
    name,
  );
}
