import type { Collection } from 'mongodb';

import { DatabaseError } from '../errors/database-error.ts';
import { driftError } from '../errors/drift.ts';
import { quote } from '../errors/quote.ts';
import { markResult, type ShapedPlan } from './mark-result.ts';
import { DriftedValue, MalformedBson } from './bson/decode-fault.ts';
import { decodeOptionsOf, type DecodeOptions } from './bson/decode-options.ts';
import { requireIds, type IdSealer } from '../seal/id-sealer.ts';
import type { PathNode } from '../view/path-tree.ts';
import { objectDecoder, type Decoder } from './bson/object-decoder.ts';

/** The decoders of each shape, one for each set of options. They are collected together with the shape. */
const decoders = new WeakMap<PathNode, Map<DecodeOptions, Decoder>>();

/** A plan that returns documents. */
export interface DocumentPlan extends ShapedPlan {
  readonly operation: string;
  readonly view: string;
}

/** Decodes raw documents: to results of the plan's shape, which it marks or seals, or to something else, such as JSON. */
export interface ResultReader<T = object> {
  /** Called before documents are decoded, and again if other code may have run in between. */
  prepare(): ResultReader<T>;
  read(bytes: Buffer, at: number, end: number): T;
  /** Called after documents are decoded and before they are used: it seals their opaque ids. `undefined` if they have none. */
  readonly finish: (() => void) | undefined;
}

/** The reader for a plan. It throws only errors that a caller may see. */
export function resultReader(collection: Collection, plan: DocumentPlan, sealer: IdSealer | undefined): ResultReader {
  const decoder = decoderFor(plan.shape, decodeOptionsOf(collection, plan));
  const { finish } = decoder;
  const reader: ResultReader = {
    finish: finish === undefined ? undefined : () => finish(requireIds(sealer)),
    prepare: () => {
      decoder.prepare();
      return reader;
    },
    read: (bytes, at, end) => {
      try {
        return markResult(decoder.read(bytes, at, end), plan);
      } catch (fault) {
        throw reported(fault, plan);
      }
    },
  };
  return reader;
}

/** Reads one raw document. */
export function readResult<T>(document: unknown, reader: ResultReader<T>): T {
  const bytes = asBuffer(document);
  const result = reader.prepare().read(bytes, 0, bytes.length);
  reader.finish?.();
  return result;
}

/** Casts a raw document. The driver returns a Buffer, but its types say document. */
export function asBuffer(document: unknown): Buffer {
  if (Buffer.isBuffer(document)) return document;
  if (document instanceof Uint8Array) return Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  throw new TypeError('The driver did not answer with a raw document.');
}

/** The error that a caller sees for a fault of the decoder. */
export function reported(fault: unknown, { operation, view }: DocumentPlan): unknown {
  if (fault instanceof DriftedValue) return driftError(operation, view, fault.path);
  if (!(fault instanceof MalformedBson)) return fault;
  const what = `a document is not well-formed BSON, ${fault.message}. Check it with the raw driver.`;
  const message = `${operation}() on ${quote(view)} failed: ${what}`;
  return new DatabaseError('bson_invalid', message, { operation, view }, { labels: [] });
}

/** The decoder for a shape, compiled once. */
function decoderFor(shape: PathNode, options: DecodeOptions): Decoder {
  let ofShape = decoders.get(shape);
  if (ofShape === undefined) decoders.set(shape, (ofShape = new Map<DecodeOptions, Decoder>()));
  let decoder = ofShape.get(options);
  if (decoder === undefined) ofShape.set(options, (decoder = objectDecoder(shape, options)));
  return decoder;
}
