import { relative, sep } from 'node:path';

import { collectionTracer } from './collection-names.ts';
import type { CollectionTracer } from './collection-names.ts';
import { isDriverMethod, methodShape } from './driver-methods.ts';
import { isDriverType } from './driver-types.ts';
import type { DriverCall, FoundCalls, UnknownCall } from './driver-call.ts';
import { bare, isClass } from './functions.ts';
import { indexNames } from './name-index.ts';
import type { NameIndex } from './name-index.ts';
import type { OpenedProject } from './open-project.ts';
import { Node, SyntaxKind } from './syntax.ts';
import type { CallExpression, Type } from './syntax.ts';
import { isUntyped } from './text-of.ts';

/** Finds every call of the driver's collections: by type if there are types, otherwise by flow from `.collection(…)`. */
export function findDriverCalls({ project, root }: OpenedProject, index: NameIndex = indexNames(project)): FoundCalls {
  const tracer = collectionTracer(index);
  const calls: DriverCall[] = [];
  const unknown: UnknownCall[] = [];
  for (const file of project.getSourceFiles()) {
    for (const node of file.getDescendantsOfKind(SyntaxKind.CallExpression)) {
      const found = callAt(node, tracer, root);
      if (found === undefined) continue;
      if ('collections' in found) calls.push(found);
      else unknown.push(found);
    }
  }
  return { calls, unknown };
}

function callAt(node: CallExpression, tracer: CollectionTracer, root: string): DriverCall | UnknownCall | undefined {
  const callee = node.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.getName();
  if (!isDriverMethod(method)) return undefined;
  // The type of the whole expression, because `await` changes it.
  const held = callee.getExpression();
  const place = { file: fileName(node, root), line: node.getStartLineNumber() };
  const type = held.getType();
  const isTyped = isDriverType(type, 'Collection');
  if (!isTyped && !isUntyped(held)) return undefined;
  const sources = tracer.sourcesOf(held, node.getFirstAncestor(isClass));
  if (!isTyped && sources.length === 0)
    return methodShape(method).telling === true ? { method, node, ...place } : undefined;
  return {
    collections: [...new Set(sources.flatMap(({ names }) => names))],
    method,
    arguments: node.getArguments(),
    node,
    receiver: bare(held),
    foundBy: isTyped ? 'type' : 'flow',
    sources,
    documentType: isTyped ? documentTypeOf(type) : undefined,
    ...place,
  };
}

function documentTypeOf(type: Type): Type | undefined {
  const collection = type.isUnion() ? type.getUnionTypes().find((member) => isDriverType(member, 'Collection')) : type;
  const [given] = collection?.getTypeArguments() ?? [];
  const document = given === undefined ? undefined : unwrapped(given);
  return document === undefined ||
    document.isAny() ||
    document.isUnknown() ||
    document.getSymbol()?.getName() === 'Document'
    ? undefined
    : document;
}

/** Types around a document type that have the same fields, but for an `_id`. */
const WRAPPERS = new Set(['WithId', 'WithoutId', 'OptionalId', 'OptionalUnlessRequiredId', 'Readonly']);

/** The `User` of a `WithId<User>` or a `Readonly<User>`: only the type itself has a name that another file can import. */
function unwrapped(type: Type): Type {
  const [inner] = WRAPPERS.has(type.getAliasSymbol()?.getName() ?? '') ? type.getAliasTypeArguments() : [];
  return inner === undefined ? type : unwrapped(inner);
}

/** A file's name relative to the project's folder, with slashes on every system. */
export function fileName(node: Node, root: string): string {
  return relative(root, node.getSourceFile().getFilePath()).split(sep).join('/');
}
