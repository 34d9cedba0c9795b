import type { EjsonMode } from '../../grammar/ejson-modes.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { compileDecoder } from '../bson/compile-decoder.ts';
import type { DecodeOptions } from '../bson/decode-options.ts';
import type { JsonBuffer } from './json-buffer.ts';
import { jsonSink } from './json-sink.ts';
import { PendingTexts } from './pending-texts.ts';

/** Writes the document between two offsets as JSON. Throws `MalformedBson` or `DriftedValue`. */
export type WriteDocument = (bytes: Buffer, at: number, end: number) => void;

/** A decoder that writes JSON to a buffer. It checks the same as the one that makes objects. */
export function jsonDecoder(
  shape: PathNode,
  options: DecodeOptions,
  out: JsonBuffer,
  mode: EjsonMode | undefined,
  ids = new PendingTexts(),
): WriteDocument {
  return compileDecoder(shape, jsonSink(out, options, mode, ids));
}
