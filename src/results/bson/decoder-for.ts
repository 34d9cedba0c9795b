import type { PathNode } from '../../view/path-tree.ts';
import { compileDecoder, type Decoder } from './compile-decoder.ts';
import type { DecodeOptions } from './decode-options.ts';

/** The decoders of each shape, one for each set of options. They are collected together with the shape. */
const decoders = new WeakMap<PathNode, Map<DecodeOptions, Decoder>>();

/** The decoder for a shape, compiled once. */
export function decoderFor(shape: PathNode, options: DecodeOptions): Decoder {
  let ofShape = decoders.get(shape);
  if (ofShape === undefined) decoders.set(shape, (ofShape = new Map<DecodeOptions, Decoder>()));
  let decoder = ofShape.get(options);
  if (decoder === undefined) ofShape.set(options, (decoder = compileDecoder(shape, options)));
  return decoder;
}
