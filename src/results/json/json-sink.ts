import type { EjsonMode } from '../../grammar/ejson-modes.ts';
import type { DecodeOptions } from '../bson/decode-options.ts';
import { eachElement, eachField } from '../bson/each-value.ts';
import { fieldScan, MISSING } from '../bson/scan-fields.ts';
import { ABSENT, type PlannedField, type ReadDocument, type ReadWhole, type Sink } from '../bson/sink.ts';
import type { JsonBuffer } from './json-buffer.ts';
import type { PendingTexts } from './pending-texts.ts';
import { ejsonScalar, jsonScalar, STORED_TYPES, WRITTEN } from './json-scalar.ts';

const [COMMA, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...Buffer.from(',:[]{}')] as [
  number,
  number,
  number,
  number,
  number,
  number,
];
const NULL = Buffer.from('null');

/** A sink that writes JSON, byte for byte as `JSON.stringify` writes the objects. */
export function jsonSink(
  out: JsonBuffer,
  options: DecodeOptions,
  mode: EjsonMode | undefined,
  ids: PendingTexts,
): Sink {
  const { promoteValues } = mode === undefined ? options : STORED_TYPES;
  return {
    scalar: mode === undefined ? jsonScalar(out, options) : ejsonScalar(out, options, mode),
    id: (tag) => {
      ids.isUsed = true;
      return (_type, bytes, at) => {
        ids.add(out, bytes, at, tag);
        return WRITTEN;
      };
    },
    elements: elementsWriter(out),
    anyDocument: anyDocumentWriter(out, promoteValues),
    document: (fields) => documentWriter(out, fields, promoteValues),
  };
}

function documentWriter(out: JsonBuffer, planned: readonly PlannedField[], promotesSymbols: boolean): ReadDocument {
  const ordered = inObjectOrder(planned);
  const fields = ordered.map(({ key, read }) => ({
    read,
    first: Buffer.from(nameOf(key)),
    next: Buffer.from(`,${nameOf(key)}`),
  }));
  const found = fieldScan(
    ordered.map(({ storedKey }) => storedKey),
    promotesSymbols,
  );
  const { types, starts, ends } = found;
  return (bytes, at, end) => {
    if (!found.scan(bytes, at, end)) return undefined;
    out.byte(OPEN_OBJECT);
    let isFirst = true;
    for (let index = 0; index < fields.length; index += 1) {
      const type = types[index] as number;
      if (type === MISSING) continue;
      const { first, next, read } = fields[index] as (typeof fields)[number];
      const before = out.length;
      out.raw(isFirst ? first : next);
      if (read(type, bytes, starts[index] as number, ends[index] as number) === WRITTEN) isFirst = false;
      else out.length = before;
    }
    out.byte(CLOSE_OBJECT);
    return WRITTEN;
  };
}

/** The order in which an object has its keys: those that are array indexes come first. */
function inObjectOrder(fields: readonly PlannedField[]): readonly PlannedField[] {
  const byKey = Object.fromEntries(fields.map((field) => [field.key, field]));
  return Object.values(byKey);
}

function nameOf(key: string): string {
  return `${JSON.stringify(key)}:`;
}

function elementsWriter(out: JsonBuffer): ReadWhole {
  return (read, bytes, at, end, level) => {
    out.byte(OPEN_ARRAY);
    let isFirst = true;
    eachElement(bytes, at, end, (type, start, valueEnd) => {
      const before = out.length;
      if (!isFirst) out.byte(COMMA);
      const value = read(type, bytes, start, valueEnd, level);
      if (value === undefined) out.raw(NULL);
      if (value === ABSENT) out.length = before;
      else isFirst = false;
    });
    out.byte(CLOSE_ARRAY);
    return WRITTEN;
  };
}

interface Value {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

function anyDocumentWriter(out: JsonBuffer, promotesSymbols: boolean): ReadWhole {
  return (read, bytes, at, end, level) => {
    // Like the objects that the other sink makes, it has the last of equal keys, and indexes first.
    const values = Object.create(null) as Record<string, Value>;
    const isPlain = eachField(bytes, at, end, promotesSymbols, (key, type, start, valueEnd) => {
      values[key] = { type, start, end: valueEnd };
    });
    if (!isPlain) return undefined;
    out.byte(OPEN_OBJECT);
    let isFirst = true;
    for (const key of Object.keys(values)) {
      const value = values[key] as Value;
      const before = out.length;
      if (!isFirst) out.byte(COMMA);
      out.text(JSON.stringify(key));
      out.byte(COLON);
      if (read(value.type, bytes, value.start, value.end, level) === WRITTEN) isFirst = false;
      else out.length = before;
    }
    out.byte(CLOSE_OBJECT);
    return WRITTEN;
  };
}
