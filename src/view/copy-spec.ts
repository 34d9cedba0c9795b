import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { VIEW_PARTS, type ViewPart } from '../grammar/view-parts.ts';
import { copyInput } from '../input/copy-input.ts';
import { isArray, isPlainObject, readArray, readObject } from '../input/read.ts';
import { SPEC_VALUES } from './spec-values.ts';

/** The specification of a view, copied once. Its objects have no prototype. What is not of the right form is copied as it is. */
export type SpecCopy = ReadonlyMap<ViewPart, unknown>;

const PARTS: ReadonlySet<string> = new Set(VIEW_PARTS);

/** Copies a specification, so that a later change of it changes no view, also none that is made by extending this one. */
export function copySpec(spec: unknown, what: string, call: CallContext): SpecCopy {
  const written = readObject(spec, what, call);
  const surplus = written.find(([part]) => !PARTS.has(part));
  if (surplus !== undefined)
    call.refuse(
      'view_value',
      `${quote(surplus[0])} is not a part of a view. The parts are ${VIEW_PARTS.join(', ')}.`,
      surplus[0],
    );
  return new Map(written.map(([part, value]) => [part as ViewPart, copyPart(part as ViewPart, value, call)] as const));
}

function copyPart(part: ViewPart, value: unknown, call: CallContext): unknown {
  if (part === 'search' && isArray(value)) return readArray(value, '`search`', call);
  if (!isPlainObject(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of readObject(value, `\`${part}\``, call, SPEC_VALUES[part]))
    copy[key] = copyEntry(part, key, entry, call);
  return copy;
}

/** Depths and defaults are copied. Validators are not: they are called by identity. */
function copyEntry(part: ViewPart, key: string, entry: unknown, call: CallContext): unknown {
  if (part === 'arrays' && isArray(entry)) return readArray(entry, `\`arrays\` at ${quote(key)}`, call);
  if (part === 'defaults' && typeof entry !== 'function') return copyInput(entry, '`defaults`', call);
  return entry;
}
