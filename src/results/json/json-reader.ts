import type { Collection } from 'mongodb';

import type { JsonFormat } from '../../grammar/json-options.ts';
import { RefusedCallError } from '../../errors/refused-call-error.ts';
import type { EjsonMode } from '../../grammar/ejson-modes.ts';
import { requireIds, type IdSealer } from '../../seal/id-sealer.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { decodeOptionsOf, type DecodeOptions } from '../bson/decode-options.ts';
import { reported, type DocumentPlan, type ResultReader } from '../result-reader.ts';
import { JsonBuffer } from './json-buffer.ts';
import { PendingTexts } from './pending-texts.ts';
import { jsonDecoder, type WriteDocument } from './json-decoder.ts';

/** What JSON is written, and to where. Documents are the elements of an array, lines, or a single one. */
export interface JsonTarget {
  readonly out: JsonBuffer;
  readonly format: JsonFormat | 'single';
  readonly ejson: EjsonMode | undefined;
}

/** A decoder that writes to a buffer of its own, whose memory is lent to it for each document. */
interface SharedDecoder {
  readonly write: WriteDocument;
  readonly scratch: JsonBuffer;
  readonly ids: PendingTexts;
}

/** The decoders of each shape, one for each mode and set of options. They are collected together with the shape. */
const decoders = new WeakMap<PathNode, Map<DecodeOptions, Map<EjsonMode | undefined, SharedDecoder>>>();

/** Between documents a decoder keeps no memory of a response. */
const NOTHING = Buffer.alloc(0);

const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** A reader that appends each document to the target as JSON. It throws only errors that a caller may see. */
export function jsonReader(
  collection: Collection,
  plan: DocumentPlan,
  { out, format, ejson }: JsonTarget,
  sealer: IdSealer | undefined,
): ResultReader<true> {
  if (plan.sealed !== undefined) refusePrivileged(plan);
  const options = decodeOptionsOf(collection, plan);
  if (options.useBigInt64 && ejson === undefined) refuseBigInts(plan);
  const { write, scratch, ids } = decoderFor(plan.shape, options, ejson);
  let isFirst = true;
  const reader: ResultReader<true> = {
    prepare: () => {
      if (ids.isUsed) ids.clear();
      return reader;
    },
    finish: ids.isUsed ? () => ids.finish(out, requireIds(sealer)) : undefined,
    read: (bytes, at, end) => {
      if (format === 'array' && !isFirst) out.byte(COMMA);
      isFirst = false;
      scratch.bytes = out.bytes;
      scratch.length = out.length;
      try {
        write(bytes, at, end);
        out.bytes = scratch.bytes;
        out.length = scratch.length;
      } catch (fault) {
        throw reported(fault, plan);
      } finally {
        scratch.bytes = NOTHING;
      }
      if (format === 'ndjson') out.byte(NEWLINE);
      return true;
    },
  };
  return reader;
}

function refusePrivileged({ operation, view }: DocumentPlan): never {
  const message = 'A privileged read has no JSON: its values must not be sent.';
  throw new RefusedCallError('not_sendable', message, { operation, view });
}

function refuseBigInts({ operation, view }: DocumentPlan): never {
  const message =
    "The collection sets useBigInt64, but JSON has no 64-bit integers. Pass ejson: 'relaxed' or 'canonical', or use a collection without useBigInt64.";
  throw new RefusedCallError('option_value', message, { operation, view, path: 'useBigInt64' });
}

function decoderFor(shape: PathNode, options: DecodeOptions, mode: EjsonMode | undefined): SharedDecoder {
  const ofShape = entry(decoders, shape, () => new Map<DecodeOptions, Map<EjsonMode | undefined, SharedDecoder>>());
  const ofOptions = entry(ofShape, options, () => new Map<EjsonMode | undefined, SharedDecoder>());
  return entry(ofOptions, mode, () => {
    const scratch = new JsonBuffer(0);
    const ids = new PendingTexts();
    return { write: jsonDecoder(shape, options, scratch, mode, ids), scratch, ids };
  });
}

/** The value of a key. If the key has no value yet, one is made. */
function entry<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
