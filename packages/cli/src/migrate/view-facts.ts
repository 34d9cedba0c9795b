import { Node, SyntaxKind } from '../project/index.ts';
import type { OpenedProject, SourceFile } from '../project/index.ts';
import { Unreadable } from '../lock/evaluate.ts';
import { readView } from '../lock/read-view.ts';
import type { Reach } from '../lock/view-lock.ts';
import { definedSpec } from '../lock/view-spec.ts';

/** What a rewrite needs to know about a view. */
export interface ViewFacts {
  /** The name of the constant: `userView`. */
  readonly name: string;
  readonly collection: string;
  readonly file: SourceFile;
  readonly returns: Readonly<Record<string, Reach>>;
  readonly filters: Readonly<Record<string, Reach>>;
  readonly writes: Readonly<Record<string, Reach>>;
}

/** The exported views of a project, by collection. The `name` of a view is its collection, as `init` writes it. */
export function viewsIn({ project }: OpenedProject): ReadonlyMap<string, ViewFacts> {
  const views = new Map<string, ViewFacts>();
  for (const file of project.getSourceFiles()) {
    if (!file.getFullText().includes('defineView')) continue;
    for (const declared of file.getDescendantsOfKind(SyntaxKind.VariableDeclaration)) {
      const facts = factsAt(declared, file);
      if (facts !== undefined && !views.has(facts.collection)) views.set(facts.collection, facts);
    }
  }
  return views;
}

function factsAt(declared: Node, file: SourceFile): ViewFacts | undefined {
  if (!Node.isVariableDeclaration(declared) || !declared.isExported()) return undefined;
  const call = declared.getInitializer();
  if (!Node.isCallExpression(call) || !/^defineView\b/.test(call.getText())) return undefined;
  if (call.getArguments().length === 0) return undefined;
  try {
    const { label, returns, filters, writes } = readView(definedSpec(call, ''), '');
    return label === '' ? undefined : { name: declared.getName(), collection: label, file, returns, filters, writes };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return undefined;
    throw thrown;
  }
}

/** The leaf of a set at a path, or the subtree above it. */
export function leafAt(set: Readonly<Record<string, Reach>>, path: string): string | undefined {
  if (set[path] !== undefined) return path;
  return Object.keys(set).find((leaf) => set[leaf] === 'subtree' && path.startsWith(`${leaf}.`));
}

/** Whether a set has leaves below a path. */
export function isBranchOf(set: Readonly<Record<string, Reach>>, path: string): boolean {
  return Object.keys(set).some((leaf) => leaf.startsWith(`${path}.`));
}
