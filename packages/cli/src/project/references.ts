import { declarationsOf } from './declarations.ts';
import { Node } from './syntax.ts';
import type { SourceFile } from './syntax.ts';

const IDENTIFIERS = new WeakMap<SourceFile, ReadonlyMap<string, readonly Node[]>>();

/** The other places in its file where a local name is read. */
export function referencesOf(name: Node): readonly Node[] {
  const own = new Set(declarationsOf(name));
  return (identifiersOf(name.getSourceFile()).get(name.getText()) ?? []).filter(
    (node) => node !== name && declarationsOf(read(node)).some((declared) => own.has(declared)),
  );
}

/** In `{ user }` the name is the property's; the symbol of the variable belongs to the whole shorthand. */
function read(node: Node): Node {
  const parent = node.getParent();
  return Node.isShorthandPropertyAssignment(parent) ? parent : node;
}

/** All identifiers of a file by name. Reading them once is much faster than asking a language service for each name. */
function identifiersOf(file: SourceFile): ReadonlyMap<string, readonly Node[]> {
  const known = IDENTIFIERS.get(file);
  if (known !== undefined) return known;
  const found = new Map<string, Node[]>();
  file.forEachDescendant((node) => {
    if (!Node.isIdentifier(node)) return;
    const nodes = found.get(node.getText());
    if (nodes === undefined) found.set(node.getText(), [node]);
    else nodes.push(node);
  });
  IDENTIFIERS.set(file, found);
  return found;
}
