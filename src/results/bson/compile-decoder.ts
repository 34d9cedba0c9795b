import type { PathNode } from '../../view/path-tree.ts';
import { malformed } from './decode-fault.ts';
import type { DecodeOptions } from './decode-options.ts';
import { needsDefining } from './define-field.ts';
import { branchReader } from './read-branch.ts';
import { documentReader, type DecoderState, type ReadDocument } from './read-document.ts';
import { leafReader } from './read-leaf.ts';
import { scalarReader, type ReadValue } from './read-scalar.ts';
import { subtreeReader } from './read-subtree.ts';
import { lengthAt } from './value-end.ts';

/** Decodes raw documents into results of one shape. */
export interface Decoder {
  /** Checks Object.prototype. Called before documents are decoded, and again if other code may have run in between. */
  prepare(): void;
  /** Decodes the document between two offsets and checks it against the shape. Throws `MalformedBson` or `DriftedValue`. */
  read(bytes: Buffer, at: number, end: number): object;
}

/** A decoder for a shape. It consists of closures, so it also works if `eval` is forbidden. */
export function compileDecoder(shape: PathNode, options: DecodeOptions): Decoder {
  const keys = new Set<string>();
  const state: DecoderState = { definesFields: false };
  const readScalar = scalarReader(options);
  const { promoteValues } = options;

  const compileDocument = (node: PathNode): ReadDocument => {
    for (const key of node.children.keys()) keys.add(key);
    return documentReader(
      [...node.children].map(([key, child]) => ({ key, read: compileValue(child) })),
      state,
      promoteValues,
    );
  };
  const compileValue = (node: PathNode): ReadValue => {
    const { kind, path, mayBeScalar, depths } = node;
    if (kind === 'leaf') return leafReader(path, depths, readScalar);
    if (kind === 'subtree') return subtreeReader(path, readScalar, promoteValues);
    return branchReader(node, compileDocument(node), mayBeScalar ? readScalar : undefined);
  };

  const readRoot = compileDocument(shape);
  const allKeys = [...keys];
  return {
    prepare: () => {
      state.definesFields = allKeys.some(needsDefining);
    },
    read: (bytes, at, end) => {
      if (lengthAt(bytes, at, end, 5) !== end - at) return malformed('the length of a document is wrong');
      if (bytes[end - 1] !== 0) return malformed('a document has no end');
      return readRoot(bytes, at, end) ?? malformed('a document is a reference to another one');
    },
  };
}
