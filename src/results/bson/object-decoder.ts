import { append } from '../../input/append.ts';
import type { IdSealer } from '../../seal/id-sealer.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { PendingFields } from '../pending-fields.ts';
import { compileDecoder } from './compile-decoder.ts';
import type { DecodeOptions } from './decode-options.ts';
import { defineField, needsDefining } from './define-field.ts';
import { eachElement, eachField } from './each-value.ts';
import { scalarReader } from './read-scalar.ts';
import { fieldScan, MISSING } from './scan-fields.ts';
import { ABSENT, type PlannedField, type ReadDocument, type ReadWhole, type Sink } from './sink.ts';

/** Decodes raw documents into results of one shape. */
export interface Decoder {
  /** Seals the opaque ids of the documents that were read since `prepare()`. `undefined` if the shape has none. */
  readonly finish: ((sealer: IdSealer) => void) | undefined;
  /** Checks Object.prototype. Called before documents are decoded, and again if other code may have run in between. */
  prepare(): void;
  /** Decodes the document between two offsets and checks it against the shape. Throws `MalformedBson` or `DriftedValue`. */
  read(bytes: Buffer, at: number, end: number): object;
}

/** A decoder that makes the objects and values that the driver makes with these options. */
export function objectDecoder(shape: PathNode, options: DecodeOptions): Decoder {
  const keys = new Set<string>();
  const ids = new PendingFields();
  let hasIds = false;
  /** Whether Object.prototype has a projected key now. */
  let definesFields = false;
  const document = (fields: readonly PlannedField[]): ReadDocument => {
    for (const { key } of fields) keys.add(key);
    const found = fieldScan(
      fields.map(({ storedKey }) => storedKey),
      options.promoteValues,
    );
    const { types, starts, ends } = found;
    return (bytes, at, end) => {
      if (!found.scan(bytes, at, end)) return undefined;
      const result: Record<string, unknown> = {};
      for (let index = 0; index < fields.length; index += 1) {
        const type = types[index] as number;
        if (type === MISSING) continue;
        const { key, read, isOpaque } = fields[index] as PlannedField;
        const value = read(type, bytes, starts[index] as number, ends[index] as number);
        if (value === ABSENT) continue;
        if (definesFields) defineField(result, key, value);
        else result[key] = value;
        if (isOpaque) ids.note(result, key);
      }
      return result;
    };
  };
  const sink: Sink = {
    scalar: scalarReader(options),
    id: (tag) => {
      hasIds = true;
      return (_type, bytes, at) => ids.add(bytes, at, tag);
    },
    elements: readElements,
    anyDocument: anyDocumentReader(options.promoteValues),
    document,
  };
  const read = compileDecoder(shape, sink) as Decoder['read'];
  const allKeys = [...keys];
  return {
    prepare: () => {
      definesFields = allKeys.some(needsDefining);
      if (hasIds) ids.clear();
    },
    finish: hasIds ? (sealer) => ids.finish(sealer) : undefined,
    read,
  };
}

const readElements: ReadWhole = (read, bytes, at, end, level) => {
  const values: unknown[] = [];
  eachElement(bytes, at, end, (type, start, valueEnd) => {
    const value = read(type, bytes, start, valueEnd, level);
    if (value !== ABSENT) append(values, value);
  });
  return values;
};

function anyDocumentReader(promotesSymbols: boolean): ReadWhole {
  return (read, bytes, at, end, level) => {
    const result: Record<string, unknown> = {};
    const isPlain = eachField(bytes, at, end, promotesSymbols, (key, type, start, valueEnd) => {
      const value = read(type, bytes, start, valueEnd, level);
      if (needsDefining(key)) defineField(result, key, value);
      else result[key] = value;
    });
    return isPlain ? result : undefined;
  };
}
