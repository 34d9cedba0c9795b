import { storedKey, type PathNode } from '../../view/path-tree.ts';
import { malformed } from './decode-fault.ts';
import { branchReader } from './read-branch.ts';
import { idReader } from './read-id.ts';
import { leafReader } from './read-leaf.ts';
import type { ReadValue } from './read-scalar.ts';
import { subtreeReader } from './read-subtree.ts';
import type { ReadDocument, Sink } from './sink.ts';
import { lengthAt } from './value-end.ts';

/**
 * A decoder of raw documents for a shape. It reads the document between two offsets, checks it against the shape, and gives the
 * fields to the sink. It throws `MalformedBson` or `DriftedValue`. It consists of closures, so it also works if `eval` is forbidden.
 */
export function compileDecoder(shape: PathNode, sink: Sink): ReadDocument {
  const compileDocument = (node: PathNode): ReadDocument =>
    sink.document(
      [...node.children].map(([key, child]) => ({
        key,
        storedKey: storedKey(key, child),
        isOpaque: child.opaque !== undefined,
        read: compileValue(child),
      })),
    );
  const compileValue = (node: PathNode): ReadValue => {
    const { kind, path, depths, opaque } = node;
    if (opaque !== undefined) return leafReader(path, depths, { ...sink, scalar: idReader(path, opaque.tag, sink) });
    if (kind === 'leaf') return leafReader(path, depths, sink);
    if (kind === 'subtree') return subtreeReader(path, sink);
    return branchReader(node, compileDocument(node), sink);
  };

  const readRoot = compileDocument(shape);
  return (bytes, at, end) => {
    if (lengthAt(bytes, at, end, 5) !== end - at) return malformed('the length of a document is wrong');
    if (bytes[end - 1] !== 0) return malformed('a document has no end');
    return readRoot(bytes, at, end) ?? malformed('a document is a reference to another one');
  };
}
